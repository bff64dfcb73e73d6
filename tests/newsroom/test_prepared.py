"""A query that was built once is asked with other values, and refused where it would be asked wrongly."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db.models import DateField, Exists, Model, Q, Value
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from articles.models import Edition, Section
from newsroom.prepared import Unprepared, prepared
from tests.builders import make_archived, make_copy, make_picture, make_published, make_section, make_tag

pytestmark = pytest.mark.django_db


@prepared
def told(slug, number=None, *, is_newest_first=False):
    rows = Edition.objects.at().filter(section__slug=slug).select_related("section").defer("body")
    if number is not None:
        rows = rows.filter(Q(story_id=number) | Q(number=number))
    return rows.order_by("-pk" if is_newest_first else "pk")


@prepared
def names(slug):
    return Section.objects.filter(slug=slug).values_list("name", "slug")


def test_rows_are_those_of_the_query_set_for_all_values(editor, django_assert_num_queries):
    first = make_published(editor, section="World")
    second = make_published(editor, section="World")
    make_published(editor, section="City")
    for slug, number, found in (
        ("world", None, [first, second]),
        ("city", second.story_id, []),
        ("world", second.story_id, [second]),
        ("world", 1, [first, second]),
        ("nowhere", None, []),
    ):
        with django_assert_num_queries(1):
            rows = told(slug, number)
            assert [one.section.slug for one in rows] == ["world"] * len(found)
        assert rows == found
        assert "body" not in vars(rows[0]) if rows else True
    assert told("world", is_newest_first=True) == [second, first]
    assert names("world") == [("World", "world")]
    assert names("city") == [("City", "city")]


def whole(row):
    """All that a row of the database became, with what came along."""
    if not isinstance(row, Model):
        return type(row), row
    held = {name: value for name, value in vars(row).items() if name != "_state"}
    related = {name: whole(one) for name, one in row._state.fields_cache.items() if name != "edition"}
    return type(row), held, row.get_deferred_fields(), row._state.adding, row._state.db, related


READ = [
    lambda: Edition.objects.at().select_related("section", "correction", "change").order_by("pk"),
    lambda: Edition.objects.at().without_texts().annotate(told=Exists(Section.objects.all())).order_by("pk"),
    lambda: Edition.objects.order_by("pk").only("headline", "bylines", "published_on"),
    lambda: Edition.objects.order_by("pk").values("pk", "bylines", "published_on", "live_from", "is_time_known"),
    lambda: Edition.objects.order_by("pk").values_list("published_on", "listed_at", Value(None, DateField())),
    lambda: Edition.objects.order_by("pk").values_list("live_from", flat=True),
    lambda: Section.objects.order_by().values_list("pk", "name").union(Section.objects.order_by().values_list("order", "slug")),
    lambda: Edition.objects.filter(pk=-1),
    lambda: User.objects.order_by("pk"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(READ)))
def test_rows_hold_what_django_reads_of_them(editor, number):
    make_published(editor, section="World", pictures=[make_picture()])
    make_archived(date(2014, 8, 28))
    make_archived(None, bylines=[])
    asked = prepared(READ[number])
    wanted = [whole(row) for row in READ[number]()]
    assert [whole(row) for row in asked()] == wanted
    assert [whole(row) for row in asked()] == wanted
    assert bool(wanted) is (number != 7)


def test_lists_that_two_rows_hold_are_two(editor):
    make_published(editor)
    asked = prepared(READ[0])
    one, other = asked()[0], asked()[0]
    one.bylines.append({})
    one.shown_pictures.append({})
    assert (len(other.bylines), other.shown_pictures) == (1, [])


def test_present_is_asked_for_anew_each_time(editor, time_machine):
    assert told("world") == []
    begun = timezone.now() + timedelta(hours=1)
    later = make_archived(date(2014, 8, 28), live_from=begun, section="World")
    assert told("world") == []
    time_machine.move_to(begun, tick=False)
    assert told("world") == [later]


def test_query_that_holds_something_made_of_what_it_is_given_is_refused():
    make_section()

    @prepared
    def upper(slug):
        return Section.objects.filter(slug=slug.upper())

    @prepared
    def of_today(slug):
        return Edition.objects.filter(section__slug=slug, published_on=timezone.localdate())

    @prepared
    def first_of(count):
        return Section.objects.all()[:count]

    for query, value in ((upper, "world"), (of_today, "world"), (first_of, 3), (names, 1.5)):
        with pytest.raises(Unprepared):
            query(value)


def test_query_as_at_another_moment_is_asked_for_that_moment(editor):
    @prepared
    def shown(story_id, *, moment):
        return Edition.objects.at(moment).filter(story=story_id)

    story = make_published(editor)
    before = story.live_from - timedelta(minutes=1)
    asked = [shown(story.story_id, moment=moment) for moment in (None, before, story.live_from, None)]
    assert asked == [[story], [], [story], [story]]


@prepared
def around(earlier, later):
    return Edition.objects.filter(
        live_from__gte=later - timedelta(days=2), live_from__lt=later + timedelta(hours=1, microseconds=5),
        live_until__isnull=True, live_from__gt=earlier,
    )  # fmt: skip


def test_moment_a_fixed_time_from_one_that_is_given_goes_along(editor):
    at = timezone.now() - timedelta(days=40)
    story = make_archived(date(2014, 8, 28), live_from=at, section="World")
    for hours, found in ((-1, [story]), (-1.1, []), (0, [story]), (47.9, [story]), (48.1, [])):
        assert around(at - timedelta(days=1), at + timedelta(hours=hours)) == found, hours
    assert around(at, at) == []


def test_query_that_holds_the_present_day_is_asked_for_each_day(editor, time_machine):
    @prepared
    def of_the_day(*, day):
        return Edition.objects.filter(published_on__gte=day, published_on__lt=day + timedelta(days=2))

    with pytest.raises(Unprepared):
        prepared(lambda: Edition.objects.filter(published_on=timezone.localdate()))()
    first, second = make_archived(date(2031, 8, 28)), make_archived(date(2031, 8, 30))
    for day, hour, found in (
        (28, 0, [first]),
        (28, 23, [first]),
        (29, 0, [second]),
        (30, 12, [second]),
        (31, 0, []),
    ):
        time_machine.move_to(timezone.make_aware(datetime(2031, 8, day, hour)), tick=False)
        assert of_the_day(day=timezone.localdate()) == found, (day, hour)
    # Of another day than the present one nothing is kept.
    assert of_the_day(day=date(2031, 8, 28)) == [first]


@prepared
def among(slugs, story_ids, name="World"):
    rows = Edition.objects.filter(section__slug__in=slugs, story_id__in=story_ids, section_as_printed=name)
    return rows.order_by("pk").values_list("story_id", flat=True)


def test_list_is_asked_for_however_long_it_is(editor, django_assert_num_queries):
    numbers = [make_published(editor, section="World").story_id for _ in range(5)]
    for length in (1, 2, 3, 4, 5):
        with django_assert_num_queries(1):
            assert among(["world", "city"], numbers[:length]) == numbers[:length]
    assert among(["world"], [numbers[0]] * 3) == numbers[:1]
    assert among(["world"], numbers, "City") == []
    assert among(["world"], [*range(300), *numbers]) == numbers
    for slugs, story_ids in (([], numbers), (["world"], []), ([], [])):
        with django_assert_num_queries(0):
            assert among(slugs, story_ids) == []


def test_lists_of_about_one_length_are_asked_for_by_one_query(editor, monkeypatch):
    numbers = [make_published(editor, section="World").story_id for _ in range(4)]
    assert among(["world"], numbers) == numbers
    monkeypatch.setattr(SQLCompiler, "as_sql", None)
    assert among(["world"], numbers[:3]) == numbers[:3]


@pytest.mark.parametrize(("build", "given"), [
    (lambda slugs: Section.objects.exclude(slug__in=slugs), ["world"]),
    (lambda slugs: Section.objects.filter(Q(slug__in=slugs) | Q(order=1)), ["world"]),
    (lambda slugs: Section.objects.filter(slug__in=[one.upper() for one in slugs]), ["world"]),
    (lambda slugs: Section.objects.filter(slug__in=slugs), ["world", 1]),
    (lambda slugs: Section.objects.filter(slug__in=slugs), [["world"]]),
])  # fmt: skip
def test_list_that_does_not_say_of_which_rows_are_is_refused(build, given):
    make_section()
    with pytest.raises(Unprepared):
        prepared(build)(given)


def test_query_as_at_a_past_moment_is_written_once(editor, monkeypatch):
    @prepared
    def shown(section, *, moment):
        return Edition.objects.at(moment).filter(section__slug=section).order_by("pk")

    @prepared
    def of_its_year(*, moment):
        return Edition.objects.at(moment).filter(published_on__year=moment.year)

    now = timezone.now()
    first, second = (
        make_archived(date(2014, 8, 28), live_from=now - timedelta(days=days), section="World") for days in (40, 20)
    )  # fmt: skip
    withdrawn = make_archived(date(2014, 8, 29), live_from=now - timedelta(days=30), section="World")
    withdrawn.suppressed_at, withdrawn.suppressed_because = now, "killed"
    withdrawn.save(update_fields=["suppressed_at", "suppressed_because"])
    assert shown("world", moment=now - timedelta(days=41)) == []
    of_years = [of_its_year(moment=datetime(year, 1, 1, tzinfo=UTC)) for year in (2014, 2015)]
    assert of_years == [[], []]
    story = make_archived(date(2014, 8, 28), live_from=datetime(2013, 1, 1, tzinfo=UTC), section="City")
    of_years = [of_its_year(moment=datetime(year, 1, 1, tzinfo=UTC)) for year in (2014, 2015)]
    assert of_years == [[story], []]
    monkeypatch.setattr(SQLCompiler, "as_sql", None)
    for days, found in ((41, []), (39, [first]), (29, [first]), (19, [first, second]), (2, [first, second])):
        assert shown("world", moment=now - timedelta(days=days)) == found, days


def test_pages_there_are_by_the_thousand_write_no_query_twice(client, editor, monkeypatch):
    make_tag("Aleppo", "place")
    picture = make_picture(media_id="70000001")
    make_copy(picture)
    story = make_published(editor, tags=("Aleppo",), pictures=[picture]).get_absolute_url()
    stem = story.rstrip("/")
    pages = [
        story, f"{stem}.json", f"{stem}.bib", f"{story}editions/", f"{story}editions/1/", "/media/70000001/",
        "/section/world/", "/section/world.json", "/tag/aleppo/", "/by/nadia-farouk/", "/on-this-day/08/28/", "/tags/", "/tags/a/", "/by/",
    ]  # fmt: skip
    for page in pages:
        assert client.get(page).status_code == 200, page
    written = []
    write = SQLCompiler.as_sql
    monkeypatch.setattr(
        SQLCompiler, "as_sql", lambda self, *how, **named: written.append(self.query.model) or write(self, *how, **named)
    )  # fmt: skip
    for page in pages:
        written.clear()
        assert client.get(page).status_code == 200, page
        assert written == [], page

"""Every rule judges one story and all stories alike: its predicate and its query name the same ones."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Clearance, Dating, Edition, Link, StoryNote
from articles.rules import BY_NAME, RULES, Standing
from articles.workflow import checking_links
from articles.workflow.copy import contents_of, contents_of_edition
from articles.workflow.placing import printed
from media.models import Picture
from tests import builders

pytestmark = pytest.mark.django_db
STORIES = 60
BODIES = (
    "",
    "<hr>",
    "<p></p><p>\n</p>",
    '<figure data-media-id="70000001"></figure>',
    "<p>He paid.</p><p>99999999</p>",
    '<p dir="rtl">٩٩٩٩٩٩٩٩</p><p>In 1999.</p>',
    "<p>The ferry left the old quay at six.</p>",
    '<p dir="rtl">غادرت العبارة الرصيف.</p>',
    "<p>Fewer than &lt;ten&gt; people &amp; one dog.</p>",
    '<p>See <a href="https://example.org/">the timetable</a>.</p>',
    '<p>See <a href="https://gone.example/">the timetable</a>.</p>',
    '<p>See <a href="/story/10000009/">that day</a>.</p>',
)
SLUGS = ("", "old-quay", "new-quay", "harbour")


@pytest.fixture
def chance():
    return random.Random(4)


@pytest.fixture
def library(chance):
    """Twenty-four pictures, in every state of credit, caption, alternative text and rights; some merged into others."""
    today = timezone.localdate()
    days = (None, None, today - timedelta(days=1), today, today + timedelta(days=40))
    made = [
        builders.make_picture(
            credit=chance.choice(("", "Staff", "Reuters")),
            alt=chance.choice(("", "A quay")),
            caption=chance.choice((None, "", "The quay")),
            file_caption=chance.choice((None, "", "From the file")),
            rights_class=chance.choice(("staff", "unknown")),
            uses=chance.choice(("anywhere", "anywhere", "archive", "one_story", "nowhere")),
            rights_end_on=chance.choice(days),
        )
        for _ in range(24)
    ]
    for one, other in zip(made[:4], made[4:8], strict=True):
        Picture.objects.filter(pk=one.pk).update(alias_of=other)
    return [Picture.objects.select_related("alias_of").get(pk=one.pk) for one in made]


def facts(chance, library):
    """One story's contents, wrong in whatever way chance has it."""
    pictures = tuple(
        printed(
            one.in_force,
            chance.choice((None, None, "", "Our own")),
            own_credit=chance.choice((None, None, "", "Idris Benamar")),
            own_alt=chance.choice((None, None, "", "A man")),
            caption_is_absent=False,
        )
        for one in chance.sample(library, chance.randrange(3))
    )
    return builders.make_contents(
        headline=chance.choice(("", "Ferry resumes", "x" * 110, "x" * 111, "عبارة")),
        standfirst=chance.choice(("", "It had been out of service.")),
        body=chance.choice(BODIES),
        slug=chance.choice(SLUGS),
        section=chance.choice(("", "World", "World")),
        unfinished=chance.choice(({}, {}, {"bylines": [{"at": 0, "typed": {}, "said": "Whose?"}]})),
    ).changed(pictures=tuple({one.picture: one for one in pictures}.values()))


def unsettled(by, chance, numbers):
    """Notes, some of them settled or answered, and reasons given before, on some of the stories."""
    now = timezone.now()
    for number in numbers:
        for _ in range(chance.randrange(3)):
            settled = {"resolved_at": now, "resolved_by": by} if chance.random() < 0.6 else {}
            note = StoryNote.objects.create(story_id=number, text="Who says so?", by=by, **settled)
            StoryNote.objects.create(story_id=number, text="He does.", by=by, answers=note)
        if chance.random() < 0.5:
            picture = Picture.objects.order_by("?").first()
            Clearance.objects.create(
                story_id=number,
                picture=picture,
                state=chance.choice(("unknown", "expired")),
                reason="Asked.",
                cleared_by=by,
            )
    stories = list(numbers)
    for picture in Picture.objects.filter(uses="one_story"):
        Picture.objects.filter(pk=picture.pk).update(only_story=chance.choice(stories))


def look_at_links():
    """Read the links of all that is there; one foreign page is known to be gone."""
    later = timezone.now() + timedelta(minutes=6)
    while checking_links.read_due(later):
        pass
    while checking_links.look_up_due(later):
        pass
    Link.objects.filter(host="gone.example").update(
        is_dead=True, why="gone.example is not known by that name."
    )


@pytest.fixture
def copies(editor, chance, library):
    """Copy in every condition, some of it with an edition that readers see."""
    made = []
    for _ in range(STORIES):
        article = workflow.start(by=editor, contents=facts(chance, library))
        embargo = chance.choice((None, None, timezone.now() + timedelta(days=chance.choice((-1, 1)))))
        Article.objects.filter(pk=article.pk).update(embargo_until=embargo)
        made.append(article.pk)
    for pictures in chance.sample(library, 6):
        ran = builders.make_archived(pictures=[pictures.in_force], slug=chance.choice(SLUGS[1:]))
        article = workflow.take_up(by=editor, story_id=ran.story_id)
        made.append(article.pk)
    unsettled(editor, chance, made)
    look_at_links()
    return Article.objects.filter(pk__in=made).select_related("section")


@pytest.fixture
def editions(editor, chance, library):
    """Editions as an archive brings them, in every condition."""
    made = [
        workflow.admit(
            arrival=workflow.Arrival(facts(chance, library).changed(unfinished={}), Dating(), "whole", None)
        ).story_id
        for _ in range(STORIES)
    ]
    unsettled(editor, chance, made)
    look_at_links()
    return Edition.objects.filter(story_id__in=made).select_related("section")


def broken_by(rule, standings):
    return {key for key, standing in standings.items() if rule.breaks(standing.contents, standing)}


def standing_of_copy(article):
    return Standing.of(article, contents_of(article))


def standing_of_edition(edition):
    return Standing(story_id=edition.story_id, contents=contents_of_edition(edition))


def test_predicate_and_query_name_the_same_copy(copies):
    rows = {row.pk: standing_of_copy(row) for row in copies}
    for rule in RULES:
        judged = broken_by(rule, rows)
        if rule.query() is not None:
            asked = set(copies.filter(rule.query()).values_list("pk", flat=True))
            assert asked == judged, rule.name
            assert judged, f"no story breaks {rule.name}: the test proves nothing"
            assert len(judged) < len(rows), f"every story breaks {rule.name}: the test proves nothing"
        else:
            assert judged <= set(copies.filter(rule.may_break).values_list("pk", flat=True)), rule.name


def test_predicate_and_query_name_the_same_editions(editions):
    rows = {row.pk: standing_of_edition(row) for row in editions}
    for rule in RULES:
        if rule.edition_query() is None:
            continue
        asked = set(editions.filter(rule.edition_query()).values_list("pk", flat=True))
        assert asked == broken_by(rule, rows), rule.name


def test_each_rule_has_a_name_of_its_own_and_says_why():
    assert len(BY_NAME) == len(RULES)
    for rule in RULES:
        assert rule.said.endswith(".")
        assert rule.query() is not None or rule.may_break is not None, rule.name

"""The library through HTTP: what is found, how it is shown, and what several pictures at once are given."""

from datetime import date, timedelta
from functools import partial
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from media.models import Picture
from tests import builders

pytestmark = pytest.mark.django_db
LIST = reverse("admin:media_picture_changelist")
FIND = reverse("admin:media_picture_find")
TOGETHER = reverse("admin:media_picture_together")


def numbers(answer):
    assert answer.status_code == 200
    return [one.picture.media_id for one in answer.context["pictures"]]


def found(client, query):
    return set(numbers(client.get(LIST + query)))


@pytest.fixture
def desk(client, picture_desk):
    client.force_login(picture_desk)
    return client


def test_media_id_leads_straight_to_its_picture_however_it_is_said(desk):
    picture = builders.make_picture(media_id="55361435")
    page = reverse("admin:media_picture_change", args=[picture.pk])
    for said in ("55361435", "5536 1435", "Media ID 55361435", " media id: 5536-1435", "٥٥٣٦١٤٣٥"):
        assert desk.get(LIST, {"q": said}).url == page, said
    merged = builders.make_picture(media_id="55361436", alias_of=picture)
    assert desk.get(LIST, {"q": merged.media_id}).url == page
    assert found(desk, "?q=5536") == {"55361435"}
    assert found(desk, "?q=55361499") == set()


def test_words_are_found_in_any_spelling(desk):
    builders.make_picture(media_id="11110001", caption="Zürich’s “harbour” at dawn", credit="Émile Noor")
    builders.make_picture(media_id="11110002", caption="مَدينة حلب القديمة", credit="سانا")
    assert found(desk, "?q=zurichs harb") == {"11110001"}
    assert found(desk, "?q=emile") == {"11110001"}
    assert found(desk, "?q=مدينه حلب") == {"11110002"}
    assert found(desk, "?q=arbour") == set()


def test_pictures_are_found_in_the_language_that_readers_search_in(desk, editor):
    make = partial(builders.make_picture, alt="")
    one = make(
        media_id="11110001", caption="The ferry leaves the old quay", credit="Émile Noor", place="Aden", keywords=["Harbours"]
    )  # fmt: skip
    make(
        media_id="11110002", caption="An old boat at the quay", headline="Ferries", taken_on=date(2016, 11, 3)
    )
    make(media_id="11110003", caption="الحوثيون في المدينة")
    make(media_id="11110004", caption=None, alias_of=one)
    builders.make_published(editor, section="World", pictures=[one])
    for words, numbers in {
        '"old quay"': {"11110001"},
        "quays -boat": {"11110001"},
        "headline:ferry OR headline:ferries": {"11110002"},
        "caption:ferry": {"11110001"},
        "-caption:ferry": {"11110002", "11110003"},
        "boats OR حوثيون": {"11110002", "11110003"},
        "byline:noor place:aden": {"11110001"},
        "tag:harbours": {"11110001"},
        "section:world quay": {"11110001"},
        "from:2016-11 to:2016": {"11110002"},
        "mediaid:11110004 OR boat": {"11110001", "11110002"},
        '-("old quay" OR boat)': {"11110003"},
        "(" * 90: {"11110001", "11110002", "11110003"},
    }.items():
        assert found(desk, "?" + urlencode({"q": words})) == numbers, words
    assert "says nothing behind the colon" in desk.get(LIST, {"q": "caption:"}).content.decode()


def test_filters_narrow_to_what_they_name(desk):
    today = timezone.localdate()
    make = partial(builders.make_picture, alt="")
    make(
        media_id="1001",
        caption="A",
        rights_end_on=today - timedelta(days=1),
        taken_on=date(2016, 11, 3),
        alt="Told",
    )
    make(media_id="1002", caption="", rights_class="unknown", taken_on=date(2017, 1, 1))
    make(media_id="1003", caption=None, rights_end_on=today + timedelta(days=3))
    make(
        media_id="1004",
        caption=None,
        file_caption="In the file",
        original="a.jpg",
        width=1,
        height=1,
        is_made_by_ai=True,
    )
    make(media_id="1005", caption="B", killed_at=timezone.now(), credit="Harbour Agency")
    every = {"1001", "1002", "1003", "1004", "1005"}
    wanted = {
        "?caption=present": {"1001", "1004", "1005"}, "?caption=empty": {"1002"}, "?caption=absent": {"1003"},
        "?file=here": {"1004"}, "?file=lost": every - {"1004"}, "?alt=written": {"1001"}, "?alt=missing": every - {"1001"},
        "?rights=expired": {"1001"}, "?rights=unknown": {"1002"}, "?rights=ending": {"1003"}, "?rights=clear": {"1004"},
        "?rights=denied": {"1005"}, "?withdrawn=yes": {"1005"}, "?withdrawn=no": every - {"1005"}, "?ai=yes": {"1004"},
        "?credit=harbour": {"1005"}, "?from=2016-11-03&to=2016-11-03": {"1001"}, "?from=2016-11-04": {"1002"},
        "?to=2016-12-31": {"1001"}, "?to=2016-01-01&from=2016-12-31": {"1001"}, "?caption=present&withdrawn=no": {"1001", "1004"},
        "?use=unused": every, "?use=used": set(), "?nonsense=1&o=3&p=4": every,
    }  # fmt: skip
    for query, expected in wanted.items():
        assert found(desk, query) == expected, query


def test_section_of_use_counts_what_ran_and_copy_one_may_read(client, editor, chief, picture_desk):
    ran, drafted, waits = (builders.make_picture(media_id=number) for number in ("2001", "2002", "2003"))
    builders.make_picture(media_id="2004")
    builders.make_published(editor, section="World", pictures=[ran])
    builders.make_article(editor, section="World", pictures=[drafted])
    later = builders.make_article(editor, section="World", pictures=[waits])
    later = workflow.publish(
        by=editor, story_id=later.pk, token=later.token, at=timezone.now() + timedelta(days=1)
    )
    builders.make_section("Sport")
    for person, expected in (
        (chief, {"2001", "2002", "2003"}),
        (editor, {"2001", "2002", "2003"}),
        (picture_desk, {"2001"}),
    ):
        client.force_login(person)
        assert found(client, "?section=world") == expected, person
    assert "No section is called “sport”" in client.get(LIST + "?section=sport").content.decode()
    client.force_login(chief)
    assert found(client, "?section=sport") == set()
    assert found(client, "?use=used") == {"2001", "2002", "2003"}
    assert found(client, "?use=unused") == {"2004"}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?from=yesterday", "“yesterday” is no day"), ("?to=0000-00-00", "“0000-00-00” is no day"),
        ("?section=nowhere", "No section is called “nowhere”"), ("?rights=fine", "Rights cannot be “fine”"),
        ("?order=best", "There is no order “best”"), ("?view=wall", "There is no view “wall”"),
        ("?after=x", "names no place"), ("?after=9-9", "names no place"), ("?order=reads&after=9", "names no place"),
        ("?q=%22-%22", "holds no word"), ("?after=" + "9" * 40, "names no place"), ("?from=20161103", "is no day"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_left_out_with_a_sentence(desk, query, sentence):
    builders.make_picture(media_id="3001")
    answer = desk.get(LIST + query)
    assert numbers(answer) == ["3001"]
    assert sentence in answer.content.decode()


def test_chips_take_one_part_away_and_an_address_holds_all_of_it(desk):
    builders.make_picture(media_id="3001", caption="A quay", credit="Noor")
    answer = desk.get(LIST + "?q=quay&credit=noor&rights=clear&order=reads&view=list&junk=1")
    assert [words for words, _ in answer.context["chips"]] == ["“quay”", "credit: noor", "Rights: clear"]
    without = dict(answer.context["chips"])["credit: noor"]
    assert without == "?q=quay&rights=clear&order=reads&view=list"
    assert numbers(desk.get(LIST + without)) == ["3001"]


def test_empty_pages_say_what_to_do(desk):
    assert "The library is empty" in desk.get(LIST).content.decode()
    builders.make_picture()
    assert "No picture fits all of this" in desk.get(LIST + "?q=zebra").content.decode()
    assert "The list ends here" in desk.get(LIST + "?after=1&order=newest&q=zebra").content.decode()


@pytest.mark.parametrize("order", ["newest", "oldest", "reads"])
def test_pages_follow_each_other_without_gap_or_repeat(desk, order):
    for number in range(230):
        builders.make_picture(media_id=f"{4000 + number}", reads=number % 7)
    builders.make_picture(media_id="9999", alias_of=Picture.objects.first())
    seen, query = [], f"?order={order}"
    while query:
        answer = desk.get(LIST + query)
        assert answer.context["count"] == 230
        seen += numbers(answer)
        query = answer.context["next"]
    rows = {row.media_id: row for row in Picture.objects.all()}
    keys = {
        "newest": lambda one: -rows[one].pk, "oldest": lambda one: rows[one].pk, "reads": lambda one: (-rows[one].reads, -rows[one].pk),
    }  # fmt: skip
    assert seen == sorted(set(seen), key=keys[order])
    assert len(seen) == 230


def a_hundred(kind=""):
    caption = "رجلان يصلحان الشباك على الرصيف القديم في حلب عند الفجر بعد المطر " * 3
    for number in range(101):
        picture = builders.make_picture(
            media_id=f"{55_360_000 + number}", caption=caption, credit="وكالة الأنباء العربية السورية، سانا، حلب القديمة",
            rights_class="unknown", is_made_by_ai=True, original=f"{number}.jpg", width=6000, height=4000, said_in_file={"a": "b" * 3000},
        )  # fmt: skip
        for width in (320, 640, 960):
            builders.make_copy(picture, name=f"0123456789abcdef-{number:027d}{width:05d}", width=width)


@pytest.mark.parametrize("view", ["grid", "list"])
def test_page_of_a_hundred_pictures_is_light_and_costs_four_queries(
    client, chief, view, django_assert_num_queries
):
    a_hundred()
    for number in range(12):
        builders.make_section(f"Section {number}")
    client.force_login(chief)
    # The session, the person with their roles, the sections, the pictures with their copies.
    with django_assert_num_queries(4):
        answer = client.get(f"{LIST}?view={view}&rights=unknown&caption=present")
    assert len(answer.context["pictures"]) == 100
    assert len(answer.content) < 100_000
    assert answer.content.decode().count("<img ") == 100


def test_lost_picture_is_a_drawn_frame_and_states_are_words(desk):
    builders.make_picture(media_id="5001", caption="A lighthouse", rights_class="unknown")
    builders.make_picture(media_id="5002", caption=None, killed_at=timezone.now())
    page = desk.get(LIST).content.decode()
    assert '<span class="frame" dir="auto">A lighthouse</span><b>5001</b>' in page
    assert (
        '<span class="state unknown">rights not known</span> <span class="state lost">no file</span>' in page
    )
    assert '<span class="state killed">withdrawn</span>' in page
    assert '<span class="state lacking">no caption</span>' in page


def test_story_form_finds_the_same_as_json(client, reporter, reader):
    for number in range(30):
        builders.make_picture(media_id=f"{6000 + number}", caption=f"Quay {number}", alt="A quay")
    picture = builders.make_picture(media_id="55361435", caption=None, file_caption="From the file", alt="")
    builders.make_copy(picture, width=320, height=200)
    client.force_login(reporter)
    first = client.get(FIND).json()
    assert len(first["found"]) == 24
    assert first["found"][0] == {
        "media_id": "55361435", "row": picture.pk, "src": picture.copies()[0].desk_url, "width": 320, "height": 200,
        "caption": "From the file", "credit": "Staff", "alt": "", "rights": "clear", "rights_said": "rights clear",
    }  # fmt: skip
    rest = client.get(FIND, {"after": first["next"]}).json()
    assert (len(rest["found"]), rest["next"]) == (7, "")
    assert [one["media_id"] for one in client.get(FIND, {"q": "5536 1435"}).json()["found"]] == ["55361435"]
    assert len(client.get(FIND, {"q": "quay 1"}).json()["found"]) == 11
    assert client.get(FIND, {"q": "zebra" * 400, "after": "?", "from": "x"}).json()["found"] == []
    client.force_login(reader)
    assert client.get(FIND).status_code == 302


def typed(**overrides):
    return {
        "do": "set",
        "credit": "",
        "place": "",
        "keywords": "",
        "keywords_how": "add",
        "rights_class": "",
        "uses": "",
    } | overrides


def ticks(*pictures):
    return [f"{one.pk}-{one.version}" for one in pictures]


def test_several_are_set_at_once_each_with_its_own_token(desk):
    one, two, three = (builders.make_picture(keywords=["harbour"], place="Tyre") for _ in range(3))
    asked = desk.post(TOGETHER, {"do": "ask", "chosen": ticks(one, two), "back": "?q=harbour&evil=1"})
    assert [row.shown.picture for row in asked.context["rows"]] == [one, two]
    assert asked.context["back"] == "?q=harbour"
    wanted = typed(credit="Harbour Agency", keywords="quay, harbour", rights_class="agency", emptied="place")
    answer = desk.post(TOGETHER, wanted | {"chosen": ticks(one, two)})
    assert [row.sentence for row in answer.context["done"]] == [f"{one} was set.", f"{two} was set."]
    for row in Picture.objects.filter(pk__in=[one.pk, two.pk]):
        assert (row.credit, row.place, row.keywords, row.rights_class, row.version) == (
            "Harbour Agency", "", ["harbour", "quay"], "agency", 2,
        )  # fmt: skip
    three.refresh_from_db()
    assert (three.credit, three.version) == ("Staff", 1)


def test_one_that_somebody_changed_is_named_and_what_was_typed_stays(desk):
    one, two = builders.make_picture(), builders.make_picture()
    Picture.objects.filter(pk=two.pk).update(version=5, credit="Somebody else")
    answer = desk.post(TOGETHER, typed(credit="Harbour Agency") | {"chosen": ticks(one, two)})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"{two} was not changed: somebody changed it" in page
    assert "Somebody else" in page
    assert answer.context["form"]["credit"].value() == "Harbour Agency"
    assert Picture.objects.get(pk=one.pk).credit == "Harbour Agency"
    assert Picture.objects.get(pk=two.pk).credit == "Somebody else"
    again = [f"{row.shown.picture.pk}-{row.token}" for row in answer.context["rows"]]
    assert again == [f"{two.pk}-5"]
    desk.post(TOGETHER, typed(credit="Harbour Agency") | {"chosen": again})
    assert Picture.objects.get(pk=two.pk).credit == "Harbour Agency"


def test_rights_that_would_end_before_they_begin_are_refused_for_that_one_alone(desk):
    one = builders.make_picture(rights_begin_on=date(2026, 5, 1))
    two = builders.make_picture()
    answer = desk.post(TOGETHER, typed(rights_end_on="2026-01-01") | {"chosen": ticks(one, two)})
    assert "before they begin" in answer.context["refused"][0].sentence
    assert Picture.objects.get(pk=one.pk).rights_end_on is None
    assert Picture.objects.get(pk=two.pk).rights_end_on == date(2026, 1, 1)


@pytest.mark.parametrize(
    "wrong", [{}, {"credit": "x", "emptied": "credit"}, {"rights_end_on": "soon"}, {"credit": "x" * 301}]
)
def test_form_for_several_that_asks_for_nothing_or_nonsense_changes_nothing(desk, wrong):
    one = builders.make_picture()
    answer = desk.post(TOGETHER, typed(**wrong) | {"chosen": ticks(one)})
    assert answer.status_code == 422
    assert Picture.objects.get(pk=one.pk).version == 1


def test_forged_ticks_and_roles_without_the_right_change_nothing(client, reporter, picture_desk, reader):
    one = builders.make_picture(media_id="7001")
    forged = ["", "x", "1-", f"{one.pk}", "9" * 30 + "-1", f"{one.pk + 99}-1", f"{one.pk}-1;2"]
    client.force_login(picture_desk)
    assert client.post(TOGETHER, typed(credit="x") | {"chosen": forged}).url == LIST + "?"
    assert client.get(TOGETHER).status_code == 405
    client.force_login(reporter)
    assert client.post(TOGETHER, typed(credit="x") | {"chosen": ticks(one)}).status_code == 403
    assert "Set credit" not in client.get(LIST).content.decode()
    copied = client.post(TOGETHER, {"do": "ids", "chosen": ticks(one)})
    assert copied.context["ids"] == "7001"
    client.force_login(reader)
    assert client.get(LIST).status_code == 302
    assert Picture.objects.get(pk=one.pk).version == 1

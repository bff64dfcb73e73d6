"""The door that keeps copy while it is typed: what it answers to whom, and that nothing typed is refused for what it says."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from articles import workflow
from articles.authoring import spliced
from articles.models import Article, Contributor, Revision, Tag
from tests import builders

pytestmark = pytest.mark.django_db
DOOR = "/admin/articles/article/keep/"


class Page:
    """A story's page of one person: sends letters with the token of its own session, and stands on the last answer."""

    def __init__(self, person, story_id=None):
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(person)
        self.client.get(reverse("admin:articles_article_add"))
        self.csrf = next(one.value for name, one in self.client.cookies.items() if "csrf" in name)
        self.page, self.serial, self.story = str(uuid4()), 0, story_id
        self.token = self.revision = None
        if story_id:
            self.token = Article.objects.get(pk=story_id).token
            self.revision = Revision.objects.filter(story_id=story_id).first().number

    def post(self, letter, **headers):
        raw = letter if isinstance(letter, (str, bytes)) else json.dumps(letter)
        headers = {"X-CSRFToken": self.csrf} | headers
        return self.client.post(DOOR, raw, content_type="application/json", headers=headers)

    def type(self, **changed):
        return self.post_with({"changed": changed})

    def post_with(self, more):
        self.serial += 1
        facts = {"page": self.page, "serial": self.serial, "story": self.story, "changed": {}}
        answer = self.post(facts | {"token": self.token, "revision": self.revision} | more)
        if answer.status_code in {200, 201, 409}:
            told = answer.json()
            if "token" in told:
                self.story, self.token, self.revision = told["story"], told["token"], told["revision"]
        return answer


@pytest.fixture
def story(editor):
    return builders.make_article(editor, body="<p>One.</p>\n<p>Two.</p>", headline="Ships wait")


def test_first_letter_starts_a_story(reporter):
    page = Page(reporter)
    answer = page.type(headline="S")
    assert answer.status_code == 201
    told = answer.json()
    assert told["address"] == reverse("admin:articles_article_change", args=[told["story"]])
    assert (told["words"], told["state"], told["slug"]) == (0, "draft", "s")
    assert page.type(body="<p>Three words here</p>").json()["words"] == 3
    assert Article.objects.get().headline == "S"


def test_invalid_rows_are_kept_as_typed_and_come_back_in_the_form(reporter, story):
    page = Page(reporter, story.pk)
    answer = page.type(
        headline="H" * 400,
        bylines=[
            {"contributor": "Nobody Known", "role": "writer", "as_printed": ""},
            {"contributor": "", "role": "writer", "as_printed": ""},
            {"contributor": "Nadia Farouk", "role": "writer", "as_printed": ""},
        ],
        pictures=[{"media_id": "5536", "caption": "A caption without its picture"}],
        tags_typing="half a ta",
        pictures_typing="7100 half",
        embargo_until="some day",
        planned_words="many",
    )
    assert answer.status_code == 200
    assert {one["field"] for one in answer.json()["unfinished"]} == {
        "headline", "bylines", "pictures", "tags_typing", "pictures_typing", "embargo_until",
        "planned_words",
    }  # fmt: skip
    article = Article.objects.get(pk=story.pk)
    assert article.headline == "Ships wait"
    assert [str(line) for line in article.bylines.all()] == ["Nadia Farouk"]
    form = page.client.get(reverse("admin:articles_article_change", args=[story.pk])).content.decode()
    for typed in (
        "H" * 400,
        "Nobody Known",
        "5536",
        "A caption without its picture",
        "half a ta",
        "7100 half",
        "some day",
        "many",
    ):
        assert typed in form


def test_what_became_a_fact_is_no_longer_unfinished(reporter, story):
    page = Page(reporter, story.pk)
    page.type(headline="H" * 400, bylines=[{"contributor": "Nobody Known", "role": "writer"}])
    answer = page.type(
        headline="Short", bylines=[{"contributor": "Nobody Known", "role": "writer", "is_new": True}]
    )
    assert answer.json()["unfinished"] == []
    assert Contributor.objects.filter(name="Nobody Known").exists()
    assert Article.objects.get(pk=story.pk).unfinished == {}


def test_others_text_comes_back_and_clashes_are_told(editor, reporter, story):
    one, other = Page(editor, story.pk), Page(reporter, story.pk)
    assert one.type(headline="Ships go", body="<p>One, changed.</p>\n<p>Two.</p>").status_code == 200
    answer = other.type(headline="Ships stay", body="<p>One.</p>\n<p>Two, changed.</p>")
    assert answer.status_code == 409
    told = answer.json()
    assert told["merged"]["body"] == "<p>One, changed.</p>\n<p>Two, changed.</p>"
    assert [(one["field"], one["mine"], one["theirs"]) for one in told["clashes"]] == [
        ("headline", "Ships stay", "Ships go")
    ]
    assert told["kept"]
    assert Article.objects.get(pk=story.pk).headline == "Ships go"


def test_page_that_does_not_show_the_merged_text_yet_goes_on_from_its_own(editor, reporter, story):
    one, other = Page(editor, story.pk), Page(reporter, story.pk)
    one.type(body="<p>One, changed.</p>\n<p>Two.</p>")
    told = other.type(body="<p>One.</p>\n<p>Two, ch</p>").json()
    other.token, other.revision = None, told["as_typed"]
    answer = other.type(body="<p>One.</p>\n<p>Two, changed.</p>")
    assert answer.status_code == 200
    assert Article.objects.get(pk=story.pk).body == "<p>One, changed.</p>\n<p>Two, changed.</p>"


def test_same_letter_twice_is_done_once(reporter):
    page = Page(reporter)
    letter = {"page": page.page, "serial": 1, "story": None, "changed": {"headline": "Once"}}
    first, second = page.post(letter), page.post(letter)
    assert first.json()["story"] == second.json()["story"]
    assert Article.objects.count() == 1


def test_doors_are_shut(reader, editor, reporter, story, db):
    page = Page(reporter, story.pk)
    letter = {"page": page.page, "serial": 1, "story": story.pk, "changed": {"headline": "x"}}
    assert page.post(letter, **{"X-CSRFToken": "forged"}).status_code == 403
    assert page.post(letter, **{"X-CSRFToken": ""}).status_code == 403
    assert page.client.get(DOOR).status_code == 405
    outsider = builders.make_person("omar", "reporter", builders.make_desk("Sport"))
    assert Page(outsider, story.pk).type(headline="x").status_code == 404
    page.client.logout()
    ended = page.post(letter)
    assert (ended.status_code, ended.json()) == (401, {"login": reverse("admin:login")})
    assert Article.objects.get(pk=story.pk).headline == "Ships wait"


def test_text_of_a_story_taken_away_is_kept_aside(editor, reporter, story):
    page = Page(reporter, story.pk)
    filed = workflow.file(by=editor, story_id=story.pk, token=story.token)
    workflow.approve(by=editor, story_id=story.pk, token=filed.token)
    answer = page.type(body="<p>One more.</p>")
    assert answer.status_code == 403
    assert "One more" in Revision.objects.get(story_id=story.pk, number=answer.json()["kept"]).read().body


@pytest.mark.parametrize(
    "letter",
    ["", "null", "[]", "{", '{"page": 1}', '{"page": "x", "serial": 1, "changed": {}}', "[" * 100_000, b"\xff\xfe"],
    ids=["nothing", "null", "list", "cut", "number", "no page", "deep", "bytes"],
)  # fmt: skip
def test_what_is_no_letter_is_refused_with_a_sentence(reporter, letter):
    answer = Page(reporter).post(letter)
    assert answer.status_code == 422
    assert answer.json()["refused"]


@pytest.mark.parametrize("changed", ["text", 5, [], None])
@pytest.mark.parametrize("serial", [-1, "1", None, True, 2**40])
def test_odd_values_are_refused(reporter, changed, serial):
    letter = {"page": str(uuid4()), "serial": serial, "story": None, "changed": changed}
    assert Page(reporter).post(letter).status_code == 422


HOSTILE = [
    "\0NUL",
    "lone \ud800 surrogate",
    "right\u202eto left",
    "<p>" * 100_000,
    "<script>alert(1)</script>",
    {"an": "object"},
    [["a", "list"]],
    12,
    None,
    True,
]


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value)[:20])
def test_whatever_is_typed_anywhere_is_no_server_error(reporter, value):
    page = Page(reporter)
    page.type(headline="A story of their own")
    texts = ("headline", "slug", "kicker", "standfirst", "dateline", "body", "language", "note", "section",
             "genre", "desk", "writer", "embargo_until", "due_at", "planned_words", "tags_typing", "pictures_typing")  # fmt: skip
    for name in texts:
        assert page.type(**{name: value}).status_code == 200, name
    row = {"contributor": value, "role": value, "as_printed": value, "is_new": value}
    place = {"media_id": value, "row": value, "caption": value, "no_caption": value}
    assert page.type(bylines=[row, value], pictures=[place, value], tags=[value]).status_code == 200
    assert page.type(bylines=value, pictures=value, tags=value).status_code == 200
    assert page.client.get(reverse("admin:articles_article_change", args=[page.story])).status_code == 200
    assert "<script" not in Article.objects.get(pk=page.story).body


def test_body_over_ten_million_characters_is_refused_with_a_sentence(reporter, story):
    page = Page(reporter, story.pk)
    answer = page.type(body="x" * 10_000_001)
    assert answer.status_code == 413
    assert "Take some of it out" in answer.json()["refused"][0]
    assert page.type(body="<p>" + "y" * 3_000_000 + "</p>").status_code == 200


@pytest.mark.parametrize("body", ["<" * 1_000_001, "&" * 1_000_001, "<p>" * 600_000 + "&lt;" * 500_000])
def test_more_signs_of_markup_than_a_story_can_hold_are_refused_with_a_sentence(reporter, story, body):
    page = Page(reporter, story.pk)
    answer = page.type(body=body)
    assert answer.status_code == 413
    assert "without its formatting" in answer.json()["refused"][0]
    assert Article.objects.get(pk=story.pk).body == "<p>One.</p>\n<p>Two.</p>"


LONG_BODY = "".join(f"<p>Paragraph {n} of a long text &amp; more 🎈.</p>" for n in range(1500))


def splice(body, old, new):
    """What a page sends of a long body: `old` became `new`."""
    facts = {"sum": spliced.sum_of(body), "start": body.index(old), "gone": len(old), "text": new}
    return {"spliced": facts}


def test_of_a_long_body_only_what_changed_is_sent(reporter, editor, story):
    page = Page(reporter, story.pk)
    assert page.type(body=LONG_BODY).json()["sum"] == spliced.sum_of(LONG_BODY)
    answer = page.post_with(splice(LONG_BODY, "graph 700 ", "graph seven <b>hundred</b> "))
    now = Article.objects.get(pk=story.pk).body
    assert now == LONG_BODY.replace("graph 700 ", "graph seven <strong>hundred</strong> ")
    assert answer.json()["sum"] == spliced.sum_of(now)
    # on a text that the desk does not know it is asked for the whole, and nothing is done
    answer = page.post_with(splice("x" + LONG_BODY, "graph 701 ", "lost"))
    assert (answer.status_code, answer.json()["wants_whole"]) == (422, True)
    assert Article.objects.get(pk=story.pk).body == now
    # while somebody else's paragraph is not shown yet, the page goes on from its own text, and both stand
    Page(editor, story.pk).type(body=now.replace("Paragraph 3 ", "Third paragraph "))
    told = page.post_with(splice(now, "graph 701 ", "graph 7-0-1 ")).json()
    mine = now.replace("graph 701 ", "graph 7-0-1 ")
    page.token, page.revision = None, told["as_typed"]
    told = page.post_with(splice(mine, "graph 702 ", "graph 7-0-2 ")).json()
    now = Article.objects.get(pk=story.pk).body
    assert ("Third paragraph " in now, "7-0-1" in now, "7-0-2" in now) == (True, True, True)


@pytest.mark.parametrize(
    "sent",
    [None, [], {"text": 5}, {"text": "x", "start": -1, "gone": 0}, {"text": "x", "start": "1", "gone": 0}],
)
def test_splice_that_is_none_asks_for_the_whole(reporter, story, sent):
    answer = Page(reporter, story.pk).post_with({"spliced": sent})
    assert answer.status_code == 422
    assert answer.json()["wants_whole"]


def test_desk_that_two_people_changed_is_asked_in_words(editor, chief, story):
    sport = builders.make_desk("Sport")
    one, other = Page(editor, story.pk), Page(chief, story.pk)
    foreign = str(story.desk_id)
    assert one.type(planned_words="600").json()["assigned"]["planned_words"] == "600"
    answer = one.post_with({"changed": {"writer": str(chief.pk)}, "was": {"writer": str(story.writer_id)}})
    assert answer.status_code == 200
    answer = other.post_with(
        {
            "changed": {"writer": "", "desk": str(sport.pk)},
            "was": {"writer": str(story.writer_id), "desk": foreign},
        }
    )
    assert answer.status_code == 409
    told = answer.json()
    assert [(one["field"], one["base"], one["mine"], one["theirs"]) for one in told["clashes"]] == [
        ("writer", "editor", "", "chief")
    ]
    assert told["merged"]["writer"] == str(chief.pk)
    now = Article.objects.get(pk=story.pk)
    assert (now.writer, now.desk) == (chief, sport)


def test_text_of_a_page_that_ended_is_kept_aside_as_a_revision(reporter, story):
    page = Page(reporter, story.pk)
    answer = page.post_with({"changed": {"headline": "Not taken"}, "aside": True})
    assert answer.status_code == 200
    kept = Revision.objects.get(story_id=story.pk, number=answer.json()["kept"])
    assert kept.read().headline == "Not taken"
    assert Article.objects.get(pk=story.pk).headline == "Ships wait"
    outsider = builders.make_person("omar", "reporter", builders.make_desk("Sport"))
    answer = Page(outsider, story.pk).post_with({"changed": {"headline": "x"}, "aside": True})
    assert answer.status_code == 404


def test_tag_of_a_thousand_characters_is_kept_as_unfinished(reporter, story):
    page = Page(reporter, story.pk)
    told = page.type(tags=["Harbour", "t" * 1_000]).json()
    assert [one["typed"] for one in told["unfinished"]] == ["t" * 1_000]
    assert list(Tag.objects.values_list("name", flat=True)) == ["Harbour"]
    form = page.client.get(reverse("admin:articles_article_change", args=[story.pk])).content.decode()
    assert "t" * 1_000 in form


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("tags", [f"Tag {number}" for number in range(100_000)]),
        ("tags", "\n".join(f"Tag {number}" for number in range(501))),
        ("bylines", [{"contributor": "Nadia Farouk"}] * 501),
        ("pictures", [{"caption": "A caption"}] * 501),
    ],
)
def test_list_of_more_than_a_story_holds_is_refused_by_name_and_nothing_of_it_is_dropped(
    reporter, story, field, sent
):
    answer = Page(reporter, story.pk).type(headline="Ships sail", **{field: sent})
    assert answer.status_code == 413
    assert answer.json()["field"] == field
    assert "500" in answer.json()["refused"][0]
    assert Article.objects.get(pk=story.pk).headline == "Ships wait"
    assert not Tag.objects.exists()


def test_embargo_that_would_shut_out_who_sets_it_is_kept_as_typed(reporter, editor, story):
    told = Page(reporter, story.pk).type(embargo_until="in 2 hours").json()
    assert [(one["field"], one["typed"]) for one in told["unfinished"]] == [("embargo_until", "in 2 hours")]
    assert Article.objects.get(pk=story.pk).embargo_until is None
    assert Page(editor, story.pk).type(embargo_until="in 2 hours").json()["unfinished"] == []
    assert Article.objects.get(pk=story.pk).embargo_until is not None

"""Every feed of every list keeps the validator's rules, and each rule is shown what breaks it."""

from datetime import date

import pytest
from django.utils import timezone

from articles import prose, workflow
from articles.feeds.formats import Entry, Feed, atom, json_feed, rss
from articles.models import Article, PictureCredit
from tests.builders import make_archived, make_contributor, make_copy, make_picture, make_published, make_tag
from tests.feeds import validator

FORMS = ["rss.xml", "atom.xml", "feed.json", "rss-summary.xml", "atom-summary.xml", "feed-summary.json"]
HERE = "http://x.example/rss.xml"


@pytest.fixture
def places(editor):
    """A paper with every kind of list and all that a text may hold, and the addresses of the lists."""
    make_tag("عبارات", "topic")
    picture = make_picture(
        media_id="55361435", caption="The <quay>", alt="A quay", released_at=timezone.now()
    )
    make_copy(picture, "0123456789abcdef", width=1280, height=800)
    PictureCredit.objects.create(picture=picture, contributor=make_contributor("نادية"))
    body = (
        prose.turn("question", "Q", "Who?") + prose.turn("answer", "A", "Nobody.") + prose.figure("55361435")
        + '<p><a href="/section/world/">own</a> <a href="#turn-1">turn</a> <a href="https://x.example/?a=1&amp;b=2">theirs</a></p>'
        + "<table><thead><tr><th>Year</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table><blockquote><p>x</p></blockquote>"
    )  # fmt: skip
    facts = {"tags": ("عبارات",), "bylines": ["نادية"], "pictures": [picture], "body": body}
    story = make_published(editor, headline="A <b>bold</b> & “dark” day", **facts)
    token = Article.objects.get(pk=story.story_id).token
    workflow.correct(by=editor, story_id=story.story_id, token=token, note="It <i>left</i> at six.")
    killed = make_published(editor)
    token = Article.objects.get(pk=killed.story_id).token
    workflow.kill(by=editor, story_id=killed.story_id, token=token, reason="made up")
    make_archived(date(1914, 8, 4), headline="حرب", slug="حرب", language="ar", tags=("عبارات",))
    make_archived(None, headline="Undated", standfirst="", body="<p>.</p>")
    tag, person = story.tag_rows.get().tag, story.byline_rows.get().contributor
    return [
        "/", "/section/world/", tag.get_absolute_url(), person.get_absolute_url(), f"{person.get_absolute_url()}pictures/",
        "/undated/", "/corrections/", "/1914/", "/1914/08/", "/1914/08/04/", "/on-this-day/", "/on-this-day/08/04/",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_every_feed_keeps_every_rule(client, places, form, settings):
    faults = []
    for place in places:
        answer = client.get(place + form)
        assert answer.status_code == 200, place
        own = settings.SITE_URL + answer.wsgi_request.get_full_path()
        faults += [f"{place}{form}: {fault}" for fault in validator.wrong_with(answer.content, own)]
    assert faults == []


def entry(**facts):
    plain = {"key": "http://x.example/1", "link": "http://x.example/1", "headline": "A", "summary": "B"}
    return Entry(**(plain | {"updated_at": timezone.now()} | facts))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"html": "<p onclick='x()'>a</p>"}, "SecurityRisk: onclick"),
        ({"html": "<script>x()</script>"}, "SecurityRisk: <script>"),
        ({"html": "<p><a href='story/1/'>a</a></p>"}, "ContainsRelRef: href=story/1/"),
        ({"html": "<img srcset='http://x.example/a.jpg 1w, b.jpg 2w'>"}, "ContainsRelRef: srcset"),
        ({"link": "/story/1/"}, "InvalidFullLink"),
        ({"headline": " "}, "NotBlank"),
        ({"names": ("",)}, "NotBlank"),
        ({"updated_at": timezone.now() + validator.timedelta(days=9)}, "ImplausibleDate"),
        ({"language": "english"}, "InvalidLanguage"),
    ],
)
def test_rule_of_xml_is_shown_what_breaks_it(facts, said):
    found = [
        fault
        for write, judge in ((rss, validator.wrong_with_rss), (atom, validator.wrong_with_atom))
        for fault in judge(write(Feed("Paper", "http://x.example/", HERE, [entry(**facts)])), HERE)
    ]
    assert any(said in fault for fault in found), found


def test_rules_of_the_whole_feed_are_shown_what_breaks_them():
    twice = Feed("Paper", "http://x.example/", HERE, [entry(), entry()])
    assert any("DuplicateValue" in one for one in validator.wrong_with_rss(rss(twice), HERE))
    assert any("DuplicateValue" in one for one in validator.wrong_with_atom(atom(twice), HERE))
    assert any("DuplicateValue" in one for one in validator.wrong_with_json_feed(json_feed(twice), HERE))
    assert "SelfDoesntMatchLocation" in validator.wrong_with_rss(rss(twice), HERE + "x")
    assert "feed_url" in validator.wrong_with_json_feed(json_feed(twice), HERE + "x")
    risky = Feed("Paper", "http://x.example/", HERE, [entry(html="<iframe></iframe>", language="x y")])
    found = validator.wrong_with_json_feed(json_feed(risky), HERE)
    assert [one.rpartition(": ")[2] for one in found] == ["<iframe>", "language"]

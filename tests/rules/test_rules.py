"""What each rule says of a story, in words: one breach, one sentence, and nothing of a story that is in order."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import StoryNote
from articles.rules import BY_NAME, RULES, STOPS, WARNINGS, Standing, problems
from articles.rules.words import MOST
from tests import builders

pytestmark = pytest.mark.django_db
WHOLE = {
    "standfirst": "The boats are back.",
    "slug": "boats-are-back",
    "body": "<p>Nobody expected it so soon.</p>",
}


def found(contents, *, story_id=10_000_001, **facts):
    return {
        one.rule.name: one.said for one in problems(Standing(story_id=story_id, contents=contents, **facts))
    }


def whole(**overrides):
    return builders.make_contents(**(WHOLE | overrides))


def test_story_in_order_breaks_no_rule():
    picture = builders.make_picture(alt="Two men on a quay")
    body = f'<p>Words.</p><figure data-media-id="{picture.media_id}"></figure>'
    assert found(whole(pictures=[picture], body=body)) == {}


@pytest.mark.parametrize(
    ("rule", "overrides", "said"),
    [
        ("no_headline", {"headline": ""}, "no headline"),
        ("no_text", {"body": "<hr>"}, "no text"),
        ("no_section", {"section": ""}, "in no section"),
        ("no_standfirst", {"standfirst": ""}, "no standfirst"),
        ("headline_too_long", {"headline": "x" * (MOST["headline"] + 1)}, "111 characters"),
        (
            "number_alone",
            {"body": "<p>He paid.</p><p>99999999</p>"},
            "“99999999” stands on a line of its own",
        ),
        (
            "unfinished",
            {"unfinished": {"bylines": [{"at": 1, "typed": {}, "said": "Nobody is called so."}]}},
            "Nobody is called so.",
        ),
        (
            "unfinished",
            {"unfinished": {"due_at": [{"at": None, "typed": "soonish"}]}},
            "due date is not finished: “soonish”",
        ),
        (
            "unfinished",
            {"unfinished": {"tags_typing": [{"at": None, "typed": "half", "said": "Press Enter."}]}},
            "The tags are not finished: Press Enter.",
        ),
        (
            "not_among_pictures",
            {"body": '<p>A</p><figure data-media-id="5555"></figure>'},
            "Media ID 5555 stands in the text",
        ),
        ("dead_link", {"body": '<p><a href="/story/10000009/gone/">that day</a></p>'}, "no story 10000009"),
    ],
)
def test_breach_is_told_in_a_sentence(rule, overrides, said):
    told = found(whole(**overrides))
    assert list(told) == [rule]
    assert said in told[rule]


def test_pictures_own_words_in_the_story_count():
    nameless = builders.make_picture(credit="", alt="", caption=None)
    told = found(whole(pictures=[nameless]))
    assert list(told) == ["uncredited", "no_alt", "no_caption"]
    assert f"Media ID {nameless.media_id} has no credit" in told["uncredited"]
    own = workflow.placing.printed(nameless, "Nets", own_credit="Noor Sami", own_alt="Two men")
    assert found(whole().changed(pictures=(own,))) == {}
    silenced = workflow.placing.printed(builders.make_picture(alt="Nets"), "", own_credit="")
    assert list(found(whole().changed(pictures=(silenced,)))) == ["uncredited", "no_caption"]


def test_rights_denied_stop_and_open_rights_ask():
    denied, unknown = (
        builders.make_picture(uses="nowhere", alt="x"),
        builders.make_picture(rights_class="unknown", alt="x"),
    )
    told = found(whole(pictures=[denied, unknown]))
    assert list(told) == ["rights_denied", "rights_open"]
    assert BY_NAME["rights_denied"] in STOPS
    assert BY_NAME["rights_open"] in WARNINGS


def test_embargo_stops_until_its_second():
    until = timezone.now() + timedelta(hours=2)
    assert "embargoed until" in found(whole(), embargo_until=until)["embargoed"]
    assert found(whole(), embargo_until=until, at=until) == {}


def test_slug_of_another_story_is_told_and_ones_own_is_not(editor):
    ran = builders.make_published(
        editor, slug="boats-are-back", body="<p>Something else altogether happened.</p>"
    )
    assert f"story {ran.story_id}" in found(whole())["slug_used"]
    assert found(whole(), story_id=ran.story_id) == {}


def test_story_told_twice_is_found_by_its_wording_or_its_headline(editor):
    opening = "<p>The ferry to the island of Arwad left the old quay at six this morning, for the first time since March.</p>"
    ran = builders.make_published(editor, headline="Ferry back in service", body=opening)
    again = opening.replace("this morning", "on Sunday morning").replace("<p>The", "<p>THE")
    told = found(whole(headline="Islanders have their ferry again", body=again))
    assert list(told) == ["near_duplicate"]
    assert f"Story {ran.story_id}, “Ferry back in service”" in told["near_duplicate"]
    assert list(found(whole(headline="FERRY BACK in service!"))) == ["near_duplicate"]
    assert found(whole(), story_id=ran.story_id) == {}


def test_nobody_learns_of_copy_by_its_likeness(editor):
    opening = "<p>The minister will resign on Tuesday, three people who have seen the letter told this newspaper.</p>"
    builders.make_article(editor, headline="Minister to resign", slug="resigns", body=opening)
    assert found(whole(headline="Minister to resign", slug="resigns", body=opening)) == {}


def test_note_asks_until_it_is_settled(editor):
    article = builders.make_article(editor)
    note = StoryNote.objects.create(story_id=article.pk, text="Who says so?", by=editor)
    StoryNote.objects.create(story_id=article.pk, text="He does.", by=editor, answers=note)
    assert found(whole(), story_id=article.pk)["notes_open"].startswith("A note on the story is still open")
    StoryNote.objects.filter(pk=note.pk).update(resolved_at=timezone.now(), resolved_by=editor)
    assert found(whole(), story_id=article.pk) == {}


def test_links_are_asked_of_the_database_and_never_fetched(editor, settings, django_assert_max_num_queries):
    settings.SITE_URL = "https://paper.example"
    ran = builders.make_published(
        editor, tags=("Aleppo",), pictures=[builders.make_picture(media_id="5551", alt="x")]
    )
    killed = builders.make_published(editor)
    workflow.kill(by=editor, story_id=killed.story_id, token=killed.story.article.token, reason="Invented")
    builders.make_picture(media_id="5552", killed_at=timezone.now())
    good = [
        ran.get_absolute_url(), f"https://paper.example/story/{ran.story_id}/", "/media/5551/", "/section/world/", "/tag/aleppo/",
        "/by/nadia-farouk/", "/", "/corrections/", "#note", "https://example.org/a?b=c#d", "http://[2001:db8::1]/", "https://بيروت.example/",
        "mailto:desk@paper.example", "https://other.example/story/10000009/",
    ]  # fmt: skip
    bad = [
        killed.get_absolute_url(), "https://paper.example/story/10000009/x/", "/media/5552/", "/media/5559/", "/tag/nobody/", "/by/nobody/",
        "/section/nowhere/", "/no/such/page/", "/admin/articles/", "https://example/", "https://exa mple.org/", "https://exam..ple.org/",
        "https://example.org:99999/", "mailto:nobody", "https://",
    ]  # fmt: skip
    body = "<p>" + " ".join(f'<a href="{one}">x</a>' for one in good + bad) + "</p>"
    standing = Standing(story_id=10_000_001, contents=whole(body=body))
    with django_assert_max_num_queries(40):
        told = BY_NAME["dead_link"].breaks(standing.contents, standing)
    assert {one for one in bad if any(one in sentence for sentence in told)} == set(bad)
    assert len(told) == len(bad), told


def test_story_may_link_to_the_pages_that_it_makes_itself():
    picture = builders.make_picture(media_id="5553", alt="x")
    tag = builders.make_tag("Latakia", "place")
    body = f'<p><a href="/media/5553/">x</a> <a href="/tag/{tag.slug}/">y</a> <a href="/section/world/">z</a></p>'
    assert found(whole(body=body, pictures=[picture], tags=("Latakia",))) == {}


def test_rules_that_stop_come_first():
    told = problems(Standing(story_id=10_000_001, contents=whole(headline="", standfirst="", section="")))
    assert [one.rule.is_stop for one in told] == [True, True, False]
    assert [rule.is_stop for rule in RULES] == sorted((rule.is_stop for rule in RULES), reverse=True)

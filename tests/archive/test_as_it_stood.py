"""The paper as it stood: any page at any moment, links that stay there, and nothing that was withdrawn since."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import get_resolver
from django.utils import timezone

from articles import workflow
from articles.archive import urls as archive_urls
from articles.feeds import urls as feed_urls
from articles.models import Article, Contributor, Dating, Tag
from articles.paper import staying
from media.models import CaptionVersion
from tests.builders import (
    make_archived,
    make_article,
    make_contributor,
    make_picture,
    make_published,
    make_section,
    make_tag,
    moment,
)

pytestmark = pytest.mark.django_db
LAUNCH = moment(2016, 11, 4, 8)


# Files, what other sites ask for, and what crawlers read: of today alone.
OF_TODAY = {
    "image", "oembed", "robots", "security_txt", "sitemap", "sitemap_month", "sitemap_undated", "sitemap_shelves", "sitemap_tags", "sitemap_people", "news_sitemap",
    "licence", "reservation", "archive_json",
}  # fmt: skip


def text_of(response):
    return response.content.decode()


def stamp(when):
    return f"{when.astimezone(UTC):%Y%m%d%H%M%S}"


def at(when, path="/"):
    return f"/at/{stamp(when)}{path}"


def again(edition, editor, verb, **overrides):
    """Publish the story's next edition, with other contents."""
    article = Article.objects.get(pk=edition.story_id)
    facts = {"reason": "more"} if verb is workflow.update else {"note": "A name."}
    if overrides:
        contents = workflow.copy.contents_of(article).changed(**overrides)
        article = workflow.save(by=editor, story_id=article.pk, token=article.token, contents=contents)
    return verb(by=editor, story_id=article.pk, token=article.token, **facts)


def test_every_page_can_be_seen_as_it_stood():
    _, past = get_resolver().namespace_dict[staying.NAMESPACE]
    there = {one.name for one in past.url_patterns}
    every = {one.name for one in [*archive_urls.urlpatterns, *feed_urls.urlpatterns]}
    assert every - there == OF_TODAY


@pytest.fixture
def story(editor, time_machine):
    """A story published at eight, corrected at nine, renamed at ten; the clock stands at noon."""
    make_tag("ferries")
    time_machine.move_to(LAUNCH, tick=False)
    first = make_published(editor, headline="Ferry delayed", slug="ferry", tags=("ferries",))
    time_machine.move_to(LAUNCH + timedelta(hours=1), tick=False)
    again(first, editor, workflow.correct, headline="Ferry late")
    time_machine.move_to(LAUNCH + timedelta(hours=2), tick=False)
    last = again(first, editor, workflow.update, headline="Ferry back", slug="ferry-back")
    time_machine.move_to(LAUNCH + timedelta(hours=4), tick=False)
    return last


def test_story_is_shown_in_the_version_then_in_force(client, story):
    path = f"/story/{story.story_id}/ferry/"
    for minutes, headline in (
        (0, "Ferry delayed"),
        (59, "Ferry delayed"),
        (60, "Ferry late"),
        (119, "Ferry late"),
    ):
        text = text_of(client.get(at(LAUNCH + timedelta(minutes=minutes), path)))
        assert f"<h1>{headline}</h1>" in text
        assert '<meta name="robots" content="noindex">' in text
    later = LAUNCH + timedelta(hours=2)
    moved = client.get(at(later, path))
    assert (moved.status_code, moved.headers["Location"]) == (301, at(later, story.get_absolute_url()))
    assert "<h1>Ferry back</h1>" in text_of(client.get(moved.headers["Location"]))
    back = client.get(at(LAUNCH, story.get_absolute_url()))
    assert (back.status_code, back.headers["Location"]) == (301, at(LAUNCH, path))
    data = client.get(at(LAUNCH, f"/story/{story.story_id}/ferry.json")).json()
    assert (data["headline"], data["edition"]) == ("Ferry delayed", 1)


def test_page_says_when_and_leads_to_the_changes_around_it(client, story):
    nine, path = LAUNCH + timedelta(hours=1), f"/story/{story.story_id}/ferry/"
    text = text_of(client.get(at(nine, path)))
    assert "The paper as it stood on <strong>Friday, 4 November 2016, 09:00 UTC</strong>" in text
    assert f'href="{at(LAUNCH, path)}"' in text
    assert f'href="{at(LAUNCH + timedelta(hours=2), path)}"' in text
    assert f'data-now href="{path}"' in text
    first = text_of(client.get(at(LAUNCH, path)))
    assert "Earlier change" not in first
    assert "Later change" in first
    assert "as it stood" not in text_of(client.get(story.get_absolute_url()))


def test_versions_are_those_published_by_then(client, story):
    nine = LAUNCH + timedelta(hours=1)
    path = f"/story/{story.story_id}/ferry/editions/"
    text = text_of(client.get(at(nine, path)))
    assert "2 versions of story" in text
    assert client.get(at(nine, f"{path}2/")).status_code == 200
    later = client.get(at(nine, f"{path}3/"))
    assert later.status_code == 404
    assert "There was no page at this address" in text_of(later)
    assert len(client.get(at(nine, f"{path[:-1]}.json")).json()["items"]) == 2


def test_links_stay_in_that_time_and_nothing_else_is_touched(client, story):
    make_picture()
    nine = LAUNCH + timedelta(hours=1)
    for path in ("/", f"/story/{story.story_id}/ferry/", "/tag/ferries/", "/corrections/", "/2016/11/"):
        text = text_of(client.get(at(nine, path)))
        links = re.findall(r'<(?:a|link|form)\b[^>]*?(?:href|action)="([^"]*)"[^>]*>', text)
        assert at(nine, "/section/world/") in links
        for link in links:
            kind = link.partition("?")[0]
            assert (
                kind.startswith(("/at/", "/static/", "http://localhost", "#", "/sitemap"))
                or kind.endswith((".xml", "feed.json", "feed-summary.json"))
                or f'data-now href="{link}"' in text
            ), link
        assert 'rel="canonical" href="http://localhost:8000/' in text
        assert f'rel="alternate" type="application/json" href="{at(nine)[:-1]}' in text


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/2014/">x</a>', '<a href="/at/1/2014/">x</a>'),
        ("<A class=b HREF='/2014/?after=x#y'>x</A>", "<A class=b HREF='/at/1/2014/?after=x#y'>x</A>"),
        ('<a title="a > b" href="/tag/x/">', '<a title="a > b" href="/at/1/tag/x/">'),
        ("""<a title="say href='/tag/x/'" href="/tag/y/">""", """<a title="say href='/tag/x/'" href="/at/1/tag/y/">"""),
        ("""<img alt="<a href='/tag/x/'>" src="/images/a.jpg">""", None),
        ("<p>&lt;a href=\"/2014/\"&gt; href=\"/2014/\"</p>", None),
        ('<!-- <a href="/2014/"> -->', None),
        ('<script type="application/ld+json">{"a": "<a href=\\"/2014/\\">"}</script>', None),
        ('<a data-href="/2014/" href="//evil.example/2014/">', None),
        ('<a href="/admin/">a</a><a href="/rss.xml">b</a><a href="/static/a.css">c</a><a href="https://x.example/2014/">d</a>', None),
        ('<a data-now href="/2014/">', None),
        ('<a href="/at/20160101000000/2014/">', None),
        ("a < b <a href=\"/\">c</a>", "a < b <a href=\"/at/1/\">c</a>"),
    ],
)  # fmt: skip
def test_only_attributes_of_links_are_rewritten(html, expected):
    assert staying.in_html(html, "/at/1") == (expected or html)


def test_text_of_a_story_cannot_pass_for_a_link(client, editor):
    body = '<p>Type &lt;a href="/2014/"&gt; or <a href="/2014/08/">see August</a>.</p>'
    edition = make_published(editor, body=body)
    text = text_of(client.get(at(timezone.now(), edition.get_absolute_url())))
    assert 'Type &lt;a href="/2014/"&gt; or' in text.replace("&quot;", '"')
    assert re.search(r'<a href="/at/\d{14}/2014/08/"[^>]*>see August', text)


def test_lists_stand_as_they_did(client, editor, time_machine):
    make_tag("ferries")
    time_machine.move_to(LAUNCH, tick=False)
    facts = {"tags": ("ferries",), "bylines": ["Leila Haddad"]}
    make_archived(date(2014, 8, 28), headline="From the archive", **facts)
    make_published(editor, headline="First", **facts)
    time_machine.move_to(LAUNCH + timedelta(hours=1), tick=False)
    make_published(editor, headline="Second", **facts)
    time_machine.move_to(LAUNCH + timedelta(days=2), tick=False)
    lists = ["/", "/section/world/", "/tag/ferries/", "/by/leila-haddad/", "/2016/11/", "/2016/11/04/"]
    for path in lists:
        text = text_of(client.get(at(LAUNCH, path)))
        assert "First</a>" in text, path
        assert "Second" not in text, path
        assert "Second" in text_of(client.get(at(LAUNCH + timedelta(hours=1), path))), path
    assert "From the archive" in text_of(client.get(at(moment(2015), "/tag/ferries/")))
    assert "First" not in text_of(client.get(at(moment(2015), "/tag/ferries/")))
    assert "1 story" in text_of(client.get(at(LAUNCH, "/2016/")))
    assert "2 stories" in text_of(client.get(at(LAUNCH + timedelta(hours=1), "/2016/")))
    assert client.get(at(LAUNCH, "/2016/11/05/")).status_code == 404
    assert client.get(at(LAUNCH + timedelta(days=1), "/2016/11/05/")).status_code == 200
    for path in (
        "/index.json",
        "/section/world.json",
        "/tag/ferries.json",
        "/by/leila-haddad.json",
        "/2016.json",
    ):
        assert "Second" not in text_of(client.get(at(LAUNCH, path)))
    assert "Second" not in text_of(client.get(at(LAUNCH, "/rss.xml")))
    assert "Friday, 4 November 2016</p>" in text_of(client.get(at(LAUNCH)))


def test_corrections_are_those_made_by_then(client, story):
    before = text_of(client.get(at(LAUNCH, "/corrections/")))
    assert "A name." not in before
    after = text_of(client.get(at(LAUNCH + timedelta(hours=1), "/corrections/")))
    assert "A name." in after
    assert "Ferry late" in after
    assert client.get(at(LAUNCH, "/corrections.json")).json()["items"] == []


def test_picture_says_what_it_said_then(client, editor, time_machine):
    time_machine.move_to(LAUNCH, tick=False)
    picture = make_picture(caption="Boats", released_at=LAUNCH)
    CaptionVersion.objects.create(picture=picture, layer="library", caption="Boats", said_at=LAUNCH)
    first = make_published(editor, headline="Harbour", pictures=[picture])
    time_machine.move_to(LAUNCH + timedelta(hours=1), tick=False)
    type(picture).objects.filter(pk=picture.pk).update(caption="Ships")
    CaptionVersion.objects.create(picture=picture, layer="library", caption="Ships", said_at=timezone.now())
    make_published(editor, headline="Quay", pictures=[picture])
    path = f"/media/{picture.media_id}/"
    then, now = text_of(client.get(at(LAUNCH, path))), text_of(client.get(at(timezone.now(), path)))
    assert "Boats" in then
    assert "Harbour" in then
    assert "Ships" not in then
    assert "Quay" not in then
    assert "Ships" in now
    assert "Quay" in now
    assert client.get(at(LAUNCH, f"{path[:-1]}.json")).json()["caption"] == "Boats"
    assert client.get(at(LAUNCH - timedelta(minutes=1), path)).status_code == 404
    assert first


def test_story_that_changed_later_says_so_and_leads_to_its_versions(client, story):
    """Whoever reads a text that was corrected since is told before the text, though the page is as it was."""
    path = f"/story/{story.story_id}/ferry/"
    early = text_of(client.get(at(LAUNCH + timedelta(minutes=5), path)))
    assert "This story changed later" in early.partition("<h1")[0]
    assert f'href="{path}editions/"' in early
    assert client.get(f"{path}editions/", follow=True).status_code == 200
    now = text_of(client.get(at(timezone.now(), story.get_absolute_url())))
    assert "This story changed later" not in now
    assert "This story changed later" not in text_of(
        client.get(at(LAUNCH + timedelta(minutes=5), "/section/world/"))
    )


def test_moment_before_the_first_story_costs_a_refusal_and_no_page(
    client, story, django_assert_max_num_queries
):
    with django_assert_max_num_queries(2):
        assert client.get("/at/10000101000000/").status_code == 404


def test_withdrawn_since_is_withheld_at_every_moment(client, editor, chief, story, time_machine):
    other = make_published(editor, headline="Other")
    workflow.suppress(by=chief, story_id=story.story_id, number=2, reason="An order")
    path = f"/story/{story.story_id}/ferry/"
    stub = client.get(at(LAUNCH + timedelta(hours=1), path))
    assert stub.status_code == 410
    assert f"Story {story.story_id}, edition 2" in text_of(stub)
    assert "Ferry late" not in text_of(stub)
    assert client.get(at(LAUNCH + timedelta(hours=1), f"{path[:-1]}.json")).status_code == 410
    assert client.get(at(LAUNCH, path)).status_code == 200
    token = Article.objects.get(pk=story.story_id).token
    workflow.kill(by=editor, story_id=story.story_id, token=token, reason="made up", notice="It was wrong.")
    for when in (LAUNCH, LAUNCH + timedelta(hours=1), timezone.now()):
        gone = client.get(at(when, path))
        assert gone.status_code == 410
        assert "It was wrong." in text_of(gone)
        assert client.get(at(when, f"{path[:-1]}.json")).status_code == 410
        assert "Ferry" not in text_of(client.get(at(when)))
    assert "Other" in text_of(client.get(at(timezone.now())))
    assert other


def test_story_that_came_later_is_told_kindly_and_a_hidden_one_as_none(client, editor, story, time_machine):
    earlier = make_archived(date(2010, 1, 1))
    soon = make_article(editor, slug="soon")
    workflow.publish(by=editor, story_id=soon.pk, token=soon.token, at=timezone.now() + timedelta(hours=1))
    text = client.get(at(moment(2012), f"/story/{story.story_id}/ferry/"))
    assert text.status_code == 404
    assert "The paper has it since Friday, 4 November 2016, 08:00 UTC" in text_of(text)
    assert f'data-now href="{story.get_absolute_url()}"' in text_of(text)
    for when in (moment(2012), timezone.now()):
        hidden = client.get(at(when, f"/story/{soon.pk}/soon/"))
        never = client.get(at(when, "/story/99999998/soon/"))
        assert (hidden.status_code, hidden.content) == (404, never.content)
        assert "There was no page at this address" in text_of(hidden)
        assert at(when, "/corrections/") in text_of(hidden)
    assert earlier


@pytest.mark.parametrize(
    "path", ["/", "/index.json", "/rss.xml", "/section/world/", "/tag/ferries/", "/undated.json"]
)
def test_no_moment_before_the_first_story_nor_in_the_future(client, story, path):
    assert client.get(at(LAUNCH, path)).status_code == 200
    for when, sentence in (
        (LAUNCH - timedelta(seconds=1), "had not published anything yet"),
        (timezone.now() + timedelta(seconds=1), "has not come yet"),
    ):
        response = client.get(at(when, path))
        assert response.status_code == 404, (when, path)
        assert sentence in text_of(response)


@pytest.mark.parametrize(
    "digits", ["20161301000000", "20160230000000", "20161104250000", "00000000000000", "201613"]
)
def test_no_such_date_is_refused_with_a_sentence(client, story, digits):
    for path in ("/", "/tag/ferries/", "/nowhere/", "/%F0%9F"):
        response = client.get(f"/at/{digits}{path}")
        assert response.status_code == 404
        assert "No calendar has that moment" in text_of(response)


@pytest.mark.parametrize(
    ("short", "whole"),
    [("2016", "20160101000000"), ("201611", "20161101000000"), ("20161104", "20161104000000"),
     ("2016110412", "20161104120000"), ("201611041230", "20161104123000")],
)  # fmt: skip
def test_shorter_moment_leads_to_its_first_second(client, short, whole):
    for path in ("/", "/section/world/", "/story/12345678/حلب/"):
        response = client.get(f"/at/{short}{path}?after=x")
        assert response.status_code == 301
        assert response.headers["Location"].startswith(f"/at/{whole}/")
        assert response.headers["Location"].endswith("/?after=x")


def test_form_leads_to_a_day_and_an_hour_and_to_pages_of_ours_only(client, story):
    asked = [
        ({"on": "2016-11-04", "hour": "09:00", "path": "/tag/ferries/"}, "/at/20161104090000/tag/ferries/"),
        (
            {"on": "2016-11-04", "hour": "9", "path": "/tag/ferries/?after=x"},
            "/at/20161104090000/tag/ferries/?after=x",
        ),
        ({"on": "2016-11-04", "hour": "", "path": "/"}, "/at/20161104120000/"),
        ({"on": "2016-11-04", "path": "//evil.example/"}, "/at/20161104120000/"),
        ({"on": "2016-11-04", "path": "https://evil.example/"}, "/at/20161104120000/"),
        ({"on": "2016-11-04", "path": "/\\evil.example/"}, "/at/20161104120000/"),
        ({"on": "2016-11-04", "path": "/admin/"}, "/at/20161104120000/"),
    ]
    for form, where in asked:
        response = client.get("/at/", form)
        assert (response.status_code, response.headers["Location"]) == (302, where)
    for form in (
        {"on": "yesterday"},
        {"on": "2016-13-01"},
        {"on": "2016-11-04", "hour": "25"},
        {"on": "2016-11-04", "hour": "x"},
    ):
        response = client.get("/at/", form)
        assert response.status_code == 400
        assert "2016-11-04 and 12:00" in text_of(response)
    page = text_of(client.get("/at/"))
    assert 'type="date" name="on"' in page
    assert 'action="/at/"' in page


def test_merged_names_lead_on_within_that_time(client, editor, story):
    Tag.objects.create(name="boats", alias_of=Tag.objects.get(name="ferries"))
    person = make_contributor("Nadia Farouk")
    Contributor.objects.create(name="N. Farouk", slug="n-farouk", alias_of=person)
    for old, new in (("/tag/boats", "/tag/ferries"), ("/by/n-farouk", "/by/nadia-farouk")):
        for ending in ("/", ".json"):
            response = client.get(at(LAUNCH, old + ending))
            assert (response.status_code, response.headers["Location"]) == (301, at(LAUNCH, new + ending))


def items(text):
    return re.findall(r'<h2><a href="[^"]*?(/story/[^"]*)"', text)


def test_cited_list_shows_the_same_items_whatever_comes_after(client, editor, time_machine):
    time_machine.move_to(LAUNCH, tick=False)
    make_section("World")
    for n in range(45):
        make_archived(date(2014, 8, 28) - timedelta(days=n // 3))
    standing = make_published(editor, headline="Standing")
    doomed = make_published(editor, headline="Doomed")
    cited = {}
    for first in ("/section/world/", "/", "/by/nadia-farouk/", "/2014/08/", "/2016/11/04/"):
        path = first
        while path:
            text = text_of(client.get(path))
            lasting = re.search(r'rel="nofollow bookmark" data-now href="([^"]*)"', text)[1]
            assert lasting.startswith("/timegate/")
            permanent = client.get(lasting).headers["Location"]
            cited[permanent] = items(text)
            further = re.search(r'href="([^"]*)" rel="next">Older stories', text)
            path = further[1] if further else ""
    assert len(cited) > 8
    time_machine.move_to(LAUNCH + timedelta(days=40), tick=False)
    again(standing, editor, workflow.update, headline="Standing still", slug="renamed")
    for n in range(7):
        make_archived(date(2016, 11, 20), headline=f"Later {n}")
    make_published(editor, headline="Later still")
    undated = Dating(earliest=date(2014, 8, 1), reason="x")
    make_archived(dating=undated)
    token = Article.objects.get(pk=doomed.story_id).token
    workflow.kill(by=editor, story_id=doomed.story_id, token=token, reason="made up")
    for permanent, shown in cited.items():
        text = text_of(client.get(permanent))
        kept = [one for one in shown if str(doomed.story_id) not in one]
        # Where one was withdrawn, the next in the list moves up.
        assert items(text)[: len(kept)] == kept, permanent
        assert len(items(text)) <= len(shown), permanent
        assert f'data-now href="{permanent}"' in text


def test_list_goes_on_within_that_time(client, time_machine):
    time_machine.move_to(LAUNCH, tick=False)
    for n in range(25):
        make_archived(date(2014, 8, 28) - timedelta(days=n))
    text = text_of(client.get(at(LAUNCH, "/section/world/")))
    following = re.search(rf'href="({at(LAUNCH, "/section/world/")}\?after=[^"]*)" rel="next"', text)[1]
    assert len(items(text_of(client.get(following)))) == 5
    data = client.get(at(LAUNCH, "/section/world.json")).json()
    assert data["next"].startswith(at(LAUNCH, "/section/world.json?after="))
    assert len(json.loads(text_of(client.get(data["next"])))["items"]) == 5


def test_second_of_publication_shows_what_came_in_it_and_nothing_scheduled_in_it(
    client, editor, time_machine
):
    half = LAUNCH + timedelta(milliseconds=500)
    time_machine.move_to(LAUNCH - timedelta(days=1), tick=False)
    make_archived(date(2014, 8, 28), headline="Old")
    article = make_article(editor, headline="On the half second")
    workflow.publish(by=editor, story_id=article.pk, token=article.token, at=half)
    time_machine.move_to(half - timedelta(milliseconds=1), tick=False)
    assert "On the half second" not in text_of(client.get(at(LAUNCH)))
    time_machine.move_to(half, tick=False)
    assert "On the half second" in text_of(client.get(at(LAUNCH)))
    time_machine.move_to(LAUNCH + timedelta(days=1), tick=False)
    assert "On the half second" in text_of(client.get(at(LAUNCH)))
    assert "On the half second" not in text_of(client.get(at(LAUNCH - timedelta(seconds=1))))


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_other_methods_are_turned_away_as_everywhere(client, story, method):
    for path in (at(LAUNCH), "/at/", "/at/2016/", "/timegate/", "/timemap/link/"):
        assert getattr(client, method)(path).status_code == 405


def test_head_is_answered_as_get(client, story):
    path = at(LAUNCH, f"/story/{story.story_id}/ferry/")
    got, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("Link", "Memento-Datetime", "X-Robots-Tag"):
        assert head.headers[name] == got.headers[name]


def test_year_of_five_digits_is_no_moment(client, story):
    for digits in ("1", "201", "20161", "2016110412000", "201611041200001", "٢٠١٦", "%00", "x" * 300):
        assert client.get(f"/at/{digits}/").status_code == 404
    assert datetime.min.year == 1

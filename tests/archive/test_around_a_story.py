"""What stands around a story on its page: before and after in its section, where it comes from, how it is cited."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import linkable, prose, workflow
from articles.archive import own_links
from articles.models import Article, Dating, ImportRun, Provenance, SourcePage
from tests.builders import edition_of, make_archived, make_article, make_published

pytestmark = pytest.mark.django_db


def text_of(client, edition):
    response = client.get(edition.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def nav_of(client, edition):
    return text_of(client, edition).partition('<nav class="before-and-after"')[2].partition("</nav>")[0]


def test_story_leads_to_the_ones_before_and_after_it_in_its_section(client, editor):
    first, middle, last = (make_archived(date(2014, 8, n), headline=f"Day {n}") for n in (1, 2, 3))
    make_archived(date(2014, 8, 2), headline="Elsewhere", section="City")
    hidden = make_article(editor)
    at = timezone.now() + timedelta(days=1)
    workflow.publish(by=editor, story_id=hidden.pk, token=hidden.token, at=at)
    nav = nav_of(client, middle)
    assert re.findall(r'rel="(\w+)" href="([^"]+)"', nav) == [
        ("prev", first.get_absolute_url()), ("next", last.get_absolute_url()),
    ]  # fmt: skip
    assert "prev" not in nav_of(client, first)
    assert "next" not in nav_of(client, last)
    found = client.get(f"{middle.get_absolute_url()[:-1]}.json").json()
    assert (found["previous"]["headline"], found["next"]["headline"]) == ("Day 1", "Day 3")


def test_neighbour_without_a_stated_date_is_said_to_be_inferred(client):
    bounds = Dating(earliest=date(2014, 8, 1), latest=date(2014, 8, 31), reason="Neighbours")
    make_archived(dating=bounds, live_from=datetime(2015, 1, 1, tzinfo=UTC))
    assert "in August 2014 (inferred)" in nav_of(client, make_archived(date(2014, 9, 1)))


def test_citation_names_the_edition_at_the_address_where_it_stays(client, editor, settings):
    edition = make_published(editor, headline="Ferry resumes", bylines=["Nadia Farouk", "Leila Haddad"])
    text = text_of(client, edition)
    assert "<bdi>Nadia Farouk and Leila Haddad</bdi>. <bdi>Ferry resumes.</bdi>" in text
    assert f"{settings.SITE_URL}{edition.get_absolute_url()}editions/1/" in text
    for ending in ("bib", "ris", "csl.json"):
        assert f'href="{edition.get_absolute_url()[:-1]}.{ending}"' in text


def test_line_that_is_the_address_of_a_story_names_it_as_long_as_it_is_public(
    client, editor, chief, settings
):
    other = make_published(editor, headline="Ferry <resumes> & waits", slug="ferry")
    address = settings.SITE_URL + other.get_absolute_url()
    waiting = make_article(editor, headline="Not out yet")
    lines = [
        f'<p><a href="{address}">{address}</a></p>',
        f"<p>{settings.SITE_URL}/story/{waiting.pk}/</p>",
        f"<p>Read {address} too.</p>",
        f"<p>https://elsewhere.example{other.get_absolute_url()}</p>",
    ]
    story = make_published(editor, body="".join(lines))
    text = text_of(client, story)
    body = text.partition('<div class="body">')[2].partition("</div>")[0]
    named = f'<p class="own-link"><a href="{other.get_absolute_url()}" lang="en" dir="auto">Ferry &lt;resumes&gt; &amp; waits</a></p>'
    assert body.count(named) == 1
    assert "Not out yet" not in text
    assert f"<p>{settings.SITE_URL}/story/{waiting.pk}/</p>" in body
    assert f"Read {address} too." in body
    assert f"story-{other.story_id}" in client.get(story.get_absolute_url()).headers["Surrogate-Key"].split()
    token = Article.objects.get(pk=other.story_id).token
    workflow.kill(by=chief, story_id=other.story_id, token=token, reason="made up")
    body = text_of(client, story).partition('<div class="body">')[2].partition("</div>")[0]
    assert "own-link" not in body
    assert "resumes" not in body
    assert address in body


def test_story_named_in_another_costs_no_query(client, editor, django_assert_max_num_queries, settings):
    others = [make_published(editor) for _ in range(20)]
    body = "".join(f"<p>{settings.SITE_URL}{one.get_absolute_url()}</p>" for one in others)
    story = make_published(editor, body=body)
    with django_assert_max_num_queries(3):
        text = text_of(client, story)
    assert text.count("own-link") == own_links.MOST


def imported(edition, *, file="/srv/private/page-830.html", **facts):
    run = ImportRun.objects.create(paths=["/srv/private"])
    source = SourcePage.objects.create(
        run=run, file=file, digest="0" * 64, outcome="created", kind="article",
        address=facts.pop("address", "https://old.example/opinion/ferry?session=secret"),
    )  # fmt: skip
    return Provenance.objects.create(source=source, story_id=edition.story_id, edition=edition, **facts)


def test_imported_story_says_where_it_comes_from_and_what_was_mended(client):
    edition = make_archived()
    plain = text_of(client, edition)
    assert "where-from" not in plain
    repairs = [{"line": 12, "rule": "mojibake", "was": "cafÃ©<b>", "now": "café"}]
    facts = [
        {"field": "headline", "value": "x", "line": 0, "rule": "opening-of-the-text", "stated": False},
        {"field": "doubt", "value": "zdoubt", "line": 3, "rule": "joining", "stated": False},
        {"field": "put aside", "value": "zaside", "line": 4, "rule": "menu"},
    ]
    imported(edition, repairs=repairs, facts=facts)
    text = text_of(client, edition)
    folded = text.partition('<details class="where-from">')[2].partition("</details>")[0]
    for shown in (
        "its own page",
        "https://old.example/opinion/ferry",
        "line 12",
        "cafÃ©&lt;b&gt;",
        "café",
        "states no headline",
    ):
        assert shown in folded, shown
    for private in ("/srv/private", "page-830", "session", "zdoubt", "zaside"):
        assert private not in text, private
    told = client.get(f"{edition.get_absolute_url()[:-1]}.json").json()["provenance"]
    assert told[0]["address"] == "https://old.example/opinion/ferry"
    assert told[0]["repairs"] == [
        {"rule": "letters garbled by a wrong character set", "was": "cafÃ©<b>", "now": "café", "line": 12}
    ]


def test_many_repairs_are_counted_and_not_all_told(client):
    edition = make_archived()
    imported(
        edition, repairs=[{"line": n, "rule": "entity", "was": "&eacute;", "now": "é"} for n in range(1, 41)]
    )
    assert "and 20 more of these" in text_of(client, edition)


def test_source_of_a_suppressed_edition_and_of_an_import_taken_back_are_not_shown(client, editor, chief):
    first = make_published(editor)
    imported(first, repairs=[{"line": 1, "rule": "mojibake", "was": "zwas", "now": "znow"}])
    token = Article.objects.get(pk=first.story_id).token
    workflow.correct(by=editor, story_id=first.story_id, token=token, note="A name.")
    assert "zwas" in text_of(client, first)
    workflow.suppress(by=chief, story_id=first.story_id, number=1, reason="order 17")
    assert "zwas" not in text_of(client, first)
    again = imported(edition_of(first.story_id), facts=[], repairs=[])
    assert "where-from" in text_of(client, first)
    ImportRun.objects.filter(pk=again.source.run_id).update(undone_at=timezone.now())
    assert "where-from" not in text_of(client, first)


@pytest.mark.parametrize(
    "address", ["file:///srv/x.html", "javascript:alert(1)", "http://[", "https://me:pw@old.example/"]
)
def test_address_that_is_none_of_the_web_is_not_shown(client, address):
    edition = make_archived()
    imported(edition, address=address)
    text = text_of(client, edition)
    assert "where-from" in text
    assert address not in text


def test_link_to_an_answer_stays_when_turns_are_added_before_it(client, editor):
    answer = prose.turn("answer", "Okoro", "A committee of nine people decided it.")
    first = make_published(editor, body=prose.turn("question", "Q", "Who?") + answer)
    link = re.compile(
        r'<a class="turn-link" id="(said-[0-9a-f]{8})" href="#\1" lang="en" aria-label="Link to this (\w+)">'
    )
    before = dict(map(reversed, link.findall(text_of(client, first))))
    longer = prose.turn("question", "Q", "When?") + prose.turn("answer", "Okoro", "Later.") + first.body
    rendered = prose.render(longer, {})
    found = link.findall(rendered)
    assert len({anchor for anchor, _ in found}) == 4
    assert (before["answer"], "answer") in found
    assert linkable.made(rendered) == rendered
    assert "turn-link" not in linkable.unmade(rendered)


def test_same_words_twice_have_two_links():
    twice = prose.render(prose.turn("answer", "A", "Yes.") * 2, {})
    first, second = re.findall(r'id="(said-[^"]+)"', twice)
    assert second == f"{first}-2"


def test_table_scrolls_in_a_frame_that_a_keyboard_reaches(client):
    body = "<table><tbody><tr><td>1978</td></tr></tbody></table><p>Between.</p><table><tbody><tr><td>2</td></tr></tbody></table>"
    text = text_of(client, make_archived(body=body))
    assert (
        text.count('<div class="framed" role="region" tabindex="0" lang="en" aria-label="Table"><table>') == 2
    )
    assert text.count("</table></div>") == 2
    feed = client.get("/feed.json").json()["items"][0]["content_html"]
    assert "1978" in feed


def test_breaking_words_in_a_headline_end_no_data(client, editor):
    headline = "</script><script>alert(1)</script> \u2028 & <!--"
    edition = make_published(editor, headline=headline)
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text_of(client, edition), re.S)
    assert json.loads(blocks[0])["headline"] == headline
    assert "\u2028" not in "".join(blocks)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="plans are read as SQLite writes them")
def test_nothing_on_a_story_s_page_is_looked_for_among_all_editions(client, django_assert_max_num_queries):
    edition = make_archived(tags=("quay",))
    for ending in ("/", ".json"):
        with django_assert_max_num_queries(3) as asked:
            client.get(f"{edition.get_absolute_url()[:-1]}{ending}")
        with connection.cursor() as cursor:
            for query in asked.captured_queries:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                for *_, step in cursor.fetchall():
                    assert not re.match("SCAN (articles_(?!section)|U0|V0)", step), step
                    assert "editions_by_beginning" not in step

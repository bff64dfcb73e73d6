"""Corrections narrowed by kind, section and year, and counted: what readers may not see is in no list and no number."""

import html
import re

import pytest

from articles import workflow
from articles.models import Article, CorrectionTally
from tests.archive.test_editions import change, text
from tests.builders import make_archived, make_published, moment

pytestmark = pytest.mark.django_db
EVERY = ("Old world note.", "New world note.", "City clarified.", "Taken back.", "A note in the killed one.")


def token_of(edition):
    return Article.objects.get(pk=edition.story_id).token


def correct(editor, edition, note, **asked):
    return change(editor, edition.story_id, workflow.correct, {"note": note} | asked, kicker=note[:40])


@pytest.fixture
def paper(editor, time_machine):
    """Two stories of two sections: corrections of two years, a clarification, and one withdrawn."""
    time_machine.move_to(moment(2024, 5, 4))
    world, city = make_published(editor, section="World"), make_published(editor, section="City")
    correct(editor, world, "Old world note.")
    time_machine.move_to(moment(2026, 5, 4))
    correct(editor, world, "New world note.", severity="slip")
    correct(editor, city, "City clarified.", kind="clarification")
    killed = make_published(editor, section="City")
    correct(editor, killed, "A note in the killed one.")
    workflow.kill(
        by=editor, story_id=killed.story_id, token=token_of(killed), reason="x", notice="Taken back."
    )
    return world, city


def shown(client, query):
    told = text(client, f"/corrections/{query}")
    return {note for note in EVERY if note in told}


def test_plain_links_narrow_the_list(client, paper):
    assert shown(client, "") == {"Old world note.", "New world note.", "City clarified.", "Taken back."}
    assert shown(client, "?kind=clarification") == {"City clarified."}
    assert shown(client, "?kind=withdrawal") == {"Taken back."}
    assert shown(client, "?section=world") == {"Old world note.", "New world note."}
    assert shown(client, "?year=2024") == {"Old world note."}
    assert shown(client, "?kind=correction&section=world&year=2026") == {"New world note."}
    told = text(client, "/corrections/?section=world")
    assert '<meta name="robots" content="noindex, follow">' in told
    assert 'href="/corrections/?kind=correction&amp;section=world"' in told
    assert "noindex" not in text(client, "/corrections/")


def test_list_that_is_none_answers_not_found(client, paper):
    for query in (
        "?kind=praise", "?section=nowhere", "?year=1999", "?year=99999", "?year=x", "?year=²²²²", "?after=x",
        "?year=2024&kind=clarification", "?section=" + "x" * 200, "?kind=correction&after=OTk.MQ",
    ):  # fmt: skip
        assert client.get(f"/corrections/{query}").status_code == 404, query


def test_unknown_parameters_change_nothing(client, paper):
    assert text(client, "/corrections/?utm_source=x") == text(client, "/corrections/")


def test_counts_stand_in_a_table_with_a_small_drawing(client, paper):
    told = text(client, "/corrections/")
    table = re.sub(
        r"<svg.*?</svg>|<[^>]+>", " ", told[told.index("<table>") : told.index("</table>")]
    ).split()
    assert table == (
        [
            "Section",
            "Drawn",
            "All",
            "2026",
            "2024",
            "World",
            "2",
            "1",
            "1",
            "City",
            "1",
            "1",
            "–",
            "Stories",
            "withdrawn",
            "1",
            "1",
            "–",
        ]
        if "World" in table[:7]
        else [
            "Section",
            "Drawn",
            "All",
            "2026",
            "2024",
            "City",
            "1",
            "1",
            "–",
            "World",
            "2",
            "1",
            "1",
            "Stories",
            "withdrawn",
            "1",
            "1",
            "–",
        ]
    )
    assert told.count("<rect ") == 6
    assert "<svg" not in text(client, "/corrections/?kind=correction").split("<ol")[0]


def test_kill_and_suppression_are_counted_at_once(client, editor, chief, paper):
    world, city = paper

    def counted():
        return {(row.year, row.section and row.section.name, row.kind): row.notices for row in CorrectionTally.objects.all()}  # fmt: skip

    assert counted() == {
        (2024, "World", "correction"): 1, (2026, "World", "correction"): 1, (2026, "City", "clarification"): 1,
        (2026, None, "withdrawal"): 1,
    }  # fmt: skip
    workflow.suppress(by=chief, story_id=world.story_id, number=2, reason="x")
    assert (2024, "World", "correction") not in counted()
    workflow.kill(by=editor, story_id=city.story_id, token=token_of(city), reason="x")
    assert counted() == {(2026, "World", "correction"): 1, (2026, None, "withdrawal"): 2}
    before = counted()
    CorrectionTally.objects.all().delete()
    workflow.keep_record(is_anew=True)
    assert counted() == before


def test_narrowed_list_goes_on_by_key(client, editor):
    story = make_published(editor, section="World")
    for n in range(22):
        workflow.correct(by=editor, story_id=story.story_id, token=token_of(story), note=f"Note {n:02}.")
    told = text(client, "/corrections/?section=world")
    (further,) = re.findall(r'href="(/corrections/\?section=world&amp;after=[\w-]+)"', told)
    rest = text(client, further.replace("&amp;", "&"))
    assert [n for n in range(22) if f"Note {n:02}." in rest] == [0, 1]


def test_import_that_corrects_shows_the_sentence_before_and_after(client):
    first = make_archived(body="<p>The ferry left the old quay at six.</p>")
    contents = workflow.copy.contents_of_edition(first).changed(
        body="<p>The ferry left the new quay at six.</p>"
    )
    workflow.amend(story_id=first.story_id, arrival=workflow.Arrival(contents), note="It was the new quay.")
    told = text(client, "/corrections/")
    assert "[deleted: </bdi>old" in told
    assert "[inserted: </bdi>new" in told
    assert f'href="{first.get_absolute_url()}editions/1/2/"' in told


DATA = "/corrections.json"


def notes(client, query):
    told = client.get(f"{DATA}{query}")
    assert told.status_code == 200, query
    return {one["note"] for one in told.json()["items"]}


@pytest.mark.parametrize(
    "query",
    ["", "?kind=clarification", "?kind=withdrawal", "?section=world", "?year=2024", "?kind=correction&section=world&year=2026"],
)  # fmt: skip
def test_data_and_feeds_beside_a_narrowed_page_are_of_the_same_notices(client, paper, query):
    expected = shown(client, query)
    assert notes(client, query) == expected
    beside = dict(
        re.findall(
            r'<link rel="alternate" type="([^"]+)"[^>]* href="([^"]+)"', text(client, f"/corrections/{query}")
        )
    )
    assert html.unescape(beside["application/json"]) == f"{DATA}{query}"
    for kind in ("application/rss+xml", "application/atom+xml", "application/feed+json"):
        address = html.unescape(beside[kind])
        assert address.endswith(query), address
        told = client.get(address).content.decode()
        assert {note for note in EVERY if note in told} == expected, address
        assert html.escape(address) in told or address in told


def test_data_of_a_narrowed_list_go_on_within_it(client, paper, editor, monkeypatch):
    monkeypatch.setattr("articles.feeds.pages_as_json.PAGE", 1)
    first = client.get(f"{DATA}?section=world").json()
    assert [one["note"] for one in first["items"]] == ["New world note."]
    assert first["next"].startswith(f"{DATA}?section=world&after=")
    assert [one["note"] for one in client.get(first["next"]).json()["items"]] == ["Old world note."]
    for nothing in ("?kind=praise", "?section=nowhere", "?year=1999", "?year=x"):
        assert client.get(f"{DATA}{nothing}").status_code == 404, nothing
        assert client.get(f"/corrections/rss.xml{nothing}").status_code == 404, nothing


def test_permanent_address_of_a_narrowed_list_leads_to_the_same_notices(client, paper):
    response = client.get("/corrections/?kind=clarification&utm_source=x")
    gate = re.search(r'<[^>]+(/timegate/[^>]+)>; rel="timegate"', response.headers["Link"])[1]
    assert gate == "/timegate/corrections/?kind=clarification"
    leads = client.get(gate)
    assert leads.status_code == 302
    told = client.get(leads.headers["Location"]).content.decode()
    assert {note for note in EVERY if note in told} == {"City clarified."}
    timemap = client.get("/timemap/link/corrections/?kind=clarification").content.decode()
    assert '/corrections/?kind=clarification>; rel="original"' in timemap

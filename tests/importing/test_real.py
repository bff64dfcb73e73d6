"""The real pages in ../shared/real go the whole way: imported or refused, each expected field found in the JSON readers get."""

import json
import re
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from articles import workflow
from articles.models import Address, Edition, ImportRun, Provenance, SourcePage
from articles.workflow.verifying import problems
from media.models import Picture
from tests.importing.archive import bring

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
FIRST = sorted((REAL / "captures" / "eng-archive").glob("*.json"))

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FIRST, reason=f"the real pages are not there: {REAL}"),
]


@pytest.fixture
def folder(tmp_path):
    """Return a folder that holds the seed and all captures."""
    shutil.copytree(REAL / "captures", tmp_path / "real" / "captures")
    shutil.copytree(REAL / "seed", tmp_path / "real" / "seed")
    return tmp_path / "real"


def stories_of(name):
    """Return the story IDs that a file told of, in its order."""
    rows = Provenance.objects.filter(source__file__endswith=f"/{name}.txt", source__raw__isnull=False)
    return list(rows.order_by("pk").values_list("story_id", flat=True))


def as_json(client, story_id):
    edition = Edition.objects.at().get(story_id=story_id)
    return client.get(edition.get_absolute_url().rstrip("/") + ".json").json()


@pytest.mark.apart
def test_seed_and_captures_come_in_once_and_whole(folder, client, chief):
    rows, _ = bring(folder)
    assert len(rows) == 68
    refused = {name for name, row in rows.items() if row["outcome"] == "refused"}
    assert refused == {
        file.with_suffix(".txt").name for file in (REAL / "captures" / "others").glob("*.json")
    }
    assert all(row["reason"] for name, row in rows.items() if name in refused)
    assert all(row["stories"] or row["pictures"] for name, row in rows.items() if name not in refused)
    assert list(problems()) == []
    for sidecar in FIRST:
        told = json.loads(sidecar.read_text())
        check = {"article": check_article, "attachment": check_attachment}.get(told["kind"], check_list)
        check(client, sidecar.stem, told)
    check_seed(client)

    again, _ = bring(folder)
    assert {name: row["outcome"] for name, row in again.items()} == {
        name: "refused" if name in refused else "unchanged" for name in rows
    }
    assert {name: row["stories"] for name, row in again.items()} == {
        name: row["stories"] for name, row in rows.items()
    }

    first = ImportRun.objects.order_by("pk").first()
    undone = workflow.undo_import(by=chief, run_id=first.pk)
    assert undone.left == []
    assert not Edition.objects.at().exists()
    assert not Picture.objects.filter(released_at__isnull=False).exists()
    assert list(problems()) == []
    back, _ = bring(folder)
    assert {name: set(row["stories"]) for name, row in back.items()} == {
        name: set(row["stories"]) for name, row in rows.items()
    }
    assert list(problems()) == []


def check_seed(client):
    (story_id,) = stories_of("russia-tells-rebel-fighters")
    facts = as_json(client, story_id)
    assert facts["headline"] == "Russia Tells Rebel Fighters to Leave Eastern Aleppo"
    (picture,) = facts["pictures"]
    assert (picture["media_id"], picture["caption_state"], picture["caption"]) == ("55361435", "empty", "")
    dated = facts["dated"]
    assert (dated["earliest"], dated["latest"], dated["stated"]) == ("2016-10-01", "2017-03-31", False)
    assert (
        dated["reason"] == "Media ID 55361435 lies between 55359836 (October 2016) and 55369750 (March 2017)"
    )


def check_article(client, name, told):
    (story_id,) = stories_of(name)
    facts, expect = as_json(client, story_id), told["expect"]
    edition = Edition.objects.at().get(story_id=story_id)
    assert facts["headline"] == expect["title"], name
    assert facts["dateline"] == (expect["lead"] or ""), name
    assert bool(facts["incomplete"]) == told["cut"], name
    wanted = [
        (one["id"], one["caption"], one["credit"] or "", "present" if one["caption"] else "absent")
        for one in expect["media"]
    ]
    printed = [(one["media_id"], one["caption"], one["credit"]) for one in edition.pictures]
    assert printed == [one[:3] for one in wanted], name
    assert [one["caption_state"] for one in facts["pictures"]] == [one[3] for one in wanted], name
    rows = [one for row in edition.story.provenances.all() for one in row.facts]
    forms = [one["rule"].split()[-1] for one in rows if one["field"] == "caption state"]
    assert forms == [one["form"] for one in expect["media"]], name
    styles = [one["value"] for one in rows if one["field"] == "question style"]
    assert styles == ([expect["qa"]] if expect["qa"] else []), name
    assert ('class="question"' in edition.body or 'class="answer"' in edition.body) == bool(expect["qa"]), (
        name
    )
    path = re.sub(r"^https?://[^/]+|[?].*$", "", told["url"])
    assert Address.objects.get(path=path).story_id == story_id
    assert client.get(path).status_code == 301
    source = SourcePage.objects.filter(file__endswith=f"/{name}.txt").order_by("pk").first()
    assert bytes(source.raw) == (FIRST[0].parent / f"{name}.txt").read_bytes()


def check_attachment(client, name, told):
    path = re.sub(r"^https?://[^/]+|[?].*$", "", told["url"])
    picture = Address.objects.get(path=path).picture
    assert picture.credit == told["expect"]["credit"], name
    assert client.get(path).status_code == 301
    assert client.get(f"/media/{picture.media_id}/").status_code == 200


def check_list(client, name, told):
    expect = told["expect"]
    wanted = [one for one in expect.get("items", []) if set(one) != {"credit", "title"} or one["title"]]
    story_ids = stories_of(name)
    if "items" not in expect:
        assert as_json(client, story_ids[0])["headline"] == expect["title"]
        return
    assert len(story_ids) == len(wanted), name
    for story_id, one in zip(story_ids, wanted, strict=True):
        edition = Edition.objects.at().get(story_id=story_id)
        facts = as_json(client, story_id)
        if one.get("title"):
            assert facts["headline"] == one["title"], name
        if one.get("author"):
            assert facts["bylines"][0]["as_printed"] == one["author"], name
        if one.get("date"):
            day = datetime.strptime(one["date"], "%b %d, %Y").date()
            assert (edition.published_on, facts["dated"]["stated"]) == (day, True), name
        if one.get("section"):
            assert edition.section.name == one["section"], name
        if one.get("lead"):
            assert facts["dateline"] == one["lead"], name
        if one.get("credit"):
            assert edition.pictures[0]["credit"] == one["credit"], name
        if told["kind"] == "tag":
            assert facts["tags"], name
        assert edition.completeness == "teaser", name


@pytest.mark.parametrize("seed_first", [True, False])
def test_teaser_of_the_seed_meets_it_in_either_order(tmp_path, seed_first):
    seed = tmp_path / "seed"
    shutil.copytree(REAL / "seed", seed)
    text = next(seed.glob("*.txt")).read_text()
    opening = next(line for line in text.splitlines() if line.startswith("Russia has once"))
    listed = tmp_path / "list"
    listed.mkdir()
    cut = opening[:240].rsplit(" ", 1)[0]
    (listed / "1.txt").write_text(f"by Nadia Farouk | Nov 3, 2016 | Middle East\n{cut}...\n")
    (listed / "1.json").write_text('{"url": "https://eng-archive.aawsat.com/tag/aleppo"}')
    for folder in (seed, listed) if seed_first else (listed, seed):
        bring(folder)
    (story_id,) = set(Edition.objects.values_list("story_id", flat=True))
    edition = Edition.objects.at().get(story_id=story_id)
    assert edition.published_on == date(2016, 11, 3)
    assert (edition.byline, edition.section.name) == ("Nadia Farouk", "Middle East")
    assert edition.pictures[0]["media_id"] == "55361435"
    assert edition.completeness == ("whole" if edition.body_text[-1] in ".”" else "cut")


def test_corpus_of_others_comes_in_with_text_date_and_names(tmp_path, chief):
    file = shutil.copy(REAL / "stories" / "wikinews_en_2019_2020.jsonl.gz", tmp_path)
    rows, said = bring(file)
    assert {row["outcome"] for row in rows.values()} == {"created"}
    editions = Edition.objects.at().select_related("section")
    assert editions.count() == 295
    assert all(one.body and one.published_at and one.language == "en" for one in editions)
    assert max(len(one.body) for one in editions) > 100_000
    assert "“body” as “body_text” (295)" in said

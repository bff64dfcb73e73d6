"""The real pages in ../shared/real: every field that their `expect` names, and every line accounted for."""

import json
from pathlib import Path

import pytest

from articles.importing.reading import Unreadable, read_page
from articles.importing.reading.accounting import lines_of

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
FIRST = sorted((REAL / "captures" / "eng-archive").glob("*.json"))
LATER = sorted((REAL / "captures" / "english-aawsat").glob("*.json"))
OTHERS = sorted((REAL / "captures" / "others").glob("*.json"))

pytestmark = pytest.mark.skipif(not FIRST, reason=f"the real pages are not there: {REAL / 'captures'}")


def load(sidecar):
    told = json.loads(sidecar.read_text())
    page = read_page(sidecar.with_suffix(".txt").read_bytes(), file=sidecar.stem, address=told["url"])
    return page, told, told.get("expect", {})


def stated(fact):
    return fact.value if fact is not None and fact.stated else None


def picture(block):
    return {
        "id": block.media_id,
        "caption": block.caption,
        "credit": block.credit,
        "form": block.form,
        "caption_date": block.caption_date.printed if block.caption_date else None,
    }


def entry_facts(entry):
    return {
        "title": stated(entry.headline),
        "author": entry.byline.name.value if entry.byline else None,
        "date": entry.published.printed if entry.published else None,
        "section": entry.section.value.name if entry.section else None,
        "lead": entry.dateline.printed if entry.dateline else None,
        "credit": entry.media.credit if entry.media else None,
        "place": (entry.byline.place or "") if entry.byline else None,
    }


@pytest.mark.parametrize("sidecar", FIRST, ids=lambda path: path.stem[:40])
def test_page_of_the_first_archive(sidecar):
    page, told, expect = load(sidecar)
    kind = page.kind.value if page.kind.value != "list" else page.shelf.list_kind
    found = {
        "header": page.header_form,
        "title": stated(page.headline) or (stated(page.shelf.printed) if page.shelf else None) or "",
        "lead": page.dateline.printed if page.dateline else None,
        "qa": page.question_style,
        "credit": page.media[0].credit if page.media else None,
        "parent_path": page.address.parent_path,
        "media": [picture(block) for block in page.media],
        "items": [entry_facts(entry) for entry in page.entries],
    }
    assert (kind, bool(page.cut)) == (told["kind"], told["cut"])
    for name, wanted in expect.items():
        if name == "items":
            given = [
                {key: entry[key] for key in keys} for entry, keys in zip(found["items"], wanted, strict=True)
            ]
            assert given == wanted
        elif name == "paragraphs":
            # The number is the whole page's; a capture that breaks off in mid-sentence holds fewer.
            assert page.prose_count == wanted or (
                page.cut.state == "certain" and 0 < page.prose_count < wanted
            )
        elif name != "form":
            assert (name, found[name]) == (name, wanted)


@pytest.mark.parametrize("sidecar", LATER, ids=lambda path: path.stem[:40])
def test_page_of_a_later_site(sidecar):
    page, _, expect = load(sidecar)
    if "writer" in expect:
        assert page.shelf.name.value == expect["writer"]
        assert len(page.entries) >= 5
    if "items" in expect:
        facts = [entry_facts(entry) for entry in page.entries]
        assert [{key: entry[key] for key in ("section", "author", "place")} for entry in facts] == expect[
            "items"
        ]
    if "title" in expect:
        assert page.headline.value == expect["title"]
        assert (page.published.printed if page.published else None) == expect["date"]
        assert (stated(page.bylines[0].name) if page.bylines else None) == expect["author"]
        assert (page.media[0].caption if page.media else None) == expect["caption"]
        assert sum(block.copies for block in page.media) == expect["caption_repeats"]
        buttons = [use.text for use in page.furniture if use.rule == "text-size-button"]
        assert buttons == expect["widget"]


@pytest.mark.parametrize("sidecar", OTHERS, ids=lambda path: path.stem[:40])
def test_page_of_another_paper_is_refused(sidecar):
    with pytest.raises(Unreadable, match="another paper"):
        load(sidecar)


@pytest.mark.parametrize("sidecar", [*FIRST, *LATER], ids=lambda path: path.stem[:40])
def test_every_line_is_accounted_for_with_and_without_the_address(sidecar):
    raw = sidecar.with_suffix(".txt").read_bytes()
    filled = {number for number, line in enumerate(raw.decode().split("\n"), 1) if line.strip()}
    for address in (json.loads(sidecar.read_text())["url"], None):
        page = read_page(raw, file="x", address=address)
        assert filled <= lines_of(page)
        assert not [use for use in page.furniture if use.rule == "unrecognised"]


def test_seed():
    page = read_page((REAL / "seed" / "russia-tells-rebel-fighters.txt").read_bytes(), file="seed")
    (block,) = page.media
    assert (block.media_id, block.caption_state, block.form) == ("55361435", "empty", "M5")
    assert (page.header_form, page.prose_count, bool(page.cut)) == ("P", 4, False)
    assert page.headline.line == 3
    assert [date.printed for date in page.dates] == ["the 4th of November"]

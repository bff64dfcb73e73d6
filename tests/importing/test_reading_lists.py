"""Lists: every form of entry, and the shelf they stand on."""

import datetime as dt

import pytest

from tests.importing.pages import ARCHIVE, BAKERS, FERRY, LAMPS, page, read

TEASER = "The ferry to the northern islands sails twice a day again, and its captain..."
OTHER = "Bakers in the old town opened an hour earlier than usual, because the mill…"
CAPTION = "The ferry at its pier. (Reuters/Ann Example)"
TAG = f"{ARCHIVE}/tag/ferries"


def entries(*lines, address=TAG):
    return read("\n".join(lines), address=address).entries


def test_byline_and_teaser_without_headline():
    first, second = entries(
        "by Ann Rahbi | Feb 3, 2014 | Gulf",
        f"Muscat, Asharq Al-Awsat—{TEASER}",
        "by Asharq Al-Awsat | Sep 30, 2009 | Lifestyle & Culture",
        OTHER,
    )
    assert first.headline is None
    assert first.byline.name.value == "Ann Rahbi"
    assert first.published.printed == "Feb 3, 2014"
    assert first.published.day == dt.date(2014, 2, 3)
    assert first.section.value.name == "Gulf"
    assert first.dateline.printed == "Muscat, Asharq Al-Awsat—"
    assert first.text == TEASER[:-3]
    assert first.cut_mark == "..."
    assert second.byline.is_paper
    assert second.section.value.name == "Lifestyle & Culture"
    assert second.cut_mark == "…"


@pytest.mark.parametrize(
    "line",
    [
        "by Ann Rahbi | Feb 3, 2014",
        "By Ann Rahbi | February 3, 2014 | Gulf | 2 comments",
        "Posted by Ann Rahbi | 3 Feb 2014 | Gulf",
        "by Ann Rahbi | 2014-02-03 | Gulf",
    ],
)
def test_bylines_vary(line):
    (first,) = entries(line, TEASER)
    assert first.byline.name.value == "Ann Rahbi"
    assert first.published.day == dt.date(2014, 2, 3)


def test_headline_and_teaser_headline_twice_and_with_a_byline():
    plain = read(
        page("", "Ferry sails", "", TEASER, "", "Bakers rise", "", OTHER, headline="Gulf"), address=TAG
    )
    assert [entry.headline.value for entry in plain.entries] == ["Ferry sails", "Bakers rise"]
    twice = read(
        page("Ferry sails", "", "Ferry sails", "", TEASER, "Bakers rise", "", "Bakers rise", "", OTHER),
        address=TAG,
    )
    assert [entry.headline.value for entry in twice.entries] == ["Ferry sails", "Bakers rise"]
    assert all(entry.media is None for entry in twice.entries)
    (both,) = entries("Ferry sails", "by Ann Rahbi | Feb 3, 2014 | Gulf", TEASER)
    assert (both.headline.value, both.byline.name.value, both.teaser.value) == (
        "Ferry sails",
        "Ann Rahbi",
        TEASER,
    )


def test_picture_text_before_the_headline_is_no_headline():
    first, second = entries("Ann Rahbi at the helm", "Ferry sails", TEASER, "Bakers rise", OTHER)
    assert first.headline.value == "Ferry sails"
    assert first.media.caption == "Ann Rahbi at the helm"
    assert second.media is None


@pytest.mark.parametrize(
    "label", [("Caption:",), ("Media ID: 55300001",), ("Media ID: 55300001", "Caption:"), ()]
)
def test_picture_with_and_without_headline(label):
    first, second = entries(*label, CAPTION, "Ferry sails", TEASER, *label, "The mill. (AFP)", OTHER)
    assert first.media.credit == "(Reuters/Ann Example)"
    assert first.media.media_id == ("55300001" if "Media ID: 55300001" in label else None)
    assert first.headline.value == "Ferry sails"
    assert second.headline is None
    assert second.media.credit == "(AFP)"
    assert second.teaser.value == OTHER


def test_label_that_runs_on_behind_a_teaser_and_pictures_alone():
    found = entries(
        "Caption:", CAPTION, "Caption:", "Lamps. (EPA)", "Lamps lit", TEASER + "Caption:", "The mill. (AFP)"
    )
    assert [(entry.media.credit, entry.headline and entry.headline.value) for entry in found] == [
        ("(Reuters/Ann Example)", None),
        ("(EPA)", "Lamps lit"),
        ("(AFP)", None),
    ]


def test_caption_above_a_byline_belongs_to_it():
    (first,) = entries(
        "The captain looked at the sea for a very long time that day.",
        "by Ann Rahbi | Feb 3, 2014 | Gulf",
        TEASER,
    )
    assert first.headline is None
    assert first.media.caption.startswith("The captain looked")


def test_byline_that_runs_on_behind_a_teaser():
    found = entries(
        "by Ann Rahbi | Feb 3, 2014 | Gulf", TEASER + "by Sam Example | Feb 4, 2014 | Gulf", OTHER
    )
    assert [entry.byline.name.value for entry in found] == ["Ann Rahbi", "Sam Example"]


def test_full_article_on_an_authors_page():
    text = f"Ferry sails again\n\n\n{FERRY}\n\n{BAKERS}\n\n{LAMPS}\n\n{FERRY[:-20]}"
    found = read(text, address=f"{ARCHIVE}/author/ann-rahbi")
    assert found.kind.value == "list"
    assert found.shelf.list_kind == "author"
    assert found.headline.value == "Ferry sails again"
    assert found.prose_count == 4
    assert found.bylines[0].name.value == "Ann Rahbi"
    assert found.entries == ()
    assert found.cut.state == "certain"


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Gulf", "Gulf"),
        ("Majlis Letters Archives", "Majlis Letters"),
        ("Category Archives: Gulf", "Gulf"),
        ("Gulf - Page 3 of 80", "Gulf"),
    ],
)
def test_shelf_has_its_name_as_printed_and_clean(printed, name):
    found = read(
        page("", "Ferry sails", "", TEASER, headline=printed), address=f"{ARCHIVE}/category/gulf/page/3"
    )
    assert found.shelf.printed.value == printed
    assert found.shelf.name.value == name
    assert (found.shelf.list_kind, found.shelf.slug, found.shelf.page_number) == ("category", "gulf", 3)


def test_shelf_without_header_is_inferred_from_the_slug():
    found = read(
        f"by Ann Rahbi | Feb 3, 2014 | Gulf\n{TEASER}", address=f"{ARCHIVE}/tag/northern-ferries/page/2"
    )
    assert (found.shelf.name.value, found.shelf.name.stated) == ("Northern Ferries", False)


def test_list_is_known_by_its_form_when_there_is_no_address():
    assert (
        read(f"by A B | Feb 3, 2014 | Gulf\n{TEASER}\nby A B | Feb 4, 2014 | Gulf\n{OTHER}").kind.value
        == "list"
    )
    assert (
        read(page("", "Ferry sails", "", TEASER, "", "Bakers rise", "", OTHER, headline="Gulf")).kind.value
        == "list"
    )


def test_list_that_breaks_off_is_cut():
    whole = ("Ferry sails", TEASER, "Bakers rise", OTHER)
    assert not read("\n".join(whole), address=TAG).cut
    assert read("\n".join((*whole, "Lamps lit", LAMPS[:50])), address=TAG).cut
    assert read("\n".join((*whole, "Lamps lit")), address=TAG).cut
    hard = [
        line for name in ("One", "Two", "Three", "Four") for line in (f"{name} lamps", (name + LAMPS)[:90])
    ]
    found = read("\n".join(hard), address=TAG)
    assert [entry.cut_mark for entry in found.entries] == [""] * 4


def test_paging_is_furniture():
    found = read(f"Ferry sails\n{TEASER}\n« Older Entries\nNext Entries »\n12", address=TAG)
    assert len(found.entries) == 1
    assert {use.rule for use in found.furniture} == {"list-paging"}

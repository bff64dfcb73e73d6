"""Pages of the paper's later sites, and pages saved as HTML."""

import datetime as dt

import pytest

from articles.importing.reading import Unreadable
from tests.importing.pages import ARCHIVE, BAKERS, FERRY, LAMPS, SUFFIX, read

LATER = "https://english.aawsat.com"
CAPTION = "The ferry at its pier. (AFP)"
SLOGAN = (
    "Asharq Al-awsat English Middle-east and International News and Opinion from Asharq Al-awsat Newspaper"
)


def test_headline_and_caption_repeated_around_a_text_size_button():
    top = f"Ferry sails\n\n{CAPTION}\n{CAPTION}\nTT\n20\n\nFerry sails\n\n{CAPTION}\n{CAPTION}\n\n"
    for address in (f"{LATER}/home/article/1234/ferry-sails?page=1", f"{LATER}/gulf/1234-ferry-sails", None):
        found = read(f"{top}{FERRY}\n\n{BAKERS}\n", address=address)
        assert found.headline.value == "Ferry sails"
        assert [paragraph.text for paragraph in found.paragraphs] == [FERRY, BAKERS]
        assert (found.media[0].caption, found.media[0].copies) == (CAPTION, 4)
        assert [use.text for use in found.furniture if use.rule == "text-size-button"] == ["TT", "20"]
        assert found.published is None


def test_dated_page_with_a_columnist():
    about = "Ann Rahbi is a columnist. She has written about ferries for twenty years."
    found = read(
        f"{SLOGAN}\n\nFerry sails\n\nFerry sails\n\nThursday, 16 August, 2018 - 08:00\nAnn Rahbi\n{about}\n\n{FERRY}\n\n{BAKERS}\n"
    )
    assert found.published.day == dt.date(2018, 8, 16)
    assert found.published.printed == "Thursday, 16 August, 2018 - 08:00"
    assert found.bylines[0].name.value == "Ann Rahbi"
    assert found.bylines[0].about.value == about
    assert found.prose_count == 2


def test_next_story_on_the_page_is_put_aside_with_a_doubt():
    top = "{0}\n\n{1}\n{1}\nTT\n\n{0}\n\n{1}\n{1}\n\n"
    text = (
        top.format("Ferry sails", CAPTION) + FERRY + "\n\n" + top.format("Lamps lit", "Lamps. (EPA)") + LAMPS
    )
    found = read(text, address=f"{LATER}/gulf/1234-ferry-sails?page=6")
    assert [paragraph.text for paragraph in found.paragraphs] == [FERRY]
    assert LAMPS in {use.text for use in found.furniture if use.rule == "next-story"}
    assert any("Another story" in doubt.sentence for doubt in found.doubts)


def test_writers_page():
    text = f"Ann Rahbi\n\nAnn Rahbi\nAnn Rahbi is a columnist. She sails.\n\nFerry Sails\n\n{FERRY[:90]}…\n\nLamps Lit\n\n{LAMPS[:80]}…\n"
    found = read(text, address=f"{LATER}/home/writer/Ann-Rahbi?page=1")
    assert found.shelf.name.value == "Ann Rahbi"
    assert found.shelf.about.value.endswith("She sails.")
    assert found.shelf.page_number == 1
    assert [entry.headline.value for entry in found.entries] == ["Ferry Sails", "Lamps Lit"]


def test_signed_teasers_with_section():
    text = (
        f"Editor picks\n\nEditor picks\n\nFeatures Ferry Sails\n\nFerry Sails\n\n{FERRY[:90]}…\n\nHuda al-Rahbi (New York)\n\n"
        f"Arab World Lamps at dusk. (EPA)\n\nLamps Lit\n\n{LAMPS[:80]}…\n\nAsharq Al Awsat\n"
    )
    found = read(text, address=f"{LATER}/editor-picks?page=65")
    first, second = found.entries
    assert (first.section.value.name, first.headline.value, first.byline.name.value) == (
        "Features",
        "Ferry Sails",
        "Huda al-Rahbi",
    )
    assert first.byline.place == "New York"
    assert first.media is None
    assert (second.section.value.name, second.media.credit, second.byline.is_paper) == (
        "Arab World",
        "(EPA)",
        True,
    )


def html(*body, head=""):
    return (
        f"<!DOCTYPE html>\n<html><head><title>Ferry sails{SUFFIX}</title>\n{head}</head><body>\n"
        + "\n".join(body)
        + "\n</body></html>"
    )


STORY = (
    "<nav><a>Home</a></nav>",
    '<article id="post-9"><h1>Ferry sails</h1>',
    '<figure><img class="wp-image-55300001"><figcaption>The pier. (AFP)</figcaption></figure>',
    f"<p>Muscat, Asharq Al-Awsat—{FERRY}</p>",
    "<h2>The bakers</h2>",
    f"<p>{BAKERS} &lt;SB&gt; {{{{ 7*7 }}}}</p></article>",
    "<footer>All rights reserved</footer>",
)


def test_saved_html_gives_the_same_facts_with_their_lines():
    head = (
        f'<link rel="canonical" href="{ARCHIVE}/ann-rahbi/news-gulf/ferry-sails?share=x">'
        '<meta property="article:published_time" content="2014-02-03T09:30:00+00:00"><meta name="author" content="Ann Al-Rahbi">'
        '<meta property="article:tag" content="Ferries">'
    )
    found = read(html(*STORY, head=head))
    assert found.source == "html"
    assert (found.headline.value, found.headline.line, found.header_form) == ("Ferry sails", 5, "P")
    assert found.address.path == "/ann-rahbi/news-gulf/ferry-sails"
    assert found.published.day == dt.date(2014, 2, 3)
    assert (found.bylines[0].name.value, found.bylines[0].slug) == ("Ann Al-Rahbi", "ann-rahbi")
    assert (found.media[0].media_id, found.media[0].credit, found.media[0].line) == ("55300001", "(AFP)", 6)
    assert found.dateline.places == ("Muscat",)
    assert [(paragraph.role, paragraph.line) for paragraph in found.paragraphs] == [
        ("plain", 7),
        ("subheading", 8),
        ("plain", 9),
    ]
    assert found.paragraphs[2].text == f"{BAKERS} <SB> {{{{ 7*7 }}}}"
    assert [tag.value for tag in found.tags] == ["Ferries"]
    assert {use.rule for use in found.furniture} == {"outside-story", "headline-copy"}


def test_saved_html_list_and_linked_facts():
    entry = '<article><h2>{0}</h2><p class="post-meta">by <a>Ann Rahbi</a> | <span>Feb 3, 2014</span> | <a>Gulf</a></p><p>{1}…</p></article>'
    listed = read(
        html(entry.format("Ferry sails", FERRY[:80]), entry.format("Lamps lit", LAMPS[:80])),
        address=f"{ARCHIVE}/category/gulf",
    )
    assert [(entry.headline.value, entry.published.printed) for entry in listed.entries] == [
        ("Ferry sails", "Feb 3, 2014"),
        ("Lamps lit", "Feb 3, 2014"),
    ]
    linked = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2014-02-03", "author": {"name": "Ann Rahbi"}}</script>'
    found = read(html(*STORY, head=linked))
    assert found.published.day == dt.date(2014, 2, 3)
    assert found.bylines[0].name.rule == "html-linked-writer"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<form><input></form>", "no text"),
        ("<nav><a>Home</a></nav><p>Gulf</p><p>World</p>", "no article"),
        (f"<p>{FERRY}</p>", "does not say that it is an article"),
    ],
)
def test_html_that_is_no_article_is_refused(body, reason):
    with pytest.raises(Unreadable, match=reason):
        read(html(body))

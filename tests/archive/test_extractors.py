"""Programs that nobody here wrote get headline, byline, date and the whole text from a page, and none of what stands around it."""

import re
from datetime import UTC, date, datetime

import pytest
import trafilatura
from lxml import html as lxml_html
from readability import Document

from articles import prose, workflow
from articles.index import keep_related
from articles.models import Article, Dating
from tests.builders import make_archived, make_contents, make_copy, make_picture, make_published, make_tag

pytestmark = pytest.mark.django_db

PARAGRAPHS = [
    f"Paragraph {n} of the story tells at some length, with commas, and with a clause or two, what the harbour looked "
    f"like on the morning when the ferry came back, and who stood on the quay to see it."
    for n in range(1, 7)
]
ARABIC = [
    f"الفقرة {n} من القصة تروي، بشيء من التفصيل، كيف بدا الميناء في صباح اليوم الذي عادت فيه العبّارة، ومن وقف على الرصيف ليراها."
    for n in range(1, 7)
]
# What stands around a story, of which none may come out as its text.
FURNITURE = (
    "Filed under", "The record", "Related stories", "minute read", "For a program that keeps sources", "Digest",
    "Skip to the text", "Correction", "Read this in", "Before and after", "What appeared here stays here",
)  # fmt: skip


def body(texts):
    return "".join(f"<p>{one}</p>" for one in texts)


def page_of(client, edition):
    response = client.get(edition.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def spaced(text):
    return " ".join(text.split())


def extracted(page):
    """What the two extractors take for the story's text."""
    plain = trafilatura.extract(page, include_comments=False, favor_recall=False)
    readable = lxml_html.fromstring(Document(page).summary()).text_content()
    return {"trafilatura": spaced(plain or ""), "readability": spaced(readable)}


def check(page, *, headline, names, on, texts):
    # Extensively searched, any year that a page names becomes its date, be it in the text or in the paper's foot.
    how = {} if on else {"date_config": {"extensive_search": False, "original_date": True}}
    said = trafilatura.extract_metadata(page, **how)
    assert said.title == headline
    assert [spaced(one) for one in (said.author or "").split(";")] == list(names)
    assert said.date == on
    assert headline in Document(page).short_title()
    for who, text in extracted(page).items():
        for one in texts:
            assert spaced(one) in text, f"{who} lost: {one}"
        for one in FURNITURE:
            assert one not in text, f"{who} took furniture for text: {one}"


def told_around(count=4):
    """Stories that stand near the one looked at, so that there is something to mistake for it."""
    for n in range(count):
        make_archived(date(2014, 8, 1 + n), headline=f"Harbour story {n}", tags=("harbour",))
    keep_related()


def test_plain_story(client):
    make_tag("harbour")
    edition = make_archived(
        date(2014, 8, 28), headline="The ferry is back", body=body(PARAGRAPHS), tags=("harbour",),
        bylines=["Nadia Farouk", "Leila Haddad"], dateline="BEIRUT", kicker="The port",
    )  # fmt: skip
    told_around()
    page = page_of(client, edition)
    assert "Related stories" in page
    check(
        page, headline="The ferry is back", names=("Nadia Farouk", "Leila Haddad"), on="2014-08-28", texts=PARAGRAPHS
    )  # fmt: skip


def test_interview_keeps_every_turn_and_who_spoke(client):
    turns = [
        prose.turn(
            "question", "Q", "Who shortened the pier, and when was it decided that it should be shortened?"
        ),
        prose.turn("answer", "Okoro", PARAGRAPHS[0]),
        prose.turn(
            "question", "Q", "And who paid for the work that was done in the second year, in your opinion?"
        ),
        prose.turn("answer", "Okoro", PARAGRAPHS[1]),
        prose.turn("answer", "", PARAGRAPHS[2]),
    ]
    edition = make_archived(date(2014, 8, 28), headline="A committee decided", body="".join(turns))
    texts = [*PARAGRAPHS[:3], "Who shortened the pier", "And who paid for the work"]
    page = page_of(client, edition)
    check(page, headline="A committee decided", names=("Nadia Farouk",), on="2014-08-28", texts=texts)
    for text in extracted(page).values():
        assert re.search(r"Okoro:? +Paragraph 1", text)
        assert "#" not in text


def test_arabic_story(client):
    edition = make_archived(
        date(2014, 8, 28), headline="العبّارة تعود إلى الرصيف القديم", language="ar", slug="ferry-ar", body=body(ARABIC),
        bylines=["Nour El Tayeb"],
    )  # fmt: skip
    page = page_of(client, edition)
    check(
        page, headline="العبّارة تعود إلى الرصيف القديم", names=("Nour El Tayeb",), on="2014-08-28", texts=ARABIC
    )  # fmt: skip


@pytest.mark.parametrize(
    "dating",
    [Dating(), Dating(earliest=date(2016, 10, 1), latest=date(2017, 3, 31), reason="From its Media IDs.")],
)
def test_story_without_a_stated_date_gets_none_not_even_its_correction_s(client, dating):
    facts = {"headline": "An undated letter", "body": body(PARAGRAPHS), "tags": ("harbour",)}
    edition = make_archived(dating=dating, live_from=datetime(2020, 1, 2, tzinfo=UTC), **facts)
    arrival = workflow.Arrival(make_contents(**facts), dating, live_from=datetime(2021, 2, 3, tzinfo=UTC))
    workflow.amend(
        story_id=edition.story_id, arrival=arrival, kind="correction", note="The quay was the old one."
    )
    told_around()
    page = page_of(client, edition)
    for shown in ("The quay was the old one.", "3 February 2021", "Related stories", "1 August 2014"):
        assert shown in page
    check(page, headline="An undated letter", names=("Nadia Farouk",), on=None, texts=PARAGRAPHS)


def test_corrected_story_with_pictures_keeps_its_own_date(client, editor, time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 9, 30, tzinfo=UTC), tick=True)
    lead, inline = (make_picture(caption=f"The quay, seen from the {side}") for side in ("north", "south"))
    for picture in (lead, inline):
        make_copy(picture, f"copy{picture.pk}", width=1280, height=800)
    text = body(PARAGRAPHS[:3]) + prose.figure(inline.media_id) + body(PARAGRAPHS[3:])
    edition = make_published(editor, headline="The ferry is back", body=text, pictures=[lead, inline])
    time_machine.move_to(datetime(2026, 5, 20, 9, 30, tzinfo=UTC), tick=True)
    token = Article.objects.get(pk=edition.story_id).token
    workflow.correct(
        by=editor, story_id=edition.story_id, token=token,
        note="An earlier version of this story said that it left at seven. It left at six, on 1 January 2001.",
    )  # fmt: skip
    page = page_of(client, edition)
    check(page, headline="The ferry is back", names=("Nadia Farouk",), on="2026-03-02", texts=PARAGRAPHS)


# --- A reference manager's translator, by the rules of Zotero's “Embedded Metadata” -----------------------------------

# Highwire's names first, then Dublin Core's, then Open Graph's: the first that is there counts.
RULES = {
    "title": ("citation_title", "DC.title", "og:title"),
    "creators": ("citation_author", "DC.creator"),
    "date": ("citation_publication_date", "citation_date", "DC.date", "article:published_time"),
    "publication": ("citation_journal_title", "DC.source", "og:site_name"),
    "language": ("citation_language", "DC.language", "og:locale"),
    "url": ("citation_public_url", "DC.identifier", "og:url"),
}


def translated(page):
    """What the translator makes of a page's head."""
    metas = {}
    for one in lxml_html.fromstring(page).xpath("//meta[@content]"):
        metas.setdefault(one.get("name") or one.get("property") or "", []).append(one.get("content"))
    return {fact: next((metas[name] for name in names if name in metas), []) for fact, names in RULES.items()}


@pytest.mark.parametrize(("on", "dated"), [(date(2014, 8, 28), ["2014/08/28"]), (None, [])])
def test_reference_manager_gets_the_story_and_no_date_that_nobody_states(client, settings, on, dated):
    edition = make_archived(on, headline="The ferry is back", bylines=["Nadia Farouk", "Leila Haddad"])
    assert translated(page_of(client, edition)) == {
        "title": ["The ferry is back"],
        "creators": ["Nadia Farouk", "Leila Haddad"],
        "date": dated,
        "publication": [settings.SITE_NAME],
        "language": ["en"],
        "url": [f"{settings.SITE_URL}{edition.get_absolute_url()}editions/1/"],
    }

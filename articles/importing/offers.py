"""What one page says about one story, ready to be joined with what is known: text, names, dates, each with its fact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import Any

from articles import prose
from articles.importing.reading import Page, fingerprint
from articles.importing.reading.page import (
    Address,
    Byline,
    Dateline,
    Entry,
    Fact,
    Label,
    MediaBlock,
    Paragraph,
    PrintedDate,
    Repair,
    Shelf,
)
from articles.models import Completeness

OPENING = 700
HEADLINE = 300
FactRow = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Offer:
    """A story as one page tells it.

    `running` is the text as printed, labels and all, by which copies find each other; `fingerprint` is the key of its
    opening, "" where there are too few words; `body` is its markup. `path`
    is the old address without host, None where the page is not the story's own. `not_before` are the dates that the
    story cannot be older than. `inferred_headline` is what stands in where the page gives no headline.
    """

    headline: Fact[str] | None
    inferred_headline: str
    slug: str
    language: str
    dateline: str
    body: str
    running: str
    completeness: str
    section: Fact[Label] | None
    bylines: tuple[Byline, ...]
    tags: tuple[Fact[str], ...]
    pictures: tuple[MediaBlock, ...]
    published: PrintedDate | None
    not_before: tuple[PrintedDate, ...]
    address: Address | None
    facts: tuple[FactRow, ...]
    repairs: tuple[Repair, ...]
    fingerprint: str = ""

    @property
    def is_teaser(self) -> bool:
        """Say whether this is only what a list shows of the story."""
        return self.completeness == Completeness.TEASER

    @property
    def path(self) -> str | None:
        """Return the old address without host."""
        return self.address.path if self.address else None


def fact(field: str, value: object, line: int, rule: str, *, stated: bool = True) -> FactRow:
    """Return one fact as it is kept: plain values only."""
    kept = value.isoformat() if isinstance(value, date) else value
    return {"field": field, "value": kept, "line": line, "rule": rule, "stated": stated}


def of_page(page: Page) -> Offer:
    """Return the story whose own text the page holds: an article, or the newest one on its writer's page."""
    own = page.kind.value == "article"
    shelf = None if own else page.shelf
    running = "\n".join(_spoken(one, page.dateline) for one in page.paragraphs)
    offer = Offer(
        headline=page.headline,
        inferred_headline=_headline_from(running, page.media),
        slug=(page.address.slug or "") if own and page.address else "",
        language=page.language,
        dateline=page.dateline.printed if page.dateline else "",
        body=markup(page.paragraphs, page.media),
        running=running,
        completeness=Completeness.CUT if page.cut else Completeness.WHOLE,
        section=page.section if own else None,
        bylines=page.bylines,
        tags=(),
        pictures=page.media,
        published=page.published,
        not_before=tuple(one for one in page.dates if one.proves == "not-before"),
        address=page.address if own else None,
        facts=tuple(_page_facts(page, own=own)),
        repairs=page.repairs,
        fingerprint=_fingerprint(running),
    )
    return _on_shelf(offer, shelf)


def of_entry(entry: Entry, page: Page) -> Offer:
    """Return a story that a list shows by its teaser."""
    text = entry.text or ""
    running = entry.teaser.value if entry.teaser else text
    lines = set(entry.lines)
    offer = Offer(
        headline=entry.headline,
        inferred_headline=_headline_from(text, ()),
        slug="",
        language=page.language,
        dateline=entry.dateline.printed if entry.dateline else "",
        body=prose.paragraphs([text]),
        running=running,
        completeness=Completeness.TEASER,
        section=entry.section,
        bylines=(entry.byline,) if entry.byline else (),
        tags=(),
        pictures=(entry.media,) if entry.media else (),
        published=entry.published,
        not_before=tuple(one for one in page.dates if one.proves == "not-before" and one.line in lines),
        address=None,
        facts=tuple(_entry_facts(entry)),
        repairs=tuple(one for one in page.repairs if one.line in lines or one.line == 0),
        fingerprint=_fingerprint(running),
    )
    return _on_shelf(offer, page.shelf)


def _fingerprint(running: str) -> str:
    return (fingerprint(running) or "")[:120]


def _on_shelf(offer: Offer, shelf: Shelf | None) -> Offer:
    """Add what the list itself tells: its tag, its section, its writer, each only where the story names none."""
    if shelf is None or shelf.name is None or not shelf.name.value.strip():
        return offer
    name = replace(shelf.name, stated=shelf.list_kind == "tag" and shelf.name.stated, rule="list-shelf")
    if shelf.list_kind == "tag":
        return _with(offer, fact("tag", name.value, name.line, name.rule, stated=name.stated), tags=(name,))
    if shelf.list_kind in {"category", "section"} and offer.section is None:
        label = Fact(Label(name.value, shelf.slug), name.line, name.rule, stated=False)
        return _with(offer, fact("section", name.value, name.line, name.rule, stated=False), section=label)
    if shelf.list_kind == "author" and not offer.bylines:
        byline = Byline(replace(name, stated=False), shelf.slug)
        return _with(offer, fact("byline", name.value, name.line, name.rule, stated=False), bylines=(byline,))
    return offer


def _with(offer: Offer, row: FactRow, **changes: Any) -> Offer:
    return replace(offer, facts=(*offer.facts, row), **changes)


def _headline_from(text: str, media: Sequence[MediaBlock]) -> str:
    """Return what stands for a headline that no page gives: the opening of the text, or of the caption."""
    captions = [block.caption_text or block.caption or "" for block in media]
    opening = next((one for one in (text, *captions) if one.strip()), "")
    return prose.excerpt(opening, 80)


def _spoken(paragraph: Paragraph, dateline: Dateline | None) -> str:
    opened = dateline.printed if dateline and dateline.line == paragraph.line else ""
    return " ".join(filter(None, (opened, paragraph.label, paragraph.text)))


def markup(paragraphs: Sequence[Paragraph], media: Iterable[MediaBlock] = ()) -> str:
    """Return paragraphs as body markup; a picture that stands further down stands there again."""
    figures: dict[int, list[str]] = {}
    for block in media:
        if block.media_id and block.position > 0:
            figures.setdefault(block.position, []).append(prose.figure(block.media_id))
    parts: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        parts += figures.pop(number, [])
        parts.append(_marked(paragraph))
    parts += [one for place in sorted(figures) for one in figures[place]]
    return "\n".join(part for part in parts if part)


def _marked(paragraph: Paragraph) -> str:
    if paragraph.role in {"question", "answer"}:
        speaker = paragraph.speaker or "" if paragraph.label is not None else ""
        return prose.turn(paragraph.role, speaker, paragraph.text)
    if paragraph.role == "subheading":
        return f"<h3>{escape(paragraph.text, quote=False)}</h3>"
    if paragraph.role in {"verse", "particulars"}:
        lines = "<br>".join(escape(line, quote=False) for line in paragraph.text.split("\n"))
        return f'<p class="verse">{lines}</p>' if paragraph.role == "verse" else f"<p>{lines}</p>"
    return prose.paragraphs([paragraph.text])


def _page_facts(page: Page, *, own: bool) -> Iterable[FactRow]:
    yield from _stated("headline", page.headline)
    if own and page.address:
        yield fact("address", page.address.canonical, 0, "address")
        yield from [fact("slug", page.address.slug, 0, "address")] if page.address.slug else []
    if page.dateline:
        yield fact("dateline", page.dateline.printed, page.dateline.line, page.dateline.rule)
    if page.paragraphs:
        count = f"{page.prose_count} paragraphs"
        yield fact("body", count, page.paragraphs[0].line, "paragraphs")
    if page.question_style:
        first = next((one.line for one in page.paragraphs if one.label), 0)
        yield fact("question style", page.question_style, first, "speaker-labels", stated=False)
    if page.cut:
        yield fact(
            "completeness", page.cut.reason or "cut", page.cut.line, f"cut-{page.cut.state}", stated=False
        )
    yield fact("language", page.language, 0, "script", stated=False)
    if own:
        yield from _label_facts("section", page.section)
        yield from _label_facts("sub-section", page.sub_section)
    for byline in page.bylines:
        yield from byline_facts(byline)
    yield from _date_facts(page.published, page.dates)
    for block in page.media:
        yield from picture_facts(block)


def _entry_facts(entry: Entry) -> Iterable[FactRow]:
    yield from _stated("headline", entry.headline)
    yield from _stated("teaser", entry.teaser)
    if entry.dateline:
        yield fact("dateline", entry.dateline.printed, entry.dateline.line, entry.dateline.rule)
    yield from _label_facts("section", entry.section)
    yield from byline_facts(entry.byline) if entry.byline else ()
    yield from _date_facts(entry.published, ())
    yield from picture_facts(entry.media) if entry.media else ()


def _stated(field: str, found: Fact[str] | None) -> Iterable[FactRow]:
    if found is not None:
        yield fact(field, found.value, found.line, found.rule, stated=found.stated)


def _label_facts(field: str, found: Fact[Label] | None) -> Iterable[FactRow]:
    if found is not None:
        yield fact(field, found.value.name, found.line, found.rule, stated=found.stated)


def byline_facts(byline: Byline) -> Iterable[FactRow]:
    """Return what a page says of one writer."""
    yield from _stated("byline", byline.name)
    if byline.place:
        yield fact("byline place", byline.place, byline.name.line, byline.name.rule)
    yield from _stated("about the writer", byline.about)


def _date_facts(published: PrintedDate | None, dates: Sequence[PrintedDate]) -> Iterable[FactRow]:
    if published is not None:
        yield fact("published", published.printed, published.line, published.rule)
    for one in dates:
        if one is not published and one.where != "entry":
            yield fact(f"date in the {one.where}", one.printed, one.line, one.rule)


def picture_facts(block: MediaBlock) -> Iterable[FactRow]:
    """Return what a page says of one picture: number, caption (told apart from none and an empty one), credit."""
    line = block.line
    yield fact("Media ID", block.media_id, line, block.rule)
    yield fact("caption state", block.caption_state, line, f"{block.rule} {block.form}")
    if block.caption:
        yield fact("caption", block.caption, line, block.rule)
    if block.credit:
        yield fact("credit", block.credit, line, "credit")
    if block.caption_date:
        yield fact(
            "caption date", block.caption_date.printed, block.caption_date.line, block.caption_date.rule
        )
    for other in block.alternatives:
        yield fact("caption copy that differs", other, line, block.rule)

"""Takes one saved page, whole or not at all: an article, a list with its stories, or a picture's page."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from articles.importing.attachments import take_attachment, take_lone_picture
from articles.importing.files import Opened
from articles.importing.offers import FactRow, fact, of_entry, of_page
from articles.importing.reading import Page, Unreadable, read_page
from articles.importing.reading.addresses import parse_address
from articles.importing.reading.page import Address as PageAddress
from articles.importing.shelves import lead_to_shelf
from articles.importing.standing import standing_of
from articles.importing.taking import Round, Told, tell
from articles.models import Edition, Outcome, SourcePage
from newsroom.folding import fold_words

KEY = 200
ORDER = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.REFUSED)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file, as the report says it."""

    file: str
    outcome: str
    reason: str = ""
    stories: tuple[int, ...] = ()
    pictures: tuple[str, ...] = ()
    repairs: tuple[dict[str, object], ...] = ()
    joined: int = 0
    bounded: tuple[int, ...] = ()
    # What it said under names that nobody here knows, or that others use, and whether its story is left without a text.
    unknown: tuple[str, ...] = ()
    otherwise: tuple[tuple[str, str], ...] = ()
    is_without_text: bool = False


def take(file: str, opened: Opened, turn: Round) -> Taken:
    """Take one page in one transaction; a page that was taken before is only noted."""
    digest = hashlib.sha256(opened.raw).hexdigest()
    before = _taken_before(digest, opened.address)
    if before is not None:
        return _unchanged(file, digest, before, turn)
    try:
        page = read_page(opened.raw, file=file, address=opened.address)
    except Unreadable as unreadable:
        return refuse(file, unreadable.reason, turn, digest=digest)
    with transaction.atomic():
        source = SourcePage.objects.create(
            run=turn.run,
            file=file,
            address=(opened.address or "")[:1000],
            key=key_of(page),
            kind=page.kind.value,
            digest=digest,
            raw=opened.raw,
            outcome=Outcome.UNCHANGED,
            repairs=[
                {"line": one.line, "rule": one.rule, "was": one.was, "now": one.now} for one in page.repairs
            ],
            facts=list(_facts(page, opened)),
        )
        told = list(_stories(page, source, turn))
        return _finish(source, told, opened)


def refuse(file: str, reason: str, turn: Round, *, digest: str = "") -> Taken:
    """Note a file that was not taken, and why; its bytes are not kept."""
    SourcePage.objects.create(run=turn.run, file=file, digest=digest, outcome=Outcome.REFUSED, reason=reason)
    return Taken(file, Outcome.REFUSED, reason)


def _finish(source: SourcePage, told: Sequence[Told], opened: Opened) -> Taken:
    outcomes = {one.outcome for one in told}
    source.outcome = next((one for one in ORDER if one in outcomes), Outcome.UNCHANGED)
    reasons = dict.fromkeys(filter(None, (opened.doubt, *(one.reason for one in told))))
    source.reason = " ".join(reasons)
    source.save(update_fields=["outcome", "reason", "facts"])
    stories = tuple(dict.fromkeys(one.story_id for one in told if one.story_id is not None))
    return Taken(
        source.file,
        source.outcome,
        source.reason,
        stories,
        _media_ids([*source.facts, *(row for one in told for row in one.facts)]),
        tuple(source.repairs),
        joined=sum(one.is_joined for one in told),
        bounded=tuple(one.story_id for one in told if one.is_bounded and one.story_id is not None),
    )


def _taken_before(digest: str, address: str | None) -> SourcePage | None:
    """Return the page of the same bytes and address that was taken before, unless it has to be taken again."""
    known = SourcePage.objects.filter(digest=digest, raw__isnull=False, run__undone_at__isnull=True)
    where = parse_address(address) if address else None
    if where is not None:
        known = known.filter(key=_key(where))
    before = known.defer("raw").first()
    if before is None:
        return None
    story_ids = set(before.provenances.values_list("story_id", flat=True))
    standing = Edition.objects.open().filter(story_id__in=story_ids, suppressed_at__isnull=True)
    closed = story_ids - set(standing.values_list("story_id", flat=True))
    again = any(found.was_undone for one in closed if (found := standing_of(one)))
    return None if again else before


def _unchanged(file: str, digest: str, before: SourcePage, turn: Round) -> Taken:
    SourcePage.objects.create(
        run=turn.run,
        file=file,
        address=before.address,
        key=before.key,
        kind=before.kind,
        digest=digest,
        outcome=Outcome.UNCHANGED,
        reason=f"The same page was taken by import {before.run_id} from {before.file}.",
    )
    rows = list(before.provenances.values_list("story_id", "facts"))
    every = [*before.facts, *(one for _, facts in rows for one in facts)]
    stories = tuple(dict.fromkeys(story_id for story_id, _ in rows))
    return Taken(file, Outcome.UNCHANGED, "", stories, _media_ids(every), repairs=tuple(before.repairs))


def _media_ids(facts: Iterable[FactRow]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(str(one["value"]) for one in facts if one["field"] == "Media ID" and one["value"])
    )


def key_of(page: Page) -> str:
    """Return what names the page across runs and copies: its address, else how its text begins."""
    if page.address is not None:
        return _key(page.address)
    texts = [page.headline.value if page.headline else ""]
    texts += [one.text for one in page.paragraphs[:3]]
    texts += [one.text or "" for one in page.entries] or [block.caption or "" for block in page.media]
    told = fold_words("\n".join(texts)[:2000])
    return "text:" + hashlib.sha256(told.encode()).hexdigest()


def _key(address: PageAddress) -> str:
    text = address.canonical
    if address.kind == "list" and address.page_number and f"/page/{address.page_number}" not in text:
        text += f"?page={address.page_number}"
    if len(text) <= KEY:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()
    return f"{text[: KEY - len(digest) - 1]}#{digest}"


def _facts(page: Page, opened: Opened) -> Iterable[FactRow]:
    """Return what is kept of the page itself: its kind, its form, what was put aside, what is doubtful."""
    yield fact("kind", page.kind.value, page.kind.line, page.kind.rule, stated=page.kind.stated)
    yield fact("encoding", page.encoding, 0, "encoding")
    if page.header_form:
        yield fact("header", page.header_form, 1, "header")
    if page.address:
        yield fact("address", page.address.canonical, 0, "address")
    shelf = page.shelf
    if shelf and shelf.name:
        yield fact(
            f"{shelf.list_kind} list",
            shelf.name.value,
            shelf.name.line,
            shelf.name.rule,
            stated=shelf.name.stated,
        )
    for line in page.furniture:
        yield fact("put aside", line.text[:500], line.line, line.rule)
    for doubt in page.doubts:
        yield fact("doubt", doubt.sentence, doubt.line, "doubt", stated=False)
    if opened.doubt:
        yield fact("doubt", opened.doubt, 0, "sidecar", stated=False)


def _stories(page: Page, source: SourcePage, turn: Round) -> Iterable[Told]:
    if page.kind.value == "attachment":
        yield take_attachment(page, source, turn)
        return
    if page.kind.value == "list" and page.address and page.shelf:
        lead_to_shelf(page.address, page.shelf)
    for entry in page.entries:
        if entry.text and entry.text.strip():
            yield tell(of_entry(entry, page), source, turn)
        elif entry.media is not None:
            yield take_lone_picture(entry.media, source)
        elif entry.headline is not None:
            source.facts.append(fact("headline without text", entry.headline.value, entry.line, entry.rule))
            reason = f"Line {entry.line} is a headline without text: it was kept as a fact, not as a story."
            yield Told(Outcome.UNCHANGED, reason=reason)
    if page.has_full_text or not page.entries:
        yield tell(of_page(page), source, turn)

"""The plain reader: looks at every story asked about, one by one. The judge of the engines, and the answer for small sets."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from articles.index.asked import TIERS, Dated, Kinded, Order, Pictured, Place, Shows, Written
from articles.index.found import Counts, Hit, key_of
from articles.index.keeping_words import words_of
from articles.index.resolving import (
    Begins,
    Every,
    Fact,
    Ids,
    Meant,
    No,
    Said,
    Some,
    Stems,
    Under,
    has_tiers,
    in_tier,
)
from articles.index.sheet import Sheet, sheets_of
from articles.models.edition import Edition
from articles.models.search_index import IndexWord


def meets(sheet: Sheet, meant: Meant) -> bool:
    """Say whether an edition meets a question."""
    match meant:
        case Every(parts):
            return all(meets(sheet, one) for one in parts)
        case Some(parts):
            return any(meets(sheet, one) for one in parts)
        case No(part):
            return not meets(sheet, part)
        case Stems(zone, stems, ids):
            text = sheet.stems[zone]
            return any(f" {stem} " in text for stem in stems) or _under(sheet, ids)
        case Said(zone, words, ids):
            return f" {' '.join(words)} " in sheet.said[zone] or _under(sheet, ids)
        case Begins(zone, start, ids, stems=stems):
            text = sheet.stems[zone]
            return (
                f" {start}" in sheet.said[zone]
                or any(f" {one}" in text for one in stems)
                or _under(sheet, ids)
            )
        case Under(ids):
            return _under(sheet, ids)
        case _:
            return _fact(sheet, meant)


def _fact(sheet: Sheet, meant: Fact) -> bool:
    match meant:
        case Dated(first, last):
            on = sheet.on
            return on is not None and (first is None or on >= first) and (last is None or on <= last)
        case Shows(media_id):
            return media_id in sheet.media_ids
        case Written(language):
            return sheet.language == language
        case Kinded(kind):
            return kind in sheet.kinds
        case Pictured(is_so):
            return sheet.has_picture == is_so


def _under(sheet: Sheet, ids: Ids) -> bool:
    return bool(ids) and (
        sheet.section in ids.sections
        or not sheet.tags.isdisjoint(ids.tags)
        or not sheet.people.isdisjoint(ids.people)
    )


def tier_of(sheet: Sheet, meant: Meant) -> int | None:
    """Return the tier in which an edition meets a question, from 1; None where it does not meet it."""
    if not meets(sheet, meant):
        return None
    if not has_tiers(meant):
        return 1
    return next(tier for tier, zone in enumerate(TIERS, 1) if meets(sheet, in_tier(meant, zone)))


class PlainReader:
    """The whole of an engine, by looking at every story there is: slow, and plainly right."""

    def __init__(self, *, knows_words: bool = True) -> None:
        self._knows_words = knows_words

    def new_words(self) -> Mapping[str, IndexWord]:
        """Return the words of every story, where nothing else has counted them."""
        if self._knows_words:
            return {}
        rows = Edition.objects.once_public().iterator(chunk_size=500)
        return words_of(rows)

    def sentences(self) -> tuple[str, ...]:
        """Return nothing: there is nothing that it does not know."""
        return ()

    def _sheets(self, moment: datetime | None) -> Iterator[Sheet]:
        rows = Edition.objects.at(moment).defer("rendered").iterator(chunk_size=500)
        return (sheet for _, sheet, _ in sheets_of(rows))

    def hits(
        self, meant: Meant, *, moment: datetime | None, order: Order, after: Place | None, most: int
    ) -> list[Hit]:
        """Return at most `most` hits in order, from the one behind `after`."""
        return first_hits(self._sheets(moment), meant, order=order, after=after, most=most)

    def total(self, meant: Meant, *, moment: datetime | None) -> int:
        """Return how many editions meet the question."""
        return sum(1 for sheet in self._sheets(moment) if meets(sheet, meant))

    def counts(self, meant: Meant, *, moment: datetime | None) -> Counts:
        """Return how many there are of each kind."""
        counts = Counts()
        for sheet in self._sheets(moment):
            if meets(sheet, meant):
                count_in(counts, sheet)
        return counts


def first_hits(
    sheets: Iterable[Sheet], meant: Meant, *, order: Order, after: Place | None, most: int
) -> list[Hit]:
    """Return the first hits among `sheets` behind `after`."""
    hits = []
    for sheet in sheets:
        tier = tier_of(sheet, meant)
        if tier is not None:
            hits.append(Hit(tier, sheet.spot, sheet.edition_id))
    if after is not None:
        bound = key_of(after)
        hits = [hit for hit in hits if hit.key(order) > bound]
    return sorted(hits, key=lambda hit: hit.key(order))[:most]


def count_in(counts: Counts, sheet: Sheet) -> None:
    """Count an edition."""
    counts.total += 1
    counts.tags.update(sheet.tags)
    counts.kinds.update(sheet.kinds)
    counts.people.update(sheet.people)
    counts.languages[sheet.language] += 1
    counts.pictured += sheet.has_picture
    if sheet.section is not None:
        counts.sections[sheet.section] += 1
    if sheet.on is not None:
        counts.months[sheet.on.year, sheet.on.month] += 1

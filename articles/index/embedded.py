"""The engine of a site without a database server: the index on disk, and beside it what is due, read from its rows."""

import heapq
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import datetime
from functools import cached_property
from typing import TypeVar

import tantivy
from django.utils import timezone
from django.utils.translation import gettext

from articles.index import counted, disk, disk_query
from articles.index.asked import Order, Place
from articles.index.due import Waiting, read_due, waiting
from articles.index.found import Counts, Hit
from articles.index.reader import PlainReader, count_in, first_hits, meets
from articles.index.resolving import Meant
from articles.index.sheet import Sheet
from articles.index.small import plain_or_busy, withheld
from articles.models.edition import JUST_NOW
from articles.models.search_index import IndexWord

# Of more hits than that, the first are looked for in the next few eras before all are looked at.
MUCH = 5_000
Value = TypeVar("Value")
_Due = tuple[list[Sheet], dict[str, IndexWord]]


class Embedded:
    """One search: what it is told of the index when it begins holds to its end."""

    def __init__(self) -> None:
        self._due: dict[datetime | None, _Due] = {}
        self._totals: dict[Meant, int] = {}

    @cached_property
    def _waiting(self) -> Waiting:
        return waiting()

    @cached_property
    def _searcher(self) -> tantivy.Searcher | None:
        """Return the index on disk, None where there is none."""
        for _ in range(2):
            try:
                return disk.searcher(self._waiting.folder, self._waiting.generation)
            except disk.Lost:
                # It may just have been swapped for a new one.
                self.__dict__.pop("_waiting", None)
        return None

    @cached_property
    def _plain(self) -> PlainReader | None:
        """Return what answers where there is no index on disk."""
        return plain_or_busy() if self._searcher is None else None

    def _read_due(self, moment: datetime | None) -> _Due:
        if moment not in self._due:
            self._due[moment] = read_due(self._waiting.tokens, moment)
        return self._due[moment]

    def new_words(self) -> Mapping[str, IndexWord]:
        """Return the words of what is due."""
        if self._plain:
            return self._plain.new_words()
        return self._read_due(None)[1]

    def sentences(self) -> tuple[str, ...]:
        """Return what readers must know: that more is due than was looked at."""
        if not self._waiting.is_cut or self._plain:
            return ()
        return (
            gettext(
                "Many stories have just come in or changed. Some are not in the search yet, but will be soon."
            ),
        )

    def hits(
        self, meant: Meant, *, moment: datetime | None, order: Order, after: Place | None, most: int
    ) -> list[Hit]:
        """Return at most `most` hits in order, from the one behind `after`."""
        if self._searcher is None:
            return plain_or_busy().hits(meant, moment=moment, order=order, after=after, most=most)
        due = first_hits(self._read_due(moment)[0], meant, order=order, after=after, most=most)
        held = self._on_disk(self._searcher, meant, moment, order, after, most)
        return list(heapq.merge(due, held, key=lambda hit: hit.key(order)))[:most]

    def _on_disk(
        self,
        searcher: tantivy.Searcher,
        meant: Meant,
        moment: datetime | None,
        order: Order,
        after: Place | None,
        most: int,
    ) -> list[Hit]:
        hidden, is_much = self._hidden(moment), self._is_much(searcher, meant)
        tiers = disk_query.tiers_of(meant) if order is Order.RELEVANCE else [(1, disk_query.query_of(meant))]
        found: list[Hit] = []
        for tier, query in tiers:
            begins = after if order is not Order.RELEVANCE or (after and after.tier == tier) else None
            if len(found) >= most or (order is Order.RELEVANCE and after and tier < after.tier):
                continue
            query = disk_query.behind(disk_query.without(query, hidden), begins)
            found += self._first(searcher, query, tier, order, begins, most - len(found), is_much=is_much)
        return found

    def _first(
        self,
        searcher: tantivy.Searcher,
        query: tantivy.Query,
        tier: int,
        order: Order,
        after: Place | None,
        most: int,
        *,
        is_much: bool,
    ) -> list[Hit]:
        """Return the first hits of a tier: of much, from the next few eras alone, if as many are there."""
        if is_much:
            eras = disk.eras_from(searcher, after, is_oldest=order is Order.OLDEST)
            found = _top(searcher, disk_query.within(query, eras), tier, order, most)
            if len(found) == most:
                return found
        return _top(searcher, query, tier, order, most)

    def _hidden(self, moment: datetime | None) -> list[tantivy.Query]:
        """Return what the disk holds and readers do not see at `moment`, and what is due, which counts as it is now."""
        now = timezone.now()
        due = disk_query.stories(self._waiting.known)
        if moment is None or moment > now - JUST_NOW:
            return [*disk_query.hidden_now(moment or now), *due]
        return [*disk_query.hidden_then(moment, self._withheld), *due]

    @cached_property
    def _withheld(self) -> list[int]:
        return withheld()

    def _is_much(self, searcher: tantivy.Searcher, meant: Meant) -> bool:
        """Say whether a question may find much: as it was counted in this search, else as the index is large."""
        return self._totals.get(meant, searcher.num_docs) > MUCH

    def total(self, meant: Meant, *, moment: datetime | None) -> int:
        """Return how many editions meet the question."""
        if self._searcher is None:
            return plain_or_busy().total(meant, moment=moment)
        due = sum(1 for sheet in self._read_due(moment)[0] if meets(sheet, meant))
        self._totals[meant] = self._kept(self._searcher, meant, moment, counted.total)
        return due + self._totals[meant]

    def counts(self, meant: Meant, *, moment: datetime | None) -> Counts:
        """Return how many there are of each kind."""
        if self._searcher is None:
            return plain_or_busy().counts(meant, moment=moment)
        kept = self._kept(self._searcher, meant, moment, counted.counts)
        self._totals[meant] = kept.total
        due = [sheet for sheet in self._read_due(moment)[0] if meets(sheet, meant)]
        # Others read what is kept: it stays as it is.
        counts = deepcopy(kept) if due else kept
        for sheet in due:
            count_in(counts, sheet)
        return counts

    def _kept(
        self,
        searcher: tantivy.Searcher,
        meant: Meant,
        moment: datetime | None,
        count: Callable[[tantivy.Searcher, tantivy.Query], Value],
    ) -> Value:
        """Return what `count` says of what the disk holds: of the present as it was kept, if nothing can have changed it."""
        now, told = timezone.now(), self._waiting
        at = moment or now
        is_kept = at > now - JUST_NOW and not told.is_cut
        key = (count, told.folder, told.generation, tuple(told.known), meant)
        held: Value | None = counted.kept(key, at) if is_kept else None
        if held is not None:
            return held
        made = count(searcher, disk_query.without(disk_query.query_of(meant), self._hidden(at)))
        if is_kept:
            counted.keep(key, made, at, disk_query.next_change(searcher, at))
        return made


def _top(searcher: tantivy.Searcher, query: tantivy.Query, tier: int, order: Order, most: int) -> list[Hit]:
    way = tantivy.Order.Asc if order is Order.OLDEST else tantivy.Order.Desc
    found = searcher.search(query, limit=most, count=False, order_by_field="spot", order=way)
    keys = searcher.fast_field_values("edition", [address for _, address in found.hits])
    return [Hit(tier, int(spot), int(key or 0)) for (spot, _), key in zip(found.hits, keys, strict=True)]

"""The engine of a site without a database server: the index on disk, and beside it what is due, read from its rows."""

import heapq
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

import tantivy
from django.utils import timezone
from django.utils.translation import gettext

from articles.index import disk, disk_query
from articles.index.asked import Order, Place
from articles.index.due import Waiting, read_due, waiting
from articles.index.found import Counts, Hit
from articles.index.reader import PlainReader, count_in, first_hits, meets
from articles.index.resolving import Meant
from articles.index.sheet import Sheet
from articles.index.small import plain_or_busy, withheld
from articles.models.edition import JUST_NOW
from articles.models.search_index import IndexWord

# Of tags and people so many are told of, and so many weighed in each part of the index.
TOLD, WEIGHED = 200, 65_000
_Due = tuple[list[Sheet], dict[str, IndexWord]]


class Embedded:
    """One search: what it is told of the index when it begins holds to its end."""

    def __init__(self) -> None:
        self._due: dict[datetime | None, _Due] = {}

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
        hidden = self._hidden(moment)
        if order is not Order.RELEVANCE:
            query = disk_query.behind(disk_query.without(disk_query.query_of(meant), hidden), after)
            return _top(searcher, query, 1, order, most)
        found: list[Hit] = []
        for tier, query in disk_query.tiers_of(meant):
            if (after is not None and tier < after.tier) or len(found) >= most:
                continue
            begins = after if after is not None and tier == after.tier else None
            query = disk_query.behind(disk_query.without(query, hidden), begins)
            found += _top(searcher, query, tier, order, most - len(found))
        return found

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

    def total(self, meant: Meant, *, moment: datetime | None) -> int:
        """Return how many editions meet the question."""
        if self._searcher is None:
            return plain_or_busy().total(meant, moment=moment)
        due = sum(1 for sheet in self._read_due(moment)[0] if meets(sheet, meant))
        query = disk_query.without(disk_query.query_of(meant), self._hidden(moment))
        found: Any = self._searcher.search(query, limit=1, count=True, order_by_field="spot")
        return due + int(found.count or 0)

    def counts(self, meant: Meant, *, moment: datetime | None) -> Counts:
        """Return how many there are of each kind."""
        if self._searcher is None:
            return plain_or_busy().counts(meant, moment=moment)
        query = disk_query.without(disk_query.query_of(meant), self._hidden(moment))
        counts = _counted(self._searcher.aggregate(query, _ASKED))
        for sheet in self._read_due(moment)[0]:
            if meets(sheet, meant):
                count_in(counts, sheet)
        return counts


def _top(searcher: tantivy.Searcher, query: tantivy.Query, tier: int, order: Order, most: int) -> list[Hit]:
    way = tantivy.Order.Asc if order is Order.OLDEST else tantivy.Order.Desc
    found = searcher.search(query, limit=most, count=False, order_by_field="spot", order=way)
    keys = searcher.fast_field_values("edition", [address for _, address in found.hits])
    return [Hit(tier, int(spot), int(key or 0)) for (spot, _), key in zip(found.hits, keys, strict=True)]


def _terms(field: str, size: int) -> dict[str, Any]:
    return {"terms": {"field": field, "size": size, "segment_size": max(size, WEIGHED)}}


_ASKED = {
    "sections": _terms("section", 1_000),
    "months": _terms("month", 30_000),
    "kinds": _terms("kinds", 10),
    "tags": _terms("tags", TOLD),
    "people": _terms("people", TOLD),
    "languages": _terms("language", 100),
    "pictures": _terms("picture", 2),
}


def _counted(said: dict[str, Any]) -> Counts:
    def of(name: str) -> dict[Any, int]:
        return {one["key"]: int(one["doc_count"]) for one in said[name]["buckets"]}

    kinds = {place: kind for kind, place in disk.KINDS.items()}
    return Counts(
        # Each has a picture or has none.
        total=sum(of("pictures").values()),
        sections=Counter({int(key): n for key, n in of("sections").items()}),
        months=Counter({(int(key) // 12, int(key) % 12 + 1): n for key, n in of("months").items()}),
        kinds=Counter({kinds[int(key)]: n for key, n in of("kinds").items()}),
        tags=Counter({int(key): n for key, n in of("tags").items()}),
        people=Counter({int(key): n for key, n in of("people").items()}),
        languages=Counter({str(key): n for key, n in of("languages").items()}),
        pictured=of("pictures").get(1.0, 0),
    )

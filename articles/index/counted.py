"""Counts what the index on disk finds, in one pass over it, and keeps what was counted last until the index or the time changes it."""

from collections import Counter, OrderedDict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

import tantivy

from articles.index import disk
from articles.index.disk import MORE_PEOPLE, MORE_TAGS, PERSON_COLUMNS, TAG_COLUMNS
from articles.index.found import Counts

# So many tags or people are read of each column. Where one has more, they are counted in the slow way, all in one field, and
# told of so many, of so many weighed in each part of the index.
A_COLUMN, TOLD, WEIGHED = 1_000, 200, 65_000
# So many answers are kept in each process: of one question are asked its pages, its orders, its data and its feeds.
MOST_KEPT = 128


def _terms(field: str, size: int) -> dict[str, Any]:
    return {"terms": {"field": field, "size": size, "segment_size": max(size, WEIGHED)}}


_ASKED = {
    "sections": _terms("section", 1_000),
    "months": _terms("month", 30_000),
    "traits": _terms("traits", 1 << 8),
    "languages": _terms("language", 100),
    **{name: _terms(name, A_COLUMN) for name in (*TAG_COLUMNS, MORE_TAGS, *PERSON_COLUMNS, MORE_PEOPLE)},
}
assert len(disk.KINDS) < 8
_Said = dict[str, Any]


def total(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """Return how many there are."""
    found: Any = searcher.search(query, limit=1, count=True, order_by_field="spot")
    return int(found.count or 0)


def counts(searcher: tantivy.Searcher, query: tantivy.Query) -> Counts:
    """Return how many there are of each kind."""
    said: _Said = searcher.aggregate(query, _ASKED)
    made = Counts(
        sections=_without_none(_of(said, "sections")),
        months=Counter(
            {(key // 12, key % 12 + 1): n for key, n in _without_none(_of(said, "months")).items()}
        ),
        languages=Counter({str(one["key"]): int(one["doc_count"]) for one in said["languages"]["buckets"]}),
        tags=_summed(searcher, query, said, "tags", (*TAG_COLUMNS, MORE_TAGS)),
        people=_summed(searcher, query, said, "people", (*PERSON_COLUMNS, MORE_PEOPLE)),
    )
    for number, stories in _of(said, "traits").items():
        kinds, has_picture = disk.read_traits(number)
        made.total += stories
        made.pictured += stories if has_picture else 0
        made.kinds.update(dict.fromkeys(kinds, stories))
    return made


def _of(said: _Said, name: str) -> Counter[int]:
    return Counter({int(one["key"]): int(one["doc_count"]) for one in said[name]["buckets"]})


def _without_none(counts: Counter[int]) -> Counter[int]:
    counts.pop(0, None)
    return counts


def _summed(
    searcher: tantivy.Searcher, query: tantivy.Query, said: _Said, whole: str, columns: Iterable[str]
) -> Counter[int]:
    """Return what several columns say together; what all say in one field, where a column has more than it told of."""
    counts: Counter[int] = Counter()
    for name in columns:
        if said[name].get("sum_other_doc_count"):
            return _of(searcher.aggregate(query, {whole: _terms(whole, TOLD)}), whole)
        counts.update(_of(said, name))
    return _without_none(counts)


@dataclass(frozen=True, slots=True)
class _Kept:
    value: Any
    since: int
    until: int


_kept: OrderedDict[Hashable, _Kept] = OrderedDict()
_lock = Lock()


def kept(key: Hashable, moment: datetime) -> Any:
    """Return what was kept under a key for this moment, None where nothing is."""
    now = disk.micros(moment)
    with _lock:
        held = _kept.get(key)
        if held is None or not held.since <= now < held.until:
            return None
        _kept.move_to_end(key)
        return held.value


def keep(key: Hashable, value: Any, moment: datetime, until: int) -> None:
    """Keep a value under a key, from this moment on, `until` time alone makes another of it."""
    with _lock:
        _kept[key] = _Kept(value, disk.micros(moment), until)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)

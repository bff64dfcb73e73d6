"""The engine of a site on PostgreSQL: its rows are looked up, and counted; what was counted is kept while nothing can change it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from django.db import connection
from django.utils import timezone

from articles.index import counted
from articles.index import postgres_query as sql
from articles.index.asked import Order, Place
from articles.index.disk import era, micros
from articles.index.due import MOST_LATELY, Waiting, read_due, waiting, waiting_and
from articles.index.found import Counts, Hit
from articles.index.postgres_counted import counting, counts_of
from articles.index.postgres_rows import WHOLE
from articles.index.reader import PlainReader, count_in, meets
from articles.index.resolving import Meant
from articles.index.sheet import Sheet
from articles.index.small import plain_or_busy, withheld
from articles.models.edition import JUST_NOW, Edition
from articles.models.search_index import IndexedEdition, IndexWord
from newsroom.page_cache.asking import beside

# So many editions whose words are not counted yet are read in a search.
MOST_UNCOUNTED = 200
# Of more hits than that, or of who knows how many, the first are looked for in the eras in which so many editions stand, before
# all are looked at; not in more eras, each of which is a lexeme more to be weighed.
MUCH, A_LOOK, MOST_ERAS = 5_000, 3_000, 60
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Held:
    """What the index is at the moment of a search: its first and last era, and about how many rows."""

    first: int
    last: int
    rows: int


_HELD = (
    *(f"(SELECT {end}(spot) FROM {sql.TABLE})" for end in ("min", "max")),  # noqa: S608
    f"(SELECT reltuples::bigint FROM pg_class WHERE oid = '{sql.TABLE}'::regclass)",  # noqa: S608
)


class Postgres:
    """One search."""

    def __init__(self) -> None:
        self._totals: dict[Meant, int] = {}

    @cached_property
    def _told(self) -> tuple[Waiting, _Held]:
        told, (first, last, rows) = waiting_and(*_HELD)
        first, last = (0 if spot is None else era(spot + sql.SHIFT) for spot in (first, last))
        return told, _Held(first, last, max(rows, MUCH))

    @cached_property
    def _plain(self) -> PlainReader | None:
        """Return what answers while not every edition has its row yet, None where all have."""
        return None if self._told[0].folder == WHOLE else plain_or_busy()

    def new_words(self) -> Mapping[str, IndexWord]:
        """Return the words of editions that the archive's list of words has not taken in yet."""
        if self._plain:
            return self._plain.new_words()
        uncounted = IndexedEdition.objects.filter(is_counted=False)
        stories = set(uncounted.values_list("story", flat=True)[:MOST_UNCOUNTED])
        tokens = self._told[0].tokens
        return read_due({story: tokens[story] for story in tokens if story in stories}, None)[1]

    def sentences(self) -> tuple[str, ...]:
        """Return nothing: what is written is found."""
        return ()

    def hits(
        self, meant: Meant, *, moment: datetime | None, order: Order, after: Place | None, most: int
    ) -> list[Hit]:
        """Return at most `most` hits in order, from the one behind `after`."""
        if self._plain:
            return self._plain.hits(meant, moment=moment, order=order, after=after, most=most)
        shown = self._shown(moment)
        tiers = sql.tiers_of(meant, after) if order is Order.RELEVANCE else [(1, meant)]
        begins = {
            tier: after if order is not Order.RELEVANCE or (after and after.tier == tier) else None
            for tier, _ in tiers
        }
        eras = {tier: self._eras(order, place) for tier, place in begins.items()}

        def first(tiers: Iterable[tuple[int, Meant]], most: int, *, is_near: bool) -> list[Hit]:
            met: list[tuple[int, sql.Condition]] = []
            for tier, arm in ((tier, arm) for tier, one in tiers for arm in sql.arms_of(one)):
                where = sql.condition_of(arm, eras[tier] if is_near else None)
                met.append((tier, sql.both(where, shown, sql.behind(begins[tier]))))
            return _top(met, order, most)

        if self._totals.get(meant, MUCH + 1) <= MUCH or None in eras.values():
            return first(tiers, most, is_near=False)[:most]
        near, found = first(tiers, most, is_near=True), list[Hit]()
        for tier, one in tiers:
            wanted = most - len(found)
            some = [hit for hit in near if hit.tier == tier][:wanted]
            if len(some) < wanted:
                before = {hit.edition_id for hit in found}
                every = first([(tier, one)], most + len(found), is_near=False)
                some = [hit for hit in every if hit.edition_id not in before][:wanted]
            found += some
        return found

    def _eras(self, order: Order, after: Place | None) -> sql.Eras | None:
        """Return the eras behind `after`, or of the newest or oldest editions, in which some thousands stand; None if in most."""
        held = self._told[1]
        wide = (held.last - held.first + 1) * A_LOOK // held.rows + 1
        if wide > min(held.last - held.first, MOST_ERAS):
            return None
        if order is Order.OLDEST:
            first = max(era(after.spot) if after else 0, held.first)
            return sql.Eras(first, first + wide)
        last = min(era(after.spot) if after else held.last, held.last)
        return sql.Eras(last - wide, last)

    def total(self, meant: Meant, *, moment: datetime | None) -> int:
        """Return how many editions meet the question."""
        if self._plain:
            return self._plain.total(meant, moment=moment)
        kept, lately = self._counted(_total, meant, moment)
        self._totals[meant] = kept + len(lately)
        return self._totals[meant]

    def counts(self, meant: Meant, *, moment: datetime | None) -> Counts:
        """Return how many there are of each kind."""
        if self._plain:
            return self._plain.counts(meant, moment=moment)
        kept, lately = self._counted(_counts, meant, moment)
        # Others read what is kept: it stays as it is.
        counts = deepcopy(kept) if lately else kept
        for sheet in lately:
            count_in(counts, sheet)
        self._totals[meant] = counts.total
        return counts

    def _counted(
        self, count: Callable[[list[sql.Condition]], Value], meant: Meant, moment: datetime | None
    ) -> tuple[Value, list[Sheet]]:
        """Return what `count` says, and what is to be added to it: the editions that changed lately and meet the question.

        Of the present the rest is counted, and kept until a story of it changes or time alone changes what readers see.
        """
        told, now = self._told[0], timezone.now()
        if len(told.tokens) > MOST_LATELY or (moment is not None and moment <= now - JUST_NOW):
            return count(self._each(meant, moment)), []
        at = moment or now
        lately = [sheet for sheet in read_due(told.tokens, moment)[0] if meets(sheet, meant)]
        key = (count, told.generation, tuple(told.known), meant)
        # An edition ends where another begins, or at once.
        begins = Edition.objects.next_beginning(at)
        kept: Value | None = counted.kept(key, at)
        if kept is None:
            with beside():
                kept = count(self._each(meant, moment, sql.apart_from(list(told.tokens))))
                # What was told before the rows were read still holds: nothing was committed in between.
                if waiting() == told:
                    counted.keep(key, kept, at, micros(begins))
        return kept, lately

    def _each(
        self, meant: Meant, moment: datetime | None, which: sql.Condition = sql.ALWAYS
    ) -> list[sql.Condition]:
        """Return conditions of which a row that readers see meets one or more where it meets a question."""
        shown = self._shown(moment)
        return [sql.both(sql.condition_of(arm), shown, which) for arm in sql.arms_of(meant)]

    def _shown(self, moment: datetime | None) -> sql.Condition:
        now = timezone.now()
        if moment is None or moment > now - JUST_NOW:
            return sql.shown_at(moment or now, [])
        return sql.shown_at(moment, self._withheld)

    @cached_property
    def _withheld(self) -> list[int]:
        return withheld()


def _total(which: list[sql.Condition]) -> int:
    rows, values = sql.rows_of(which, "i.edition_id")
    ((total,),) = _rows(f"SELECT count(*) FROM ({rows}) AS m", values)  # noqa: S608
    return int(total)


def _counts(which: list[sql.Condition]) -> Counts:
    return counts_of(_rows(*counting(which)))


def _rows(query: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _top(tiers: Sequence[tuple[int, sql.Condition]], order: Order, most: int) -> list[Hit]:
    """Return the first hits of each tier, at least so many of each if there are, in one query: each hit in the first of its tiers.

    A tier may be given in several parts, which share hits.
    """
    if not tiers:
        return []
    way = "ASC" if order is Order.OLDEST else "DESC"
    arms, values = [], list[Any]()
    places = {tier: place for place, tier in enumerate(dict.fromkeys(tier for tier, _ in tiers), 1)}
    for tier, (where, some) in tiers:
        # By what is no column: else a walk along all spots looks for words that few rows have. And by one process, which the
        # function asks for: to start others takes longer than to read the few rows that are looked at here.
        arms.append(
            f"(SELECT {tier}, spot, edition_id FROM {sql.TABLE} AS i WHERE {where} AND pg_backend_pid() > 0"  # noqa: S608
            f" ORDER BY (spot + 0) {way} LIMIT %s)"
        )
        # Those of the tiers before may be among them.
        values += [*some, most * places[tier]]
    found = [Hit(tier, spot + sql.SHIFT, key) for tier, spot, key in _rows(" UNION ALL ".join(arms), values)]
    first: dict[int, Hit] = {}
    for hit in sorted(found, key=lambda hit: (hit.tier, hit.spot if order is Order.OLDEST else -hit.spot)):
        first.setdefault(hit.edition_id, hit)
    return list(first.values())

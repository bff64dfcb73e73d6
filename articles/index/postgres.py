"""The engine of a site on PostgreSQL: a row for each edition, written in the transaction that changes it."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from articles.index import postgres_query as sql
from articles.index.asked import Order, Place, Zone
from articles.index.disk import era, micros
from articles.index.found import Counts, Hit
from articles.index.keeping_words import WordCounts, count_words, words_of
from articles.index.postgres_counted import counted, counting, filed_of
from articles.index.reader import PlainReader
from articles.index.resolving import Meant
from articles.index.sheet import Sheet, read, with_filing
from articles.index.small import plain_or_busy, withheld
from articles.models.edition import JUST_NOW, Edition
from articles.models.search_index import IndexedEdition, IndexState, IndexWord, random_token

STEP, LARGE_STEP = 200, 1_000
# What `IndexState.folder` says where every edition has its row, with these lexemes; raised when they become others.
WHOLE = "postgresql-5"
# So many editions whose words are not counted yet are read in a search.
MOST_UNCOUNTED = 200
COLUMNS = (
    "edition_id", "story", "spot", "since", "until", "is_shown", "on", "section", "language", "has_picture", "filed",
    "kinds", "said_h", "said_l", "said_a", "said_b", "said_c", "said_p", "lexemes",
)  # fmt: skip
FEW_ROWS = 20
# Of more hits than that, or of who knows how many, the first are looked for in the eras in which so many editions stand, before
# all are looked at; not in more eras, each of which is a lexeme more to be weighed.
MUCH, A_LOOK, MOST_ERAS = 5_000, 3_000, 60
_UNPACKED = ", ".join(
    f'ALTER "{name}" SET STORAGE EXTERNAL' for name in COLUMNS if name[:5] in ("said_", "lexem")
)


def is_postgres() -> bool:
    """Say whether the database is PostgreSQL."""
    return connection.vendor == "postgresql"


def write_stories(story_ids: Iterable[int], *, counting: bool = False) -> None:
    """Write the rows of every edition of these stories as they are now; `counting` as in `write`."""
    keys = sorted(set(story_ids))
    step = LARGE_STEP if counting else STEP
    for start in range(0, len(keys), step):
        some = Edition.objects.filter(story_id__in=keys[start : start + step]).order_by("pk")
        write(some, counting=counting)


def write(editions: Any, *, counting: bool = False) -> None:
    """Write the rows of editions, many at once; a row that says the same already is left as it is.

    `counting` counts the words of those that are new, which marks them now: a mark that is set later is a row written twice,
    and each of its words put into the index of words again.
    """
    read_ones = [(edition, *read(edition)) for edition in with_filing(editions)]
    tally = WordCounts()
    if counting:
        keys = [edition.pk for edition, _, _ in read_ones]
        known = set(IndexedEdition.objects.filter(pk__in=keys).values_list("pk", flat=True))
        for edition, sheet, written in read_ones:
            if edition.pk not in known:
                tally.add(sheet, written)
    write_rows(
        [row_of(edition, sheet) for edition, sheet, _ in read_ones], counts=tally if counting else None
    )


def write_rows(rows: Sequence[Sequence[Any]], *, counts: WordCounts | None) -> None:
    """Write rows that `row_of` made; `counts` are the words of those that are new, where they are counted now.

    They are copied into a table of this connection's own, and go from there into the index in one statement: its index of
    lexemes takes those of all rows in their order.
    """
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in COLUMNS[1:])
    differs = (
        ", ".join(f'i."{name}"' for name in COLUMNS[1:]),
        ", ".join(f'excluded."{name}"' for name in COLUMNS[1:]),
    )
    # The names are those of our own columns.
    with connection.cursor() as cursor:
        like = f"SELECT {names} FROM {sql.TABLE}"  # noqa: S608
        cursor.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS arriving AS {like} WITH NO DATA")
        if len(rows) > FEW_ROWS:
            # What goes on at once is not worth packing.
            cursor.execute(f"ALTER TABLE arriving {_UNPACKED}")
        cursor.execute("TRUNCATE arriving")
        with cursor.copy(f"COPY arriving ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(
            f"INSERT INTO {sql.TABLE} AS i ({names}, is_counted)"  # noqa: S608
            f" SELECT {names}, {counts is not None} FROM arriving ORDER BY edition_id"
            f" ON CONFLICT (edition_id) DO UPDATE SET {sets} WHERE ({differs[0]}) IS DISTINCT FROM ({differs[1]})"
        )
    if counts is not None:
        count_words(counts)


def gather_words(*, is_on: bool) -> None:
    """Let the index of lexemes gather the words of many rows before it takes them in, or take in what it gathered and stop.

    While it does, each search reads what is gathered: for as long as very many rows are written beside it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('indexed_lexemes') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return
        cursor.execute(f"ALTER INDEX indexed_lexemes SET (fastupdate = {'on' if is_on else 'off'})")
        if not is_on:
            cursor.execute("SELECT gin_clean_pending_list('indexed_lexemes'::regclass)")


@contextmanager
def gathering() -> Iterator[None]:
    """Let the index of lexemes gather words while very many stories come in, and take them in at the end, however it ends.

    Within a transaction nothing is changed: PostgreSQL lets nobody alter an index of a table that was written to in it.
    """
    if not is_postgres() or connection.in_atomic_block:
        yield
        return
    gather_words(is_on=True)
    try:
        yield
    finally:
        gather_words(is_on=False)


@contextmanager
def laying() -> Iterator[None]:
    """Do without the index of lexemes while the first stories of a site come in, and lay it when they are here.

    Who is stopped meanwhile leaves it to `keep_index`, which writes every row anew.
    """
    mark("")
    drop_word_index()
    yield
    make_word_index()
    mark(WHOLE)


def mark(folder: str) -> None:
    """Say that every edition has its row, where this is `WHOLE`; else that nothing is to be looked for in them."""
    IndexState.objects.update_or_create(pk=1, defaults={"folder": folder, "generation": random_token()})


def drop_word_index() -> None:
    """Do without the index of lexemes while very many rows are written."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX IF EXISTS indexed_lexemes")


def make_word_index() -> None:
    """Make the index of lexemes where there is none; written at once, so that no search reads a list of what waits."""
    with transaction.atomic(), connection.cursor() as cursor:
        # With what a server has for it by itself, the index of a million would be written many times over.
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS indexed_lexemes ON articles_indexededition"
            " USING gin (articles_lexemes(lexemes)) WITH (fastupdate = off)"
        )


def row_of(edition: Edition, sheet: Sheet) -> list[Any]:
    """Return the row of an edition, its values in the order of `COLUMNS`."""
    return [
        sheet.edition_id, sheet.story_id, sheet.spot - sql.SHIFT, micros(edition.live_from), micros(edition.live_until),
        edition.suppressed_at is None, sheet.on, sheet.section, sheet.language, sheet.has_picture, filed_of(sheet),
        " ".join(sorted(sheet.kinds)), *(sheet.said[zone] for zone in Zone),
        sql.lexemes_of(sheet),
    ]  # fmt: skip


@transaction.atomic
def count_new_words(most: int = STEP) -> int:
    """Count the words of editions that the archive's list has not heard of; return how many those were."""
    waiting = IndexedEdition.objects.select_for_update(skip_locked=True).filter(is_counted=False)
    keys = list(waiting.order_by("pk").values_list("pk", flat=True)[:most])
    tally = WordCounts()
    for edition in with_filing(Edition.objects.filter(pk__in=keys)):
        tally.add(*read(edition))
    count_words(tally)
    IndexedEdition.objects.filter(pk__in=keys).update(is_counted=True)
    return len(keys)


# The words of editions by key: an edition's text never changes. The oldest are forgotten first.
_words: OrderedDict[int, dict[str, IndexWord]] = OrderedDict()


@dataclass(frozen=True, slots=True)
class _Held:
    """What the index is at the moment of a search: whether it has every edition, its first and last era, and about how many rows."""

    is_whole: bool
    first: int
    last: int
    rows: int


class Postgres:
    """One search."""

    def __init__(self) -> None:
        self._totals: dict[Meant, int] = {}

    @cached_property
    def _held(self) -> _Held:
        ends = ", ".join(f"(SELECT {end}(spot) FROM {sql.TABLE})" for end in ("min", "max"))  # noqa: S608
        ((folder, first, last, rows),) = _rows(
            f"SELECT (SELECT folder FROM articles_indexstate WHERE id = 1), {ends},"  # noqa: S608
            f" (SELECT reltuples::bigint FROM pg_class WHERE oid = '{sql.TABLE}'::regclass)",
            [],
        )
        first, last = (0 if spot is None else era(spot + sql.SHIFT) for spot in (first, last))
        return _Held(folder == WHOLE, first, last, max(rows, MUCH))

    @cached_property
    def _plain(self) -> PlainReader | None:
        """Return what answers while not every edition has its row yet, None where all have."""
        return None if self._held.is_whole else plain_or_busy()

    def new_words(self) -> Mapping[str, IndexWord]:
        """Return the words of editions that the archive's list of words has not taken in yet."""
        if self._plain:
            return self._plain.new_words()
        waiting = list(
            IndexedEdition.objects.filter(is_counted=False).values_list("pk", flat=True)[:MOST_UNCOUNTED]
        )
        if not waiting:
            return {}
        keys = list(Edition.objects.at().filter(pk__in=waiting).values_list("pk", flat=True))
        for edition in with_filing(
            Edition.objects.at().filter(pk__in=[key for key in keys if key not in _words])
        ):
            _words[edition.pk] = words_of([edition])
        found: dict[str, IndexWord] = {}
        for key in keys:
            found |= _words.get(key, {})
        while len(_words) > 5 * MOST_UNCOUNTED:
            _words.popitem(last=False)
        return found

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
        held = self._held
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
        rows, values = sql.rows_of(self._each(meant, moment), "i.edition_id")
        ((total,),) = _rows(f"SELECT count(*) FROM ({rows}) AS m", values)  # noqa: S608
        self._totals[meant] = int(total)
        return int(total)

    def counts(self, meant: Meant, *, moment: datetime | None) -> Counts:
        """Return how many there are of each kind."""
        if self._plain:
            return self._plain.counts(meant, moment=moment)
        counts = counted(_rows(*counting(self._each(meant, moment))))
        self._totals[meant] = counts.total
        return counts

    def _each(self, meant: Meant, moment: datetime | None) -> list[sql.Condition]:
        """Return conditions of which a row that readers see meets one or more where it meets a question."""
        shown = self._shown(moment)
        return [sql.both(sql.condition_of(arm), shown) for arm in sql.arms_of(meant)]

    def _shown(self, moment: datetime | None) -> sql.Condition:
        now = timezone.now()
        if moment is None or moment > now - JUST_NOW:
            return sql.shown_at(moment or now, [])
        return sql.shown_at(moment, self._withheld)

    @cached_property
    def _withheld(self) -> list[int]:
        return withheld()


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

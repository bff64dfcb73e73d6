"""The door to the search: what was asked comes in, stories and counts that readers may see at a moment go out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from heapq import nsmallest

from django.db import connection
from django.utils.translation import get_language_info

from articles.index.asked import Asked, Order, Place
from articles.index.engines import current
from articles.index.found import Counts, Engine, Facets, Found, Hit, Tally
from articles.index.resolving import Meant, resolved
from articles.models.edition import Edition, EditionQuerySet
from articles.models.tag import TagKind
from newsroom.prepared import prepared

# As many tags and people as a list of facets holds.
MOST_NAMES = 20
# As many stories as a page of hits has at most: they are read by a query that is written once.
A_PAGE = 20


def find(
    asked: Asked,
    *,
    moment: datetime | None = None,
    order: Order = Order.RELEVANCE,
    after: Place | None = None,
    most: int = 20,
    engine: Engine | None = None,
) -> Found:
    """Return the stories that meet a question, as readers see them at `moment` (now, if none is given).

    By relevance, those stand first in whose headline all is met, then those in whose opening, tags, bylines or captions
    it is, then the others; the newest first in each. `after` goes on behind a place in the same order.
    """
    if asked.is_empty:
        return Found([], 0, None)
    engine = engine or current()
    meant = understood(asked, engine)
    total = engine.total(meant, moment=moment)
    return _found(engine, meant, total, moment=moment, order=order, after=after, most=most)


def answer(
    asked: Asked,
    *,
    moment: datetime | None = None,
    order: Order = Order.RELEVANCE,
    after: Place | None = None,
    most: int = 20,
    engine: Engine | None = None,
) -> tuple[Found, Facets]:
    """Return what `find` and `facets` do, for a page that shows both: five queries for the two on SQLite."""
    if asked.is_empty:
        return Found([], 0, None), Facets()
    engine = engine or current()
    meant = understood(asked, engine)
    counts = engine.counts(meant, moment=moment)
    found = _found(engine, meant, counts.total, moment=moment, order=order, after=after, most=most)
    return found, _told(counts, MOST_NAMES)


def _found(
    engine: Engine,
    meant: Meant,
    total: int,
    *,
    moment: datetime | None,
    order: Order,
    after: Place | None,
    most: int,
) -> Found:
    hits = engine.hits(meant, moment=moment, order=order, after=after, most=most + 1) if total else []
    following = hits[most - 1].place(order) if len(hits) > most else None
    return Found(_editions(hits[:most], moment), total, following, engine.sentences())


def understood(asked: Asked, engine: Engine) -> Meant:
    """Return what a question means, and keep in it what is to be marked in the stories found."""
    known, meant = resolved(asked.whole, engine.new_words())
    known.mark(asked)
    return meant


def _editions(hits: list[Hit], moment: datetime | None) -> list[Edition]:
    """Return the editions of hits that are public at `moment`, in the hits' order: one query."""
    keys = [hit.edition_id for hit in hits]
    if moment is None and len(keys) <= A_PAGE:
        # No edition has the number 0.
        rows = _rows_now(*keys, *[0] * (A_PAGE - len(keys)))
    else:
        rows = list(_with_all(Edition.objects.at(moment), keys))
    held = {row.pk: row for row in rows}
    return [held[key] for key in keys if key in held]


@prepared
def _rows_now(*keys: int) -> EditionQuerySet:
    return _with_all(Edition.objects.at(), keys)


def _with_all(rows: EditionQuerySet, keys: Sequence[int]) -> EditionQuerySet:
    return rows.filter(pk__in=keys).select_related("section").defer("rendered")


def facets(
    asked: Asked, *, moment: datetime | None = None, most: int = MOST_NAMES, engine: Engine | None = None
) -> Facets:
    """Return the stories that meet a question, counted: exactly, and only those that readers see at `moment`."""
    if asked.is_empty:
        return Facets()
    engine = engine or current()
    counts = engine.counts(understood(asked, engine), moment=moment)
    return _told(counts, most)


def _told(counts: Counts, most: int) -> Facets:
    top_tags, top_people = _top(counts.tags, most), _top(counts.people, most)
    names = _names(list(counts.sections), list(top_tags), list(top_people))
    years: Counter[int] = Counter()
    for (year, _month), stories in counts.months.items():
        years[year] += stories
    return Facets(
        total=counts.total,
        sections=_tallies("section", counts.sections, names),
        years=tuple(sorted(years.items(), reverse=True)),
        months=tuple(
            (date(year, month, 1), stories) for (year, month), stories in sorted(counts.months.items())
        ),
        undated=counts.total - sum(years.values()),
        kinds=_ranked(Tally(kind, str(TagKind(kind).label), n) for kind, n in counts.kinds.items()),
        tags=_tallies("tag", top_tags, names),
        people=_tallies("by", top_people, names),
        languages=_ranked(Tally(code, _language(code), n) for code, n in counts.languages.items()),
        with_picture=counts.pictured,
        without_picture=counts.total - counts.pictured,
    )


def _top(counts: Counter[int], most: int) -> dict[int, int]:
    return dict(nsmallest(most, counts.items(), key=lambda one: (-one[1], one[0])))


_NAMED = (("section", "articles_section"), ("tag", "articles_tag"), ("by", "articles_contributor"))


def _names(sections: list[int], tags: list[int], people: list[int]) -> dict[tuple[str, int], tuple[str, str]]:
    """Return slug and name of each row by what it is and its key: one query at most."""
    arms: list[str] = []
    values: list[int] = []
    for (what, table), keys in zip(_NAMED, (sections, tags, people), strict=True):
        if keys:
            holes = ", ".join(["%s"] * len(keys))
            arms.append(f"SELECT '{what}', id, slug, name FROM {table} WHERE id IN ({holes})")  # noqa: S608 - our own
            values += keys
    if not arms:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(arms), values)
        return {(what, key): (slug, name) for what, key, slug, name in cursor.fetchall()}


def _tallies(
    what: str, counted: Mapping[int, int], names: Mapping[tuple[str, int], tuple[str, str]]
) -> tuple[Tally, ...]:
    return _ranked(
        Tally(*names[what, key], stories) for key, stories in counted.items() if (what, key) in names
    )


def _ranked(tallies: Iterable[Tally]) -> tuple[Tally, ...]:
    return tuple(sorted(tallies, key=lambda one: (-one.stories, one.name, one.key)))


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code

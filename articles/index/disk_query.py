"""Says a question in the language of the index on disk. What readers typed comes in as terms only, never as a query's text."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

from tantivy import FieldType, Occur, Query, Searcher
from tantivy import Order as Ways

from articles.index.asked import TIERS, Dated, Kinded, Order, Pictured, Place, Shows, Written, Zone
from articles.index.disk import (
    FOR_GOOD,
    KINDS,
    LATE,
    PAIRS,
    PAST,
    SCHEMA,
    beginning_field,
    exact_field,
    micros,
    pairs_in,
    stem_field,
)
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
from articles.index.sheet import BEGINNINGS

# From so many on, terms are asked for as one set.
A_SET = 8


def query_of(meant: Meant) -> Query:
    """Return the query for a question."""
    match meant:
        case Every(parts):
            return _every(parts)
        case Some(parts):
            return _some(query_of(one) for one in _together(parts))
        case No():
            return _every((meant,))
        case Stems(zone, stems, ids):
            return _some([*_terms(stem_field(zone), sorted(stems)), *_under(ids)])
        case Said(zone, words, ids):
            return _some([_said(zone, words), *_under(ids)])
        case Begins(zone, start, ids, stems=stems):
            begun = [_begun(zone, exact_field(zone), start)]
            begun += [_begun(zone, stem_field(zone), one) for one in sorted(stems)]
            return _some([*begun, *_under(ids)])
        case Under(ids):
            return _some(_under(ids))
        case _:
            return _fact(meant)


def _begun(zone: Zone, field: str, start: str) -> Query:
    """Return the query for words or stems of a field that begin so; the first letters of all are listed together."""
    if len(start) in BEGINNINGS:
        return Query.term_query(SCHEMA, beginning_field(zone), start, "basic")
    # What stands in both has letters and figures alone: nothing in it means anything to a pattern.
    return Query.regex_query(SCHEMA, field, f"{start}.*")


def _said(zone: Zone, words: Sequence[str]) -> Query:
    """Return the query for words side by side: two common ones are a term, of more the pairs are looked up first."""
    field = exact_field(zone)
    if len(words) == 1:
        return Query.term_query(SCHEMA, field, words[0], "basic")
    pairs = pairs_in(words) if zone is Zone.TEXT else []
    paired = [Query.term_query(SCHEMA, PAIRS, pair, "basic") for pair in pairs]
    if paired and len(words) == 2:
        return paired[0]
    phrase = Query.phrase_query(SCHEMA, field, list(words))
    return Query.boolean_query([(Occur.Must, one) for one in (*paired, phrase)]) if paired else phrase


def _every(parts: Iterable[Meant]) -> Query:
    must: list[tuple[Occur, Query]] = []
    is_bare = True
    for one in parts:
        if isinstance(one, No):
            must.append((Occur.MustNot, query_of(one.part)))
        else:
            must.append((Occur.Must, query_of(one)))
            is_bare = False
    if is_bare:
        must.append((Occur.Must, Query.all_query()))
    return must[0][1] if len(must) == 1 else Query.boolean_query(must)


def _together(parts: Iterable[Meant]) -> list[Meant]:
    """Return what is met by any of `parts`: several that leave something out leave out together what all of them do."""
    every = list(parts)
    outs = tuple(one.part for one in every if isinstance(one, No))
    return [one for one in every if not isinstance(one, No)] + [No(Every(outs))] if len(outs) > 1 else every


def _some(queries: Iterable[Query]) -> Query:
    every = list(queries)
    if not every:
        return Query.empty_query()
    if len(every) == 1:
        return every[0]
    return Query.boolean_query([(Occur.Should, one) for one in every])


def _terms(field: str, values: list[str] | list[int]) -> list[Query]:
    if len(values) >= A_SET:
        return [Query.term_set_query(SCHEMA, field, values)]
    return [Query.term_query(SCHEMA, field, one, "basic") for one in values]


def _under(ids: Ids) -> list[Query]:
    return [
        *_terms("tags", sorted(ids.tags)),
        *_terms("section", sorted(ids.sections)),
        *_terms("people", sorted(ids.people)),
    ]


def _fact(meant: Fact) -> Query:
    match meant:
        case Dated(first, last):
            bounds = (first.toordinal() if first else 0, last.toordinal() if last else 4_000_000)
            return Query.range_query(SCHEMA, "day", FieldType.Integer, *bounds)
        case Shows(media_id):
            return Query.term_query(SCHEMA, "media_ids", media_id, "basic")
        case Written(language):
            return Query.term_query(SCHEMA, "language", language, "basic")
        case Kinded(kind):
            return Query.term_query(SCHEMA, "kinds", KINDS[kind], "basic")
        case Pictured(is_so):
            return Query.term_query(SCHEMA, "picture", int(is_so), "basic")


def hidden_now(moment: datetime) -> list[Query]:
    """Return what readers do not see at `moment`, the present: what the index is sure of costs nothing."""
    late = Query.term_query(SCHEMA, "state", LATE, "basic")
    not_yet = Query.boolean_query([(Occur.Must, late), (Occur.Must, _since_after(moment))])
    no_more = Query.boolean_query([(Occur.Must, late), (Occur.Must, _until_by(moment))])
    return [Query.term_query(SCHEMA, "state", PAST, "basic"), not_yet, no_more]


def hidden_then(moment: datetime, withheld: list[int]) -> list[Query]:
    """Return what readers did not see at `moment`, in the past, or are not to see since: `withheld` are stories."""
    suppressed = Query.term_query(SCHEMA, "shown", 0, "basic")
    hidden = [suppressed, _since_after(moment), _until_by(moment)]
    return [*hidden, Query.term_set_query(SCHEMA, "story", withheld)] if withheld else hidden


def _since_after(moment: datetime) -> Query:
    return Query.range_query(SCHEMA, "since", FieldType.Integer, micros(moment), None, include_lower=False)


def _until_by(moment: datetime) -> Query:
    return Query.range_query(SCHEMA, "until", FieldType.Integer, None, micros(moment))


def stories(keys: list[int]) -> list[Query]:
    """Return what belongs to any of these stories."""
    return [Query.term_set_query(SCHEMA, "story", keys)] if keys else []


def without(query: Query, hidden: list[Query]) -> Query:
    """Return a query less what is hidden."""
    less = [(Occur.MustNot, one) for one in hidden]
    return Query.boolean_query([(Occur.Must, query), *less]) if less else query


def behind(query: Query, place: Place | None) -> Query:
    """Return a query from behind a place on."""
    if place is None:
        return query
    if place.order is Order.OLDEST:
        rest = Query.range_query(SCHEMA, "spot", FieldType.Unsigned, place.spot, None, include_lower=False)
    else:
        rest = Query.range_query(SCHEMA, "spot", FieldType.Unsigned, None, place.spot, include_upper=False)
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, rest)])


def within(query: Query, eras: tuple[int, int]) -> Query:
    """Return a query for what stands in some eras, the first and the last included: no more than those is looked at."""
    only = Query.range_query(SCHEMA, "era", FieldType.Unsigned, *eras)
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, only)])


def next_change(searcher: Searcher, moment: datetime) -> int:
    """Return when time alone next changes what readers see, after `moment`, the present: `FOR_GOOD` where it never does."""
    late = Query.term_query(SCHEMA, "state", LATE, "basic")
    ahead = []
    for field in ("since", "until"):
        behind_it = Query.range_query(
            SCHEMA, field, FieldType.Integer, micros(moment), None, include_lower=False
        )
        both = Query.boolean_query([(Occur.Must, late), (Occur.Must, behind_it)])
        first = searcher.search(both, limit=1, count=False, order_by_field=field, order=Ways.Asc)
        ahead += [int(at) for at, _ in first.hits]
    return min(ahead, default=FOR_GOOD)


def tiers_of(meant: Meant) -> list[tuple[int, Query]]:
    """Return the query of each tier, without what stands in those before."""
    if not has_tiers(meant):
        return [(1, query_of(meant))]
    queries = [query_of(in_tier(meant, zone)) for zone in TIERS]
    made = [(1, queries[0])]
    for tier, (before, query) in enumerate(pairwise(queries), 2):
        made.append((tier, without(query, [before])))
    return made

"""Says a question in PostgreSQL's language: words and filing as lexemes, phrases as stretches of words. All of it in parameters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.index.asked import (
    NUMBER_BITS,
    TIERS,
    Dated,
    Kinded,
    Order,
    Pictured,
    Place,
    Shows,
    Written,
    Zone,
)
from articles.index.common_words import COMMON, half_common_pairs
from articles.index.disk import era, first_spot, micros
from articles.index.resolving import (
    Begins,
    Every,
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
from articles.index.sheet import BEGINNINGS, BREAK, Sheet
from articles.index.words import stem_of

# A spot has 64 bits without a sign, a column 64 with one.
SHIFT = 1 << 63
assert NUMBER_BITS < 63
TABLE = "articles_indexededition"
# What the index of lexemes holds of a row. The function says that it is dear, so that no plan makes it of rows one by one.
_HELD = "articles_lexemes(i.lexemes)"
# Every row has one of these: without a lexeme that must be there, the whole index would be read.
_ANY = "('#i0' | '#i1')"
# So many first letters of each word are a lexeme.
LONGEST_BEGINNING = max(BEGINNINGS)
Condition = tuple[str, list[Any]]
ALWAYS: Condition = ("TRUE", [])


@dataclass(frozen=True, slots=True)
class Eras:
    """A stretch of time, the first and the last era included, in which alone is looked."""

    first: int
    last: int

    def lexemes(self) -> str:
        """Return what the lexemes of a row meet that stands in it."""
        return " | ".join(f"'#e{number}'" for number in range(self.first, self.last + 1))

    def bound(self) -> Condition:
        """Return what the spot of a row meets that stands in it."""
        return "i.spot >= %s AND i.spot < %s", [
            first_spot(number) - SHIFT for number in (self.first, self.last + 1)
        ]


def lexemes_of(sheet: Sheet) -> str:
    """Return the lexemes of an edition, a space between, each once and in order.

    They are "a=ferries" for a word, "a~ferri" for a stem that is no word of the edition, "a^fer" for how a word begins, "a+the_ferry"
    for two words of which one is common, "#t12" for a tag, "#e2912" for its era.
    """
    made = set[str]()
    for zone, words in sheet.words.items():
        sign = zone.value
        made.update([f"{sign}={word}" for word in words])
        made.update(
            [
                f"{sign}~{stem}"
                for stem in {*sheet.stems[zone].split()} - {BREAK}
                if stem not in words or stem_of(stem) != stem
            ]
        )
        made.update([f"{sign}^{word[:LONGEST_BEGINNING]}" for word in sheet.begun(zone)])
    for part in sheet.said[Zone.TEXT].split(BREAK):
        made.update([f"{Zone.TEXT.value}+{pair}" for pair in half_common_pairs(part.split())])
    made |= {f"#t{key}" for key in sheet.tags} | {f"#p{key}" for key in sheet.people}
    made |= {f"#k{kind}" for kind in sheet.kinds} | {f"#m{number}" for number in sheet.media_ids}
    if sheet.section is not None:
        made.add(f"#s{sheet.section}")
    return " ".join(
        sorted(made | {f"#l{sheet.language}", f"#i{int(sheet.has_picture)}", f"#e{era(sheet.spot)}"})
    )


def condition_of(meant: Meant, eras: Eras | None = None) -> Condition:
    """Return what an edition's row must meet: one look into the index of lexemes wherever that can say it.

    Of these eras alone, which the lexemes say wherever they are looked up: next to them, spots would have rows read by their
    spots, and the lexemes made of each. What is left out and cannot be said in lexemes is looked up for itself.
    """
    condition = _condition_of(meant, eras)
    return condition if eras is None or _looks_up(meant) else both(condition, eras.bound())


def _looks_up(meant: Meant) -> bool:
    """Say whether whatever meets the condition for a question was looked up by its lexemes."""
    match meant:
        case Every(parts):
            return _lexical(meant) is not None or any(map(_looks_up, parts))
        case Some() | Said():
            return True
        case _:
            return _lexical(meant) is not None


def _condition_of(meant: Meant, eras: Eras | None) -> Condition:
    said = _lexical(meant)
    if said is not None:
        return _looked_up(said, eras)
    match meant:
        case Every(parts):
            every = list(_apart(parts))
            plain = [one for one in every if _lexical(one) is not None]
            rest = [_condition_of(one, eras) for one in every if _lexical(one) is None]
            first = [_condition_of(Every(tuple(plain)), eras)] if plain else []
            return _joined(" AND ", [*first, *rest])
        case Some(parts) if parts:
            # Each is looked up for itself: of conditions that are joined by OR, one that no index knows is one that all rows are read for.
            lexical = tuple(one for one in parts if _lexical(one) is not None)
            others = [one for one in parts if _lexical(one) is None]
            each: list[Meant] = [Some(lexical), *others] if lexical else others
            return _among([condition_of(one, eras) for one in each])
        case No(Dated() as part):
            sql, values = _condition_of(part, None)
            return f"NOT ({sql})", values
        case No(part):
            sql, values = _among([condition_of(part, eras)])
            return f"NOT {sql}", values
        case Said(zone, words, ids):
            met = _looked_up(_words_of(zone, words), eras)
            phrase = _joined(
                " AND ", [met, (f"strpos(i.said_{zone.value}, %s) > 0", [f" {' '.join(words)} "])]
            )
            under = _under(ids)
            return _among([phrase, _looked_up(" | ".join(under), eras)]) if under else phrase
        case Dated(first, last):
            # A day that nobody states is in no span; said so that its negation holds for it.
            parts_: list[Condition] = [('i."on" IS NOT NULL', [])]
            parts_ += [('i."on" >= %s', [first])] if first else []
            parts_ += [('i."on" <= %s', [last])] if last else []
            return _joined(" AND ", parts_)
        case _:
            # What is filed under nothing that there is.
            return "FALSE", []


def arms_of(meant: Meant) -> list[Meant]:
    """Return questions of which a row meets one or more where it meets `meant`, each to be looked up for itself.

    So what stands on either side of an OR is found by its own index, and nobody goes through all rows to see which are among them.
    """
    if _lexical(meant) is not None:
        return [meant]
    match meant:
        case Some(parts):
            lexical = tuple(one for one in parts if _lexical(one) is not None)
            others = [arm for one in parts if _lexical(one) is None for arm in arms_of(one)]
            return [*([Some(lexical)] if lexical else []), *others] or [meant]
        case Every(parts):
            every = list(_flat(parts))
            for number, one in enumerate(every):
                if isinstance(one, Some) and len(arms := arms_of(one)) > 1:
                    rest = every[:number] + every[number + 1 :]
                    return [Every((arm, *rest)) for arm in arms]
    return [meant]


def _flat(parts: Iterable[Meant]) -> Iterator[Meant]:
    """Yield what all must hold, also where it was put together in brackets."""
    for one in parts:
        if isinstance(one, Every):
            yield from _flat(one.parts)
        else:
            yield one


def _among(conditions: Sequence[Condition]) -> Condition:
    """Return that a row is among those that meet any of these, each asked for itself."""
    each = " UNION ALL ".join(f"SELECT i.edition_id FROM {TABLE} AS i WHERE {sql}" for sql, _ in conditions)  # noqa: S608
    return f"(i.edition_id IN ({each}))", [value for _, values in conditions for value in values]


def _apart(parts: Iterable[Meant]) -> Iterator[Meant]:
    """Yield what all must hold; where several things are left out by any of them, each for itself."""
    for one in parts:
        if isinstance(one, No) and isinstance(one.part, Some):
            yield from map(No, one.part.parts)
        else:
            yield one


def _words_of(zone: Zone, words: Sequence[str]) -> str:
    """Return the lexemes that every text with a phrase has: its pairs with a common word, for the rest their words."""
    # What stands in any zone stands in the text.
    pairs = list(dict.fromkeys(half_common_pairs(words)))
    paired = {word for pair in pairs for word in pair.split("_")} if zone is Zone.TEXT else set()
    single = [word for word in dict.fromkeys(words) if word not in paired]
    return " & ".join(
        [
            *(_quoted(f"{Zone.TEXT.value}+{pair}") for pair in pairs),
            *(_quoted(f"{zone.value}={word}") for word in single),
        ]
    )


def _lexical(meant: Meant) -> str | None:
    """Return a question as one look-up of lexemes, of which at least one must be there; None where that cannot say it."""
    match meant:
        case Every(parts):
            there = [_lexical(one) for one in parts if not isinstance(one, No)] or [_ANY]
            not_there = [_lexical(one.part) for one in parts if isinstance(one, No)]
            if not parts or None in there or None in not_there:
                return None
            return f"({' & '.join([*map(str, there), *(f'!{one}' for one in not_there)])})"
        case Some(parts):
            said = [_lexical(one) for one in parts]
            return None if not said or None in said else f"({' | '.join(map(str, said))})"
        case No():
            return _lexical(Every((meant,)))
        case Stems(zone, stems, ids):
            # A stem that is a word itself, and its own stem, is listed as that word.
            words = [f"{zone.value}={stem}" for stem in sorted(stems) if stem_of(stem) == stem]
            return _either([*(f"{zone.value}~{stem}" for stem in sorted(stems)), *words], ids)
        case Said(zone, words, ids):
            if len(words) == 1:
                return _either([f"{zone.value}={words[0]}"], ids)
            is_a_pair = zone is Zone.TEXT and len(words) == 2 and not COMMON.isdisjoint(words)
            return _either([f"{zone.value}+{'_'.join(words)}"], ids) if is_a_pair else None
        case Begins(zone, start, ids, stems=stems):
            begun = dict.fromkeys(_begun(zone, "=", start) for start in (start, *sorted(stems)))
            begun |= dict.fromkeys(_begun(zone, "~", one) for one in sorted(stems))
            return f"({' | '.join([*begun, *_under(ids)])})"
        case Under(ids):
            return f"({' | '.join(_under(ids))})" if ids else None
        case Shows(media_id):
            return _quoted(f"#m{media_id}")
        case Written(language):
            return _quoted(f"#l{language}")
        case Kinded(kind):
            return _quoted(f"#k{kind}")
        case Pictured(is_so):
            return _quoted(f"#i{int(is_so)}")
        case Dated():
            return None


def _begun(zone: Zone, sign: str, start: str) -> str:
    """Return what looks up words that begin so (`=`), or stems that are no words (`~`); first letters are listed for both."""
    if len(start) <= LONGEST_BEGINNING:
        return _quoted(f"{zone.value}^{start}") + ("" if len(start) == LONGEST_BEGINNING else ":*")
    return _quoted(f"{zone.value}{sign}{start}") + ":*"


def _either(lexemes: list[str], ids: Ids) -> str:
    return f"({' | '.join([*map(_quoted, lexemes), *_under(ids)])})"


def _under(ids: Ids) -> list[str]:
    return [
        *(_quoted(f"#t{key}") for key in sorted(ids.tags)),
        *(_quoted(f"#s{key}") for key in sorted(ids.sections)),
        *(_quoted(f"#p{key}") for key in sorted(ids.people)),
    ]


def _quoted(lexeme: str) -> str:
    # Words are letters and figures; what else there could be is doubled, as a quoted lexeme wants it.
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def _looked_up(said: str, eras: Eras | None) -> Condition:
    """Return a look-up in the index of lexemes, for these eras alone.

    Behind a sub-select the server does not know the words, and takes any for rare ones. If it saw one that most rows have, it
    might rather read every row, and make the lexemes of each.
    """
    return f"{_HELD} @@ (SELECT %s::tsquery)", [f"({said}) & ({eras.lexemes()})" if eras else said]


def _joined(by: str, parts: Iterable[Condition]) -> Condition:
    every = list(parts)
    if not every:
        return ("TRUE" if by == " AND " else "FALSE"), []
    return f"({by.join(sql for sql, _ in every)})", [value for _, values in every for value in values]


def rows_of(conditions: Sequence[Condition], columns: str) -> Condition:
    """Return the query for these columns of the rows that meet any of some conditions, each row once, and its values."""
    alone = len(conditions) == 1
    named = columns if alone or columns == "i.edition_id" else f"i.edition_id, {columns}"
    each = " UNION ".join(f"SELECT {named} FROM {TABLE} AS i WHERE {sql}" for sql, _ in conditions)  # noqa: S608
    return each, [value for _, values in conditions for value in values]


def both(*parts: Condition) -> Condition:
    """Return what meets every condition."""
    return _joined(" AND ", parts)


def shown_at(moment: datetime, withheld: list[int]) -> Condition:
    """Return what readers see at a moment, less the stories that are withheld."""
    at = micros(moment)
    sql = "i.is_shown AND i.since <= %s AND i.until > %s"
    if not withheld:
        return sql, [at, at]
    return f"{sql} AND NOT (i.story = ANY (%s))", [at, at, withheld]


def apart_from(stories: list[int]) -> Condition:
    """Return what is none of these stories."""
    return ("i.story <> ALL (%s)", [stories]) if stories else ALWAYS


def behind(place: Place | None) -> Condition:
    """Return what stands behind a place."""
    if place is None:
        return ALWAYS
    return f"i.spot {'>' if place.order is Order.OLDEST else '<'} %s", [place.spot - SHIFT]


def tiers_of(meant: Meant, after: Place | None) -> list[tuple[int, Meant]]:
    """Return what meets a question in each tier that is not over at a place.

    What does so in a tier does so in those that follow. From the beginning on, whoever reads the tiers in order leaves out what
    he has; behind a place, what stood before it is left out here.
    """
    if not has_tiers(meant):
        return [(1, meant)] if after is None or after.tier <= 1 else []
    said = list(enumerate((in_tier(meant, zone) for zone in TIERS), 1))
    if after is None:
        return said
    return [
        (tier, one if tier == 1 else Every((one, No(said[tier - 2][1]))))
        for tier, one in said
        if tier >= after.tier
    ]

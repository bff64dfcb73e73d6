"""Says a question in PostgreSQL's language: words and filing as lexemes, phrases as stretches of words. All of it in parameters."""

from collections.abc import Iterable, Sequence
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
from articles.index.common_words import COMMON, common_pairs
from articles.index.disk import micros
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
from articles.index.sheet import BEGINNINGS, Sheet, beginnings
from articles.index.words import stems

# A spot has 64 bits without a sign, a column 64 with one.
SHIFT = 1 << 63
assert NUMBER_BITS < 63
Condition = tuple[str, list[Any]]
ALWAYS: Condition = ("TRUE", [])


def lexemes_of(sheet: Sheet) -> list[str]:
    """Return the lexemes of an edition: "a=ferries" for a word, "a~ferri" for its stem, "a+of the" for two, "#t12" for a tag."""
    made = set[str]()
    for zone, words in sheet.words.items():
        sign = zone.value
        made.update([f"{sign}={word}" for word in words])
        made.update([f"{sign}~{stem}" for stem in set(stems(words))])
        made.update([f"{sign}^{start}" for start in beginnings(words)])
    made.update([f"{Zone.TEXT.value}+{pair}" for pair in common_pairs(sheet.said[Zone.TEXT].split())])
    made |= {f"#t{key}" for key in sheet.tags} | {f"#p{key}" for key in sheet.people}
    made |= {f"#k{kind}" for kind in sheet.kinds} | {f"#m{number}" for number in sheet.media_ids}
    if sheet.section is not None:
        made.add(f"#s{sheet.section}")
    return sorted(made | {f"#l{sheet.language}", f"#i{int(sheet.has_picture)}"})


def as_list(lexemes: Iterable[str]) -> str:
    """Return lexemes as PostgreSQL reads a list of texts: one text of ours is handed over faster than a thousand."""
    signs = "\n".join(lexemes).replace("\\", "\\\\").replace('"', '\\"')
    listed = signs.replace("\n", '","')
    return f'{{"{listed}"}}'


def condition_of(meant: Meant, *, is_left_out: bool = False) -> Condition:
    """Return what an edition's row must meet: one look into the index of lexemes wherever that can say it.

    What is left out is compared with rows that were looked up already.
    """
    said = _lexical(meant)
    if said is not None:
        return _looked_up(said)
    match meant:
        case Every(parts):
            plain = [one for one in parts if _lexical(one) is not None]
            rest = [condition_of(one, is_left_out=is_left_out) for one in parts if _lexical(one) is None]
            first = [condition_of(Every(tuple(plain)))] if plain else []
            return _joined(" AND ", [*first, *rest])
        case Some(parts):
            return _joined(" OR ", [condition_of(one, is_left_out=is_left_out) for one in parts])
        case No(part):
            sql, values = condition_of(part, is_left_out=True)
            return f"NOT ({sql})", values
        case Said(zone, words, ids):
            phrase: Condition = (f"strpos(i.said_{zone.value}, %s) > 0", [f" {' '.join(words)} "])
            if not is_left_out:
                phrase = _joined(" AND ", [_looked_up_always(_words_of(zone, words)), phrase])
            under = _under(ids)
            return _joined(" OR ", [phrase, *([_looked_up(" | ".join(under))] if under else [])])
        case Dated(first, last):
            # A day that nobody states is in no span; said so that its negation holds for it.
            parts_: list[Condition] = [('i."on" IS NOT NULL', [])]
            parts_ += [('i."on" >= %s', [first])] if first else []
            parts_ += [('i."on" <= %s', [last])] if last else []
            return _joined(" AND ", parts_)
        case _:
            # What is filed under nothing that there is.
            return "FALSE", []


def _words_of(zone: Zone, words: Sequence[str]) -> str:
    """Return the lexemes that every text with a phrase has: the pairs of common words, for the rest their words."""
    pairs = list(dict.fromkeys(common_pairs(words)))
    paired = {word for pair in pairs for word in pair.split()} if zone is Zone.TEXT else set()
    single = [word for word in dict.fromkeys(words) if word not in paired]
    return " & ".join(
        [
            *(_quoted(f"{Zone.TEXT.value}+{pair}") for pair in pairs),
            *(_quoted(f"{zone.value}={word}") for word in single),
        ]
    )


def _lexical(meant: Meant) -> str | None:
    """Return a question as one look-up of lexemes, None where that cannot say it."""
    match meant:
        case Every(parts) | Some(parts):
            said = [_lexical(one) for one in parts]
            if not said or None in said:
                return None
            return f"({(' & ' if isinstance(meant, Every) else ' | ').join(str(one) for one in said)})"
        case No(part):
            inner = _lexical(part)
            return None if inner is None else f"!{inner}"
        case Stems(zone, stems, ids):
            return _either([*(f"{zone.value}~{stem}" for stem in sorted(stems))], ids)
        case Said(zone, words, ids):
            if len(words) == 1:
                return _either([f"{zone.value}={words[0]}"], ids)
            is_a_pair = zone is Zone.TEXT and len(words) == 2 and COMMON.issuperset(words)
            return _either([f"{zone.value}+{' '.join(words)}"], ids) if is_a_pair else None
        case Begins(zone, start, ids):
            begun = f"{zone.value}^{start}" if len(start) in BEGINNINGS else f"{zone.value}={start}"
            sign = "" if len(start) in BEGINNINGS else ":*"
            return f"({' | '.join([_quoted(begun) + sign, *_under(ids)])})"
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


def _looked_up(said: str) -> Condition:
    return "i.lexemes @@ %s::tsquery", [said]


def _looked_up_always(said: str) -> Condition:
    """Return a look-up for which the server takes the index, whatever it thinks of the words: it does not see them."""
    return "i.lexemes @@ (SELECT %s::tsquery)", [said]


def looked_up_always(condition: Condition) -> Condition:
    """Return a condition that is answered from the index of lexemes however many rows meet it, for what counts them all.

    Of a word that most rows have the server would rather read every row, and does not weigh that it unpacks the words of each
    to look among them; behind a sub-select it does not know the word. What leaves something out is left to it.
    """
    where, values = condition
    if any(isinstance(one, str) and "!" in one for one in values):
        return condition
    return where.replace("@@ %s::tsquery", "@@ (SELECT %s::tsquery)"), values


def _joined(by: str, parts: Iterable[Condition]) -> Condition:
    every = list(parts)
    if not every:
        return ("TRUE" if by == " AND " else "FALSE"), []
    return f"({by.join(sql for sql, _ in every)})", [value for _, values in every for value in values]


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


def behind(place: Place | None) -> Condition:
    """Return what stands behind a place."""
    if place is None:
        return ALWAYS
    return f"i.spot {'>' if place.order is Order.OLDEST else '<'} %s", [place.spot - SHIFT]


def tiers_of(meant: Meant) -> list[tuple[int, Condition]]:
    """Return the condition of each tier, without what stands in those before."""
    if not has_tiers(meant):
        return [(1, condition_of(meant))]
    said = [in_tier(meant, zone) for zone in TIERS]
    # What is left out is asked for in the same look-up: no row's words are unpacked for it.
    return [
        (tier, condition_of(one if tier == 1 else Every((one, No(said[tier - 2])))))
        for tier, one in enumerate(said, 1)
    ]

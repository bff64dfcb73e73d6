"""The index on disk (tantivy): what it holds of an edition, where it lies, and a reader of it for each process.

Words come in as the normaliser cut them, a space between; the library cuts at spaces and does nothing else. Which editions
readers see is asked for each search: nothing here says it of itself, and every hit is joined with `Edition.objects.at`.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import tantivy
from django.conf import settings

from articles.index.asked import NUMBER_BITS, Place, Zone
from articles.index.common_words import common_pairs
from articles.index.sheet import Sheet, beginnings
from articles.models.edition import JUST_NOW, Edition
from articles.models.tag import TagKind
from newsroom import keyset, resident

FOLDER = "index"
# To be raised with whatever changes what the index holds, the forms of words among it: older ones are then made anew.
VERSION, VERSION_FILE = "9", "version"
# An edition that readers see from the moment it was taken in and until the index hears otherwise; one whose dates say so
# at each moment; one that nobody sees now, and that some other moment may show; one that nobody is to see.
SURE, LATE, PAST = 1, 2, 0
KINDS = {kind: place for place, kind in enumerate(TagKind.values, 1)}
# Of the files of the index so much may stand in a process's memory; it is looked at once in so many searches.
MOST_MAPPED, OFTEN = 20 << 20, 4
# Columns in which every edition has one value, 0 where it has none, are counted ten times as fast as those with several: so
# its first tags and people have a column each, and those beyond one column together.
TAG_COLUMNS, PERSON_COLUMNS = (
    tuple(f"{name}{number}" for number in range(1, many + 1)) for name, many in (("tag", 6), ("person", 2))
)
MORE_TAGS, MORE_PEOPLE = "more_tags", "more_people"
# A stretch of time in which an edition stands among all, by which the newest and the oldest are found without the rest.
AN_ERA = 7 * 86_400
FOR_GOOD = 1 << 62
# The field of two common words side by side in the text (`of_the`): without them a phrase of such words reads where each of
# them stands in nearly every text.
PAIRS = "pairs"


def exact_field(zone: Zone) -> str:
    """Return the field of the words of a zone in their exact forms, with their places."""
    return f"x{zone.value}"


def stem_field(zone: Zone) -> str:
    """Return the field of the stems of a zone."""
    return f"s{zone.value}"


def beginning_field(zone: Zone) -> str:
    """Return the field of the first letters of a zone's words."""
    return f"b{zone.value}"


def pairs_in(words: Iterable[str]) -> list[str]:
    """Return the terms of `PAIRS` for words in their exact forms, each once."""
    return list(dict.fromkeys(common_pairs(words)))


def _schema() -> tantivy.Schema:
    made = tantivy.SchemaBuilder()
    for zone in Zone:
        made.add_text_field(exact_field(zone), tokenizer_name="whitespace", index_option="position")
        for name in (stem_field(zone), beginning_field(zone)):
            made.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    made.add_text_field(PAIRS, tokenizer_name="whitespace", index_option="basic")
    for name in ("edition", "section", "tags", "people"):
        made.add_unsigned_field(name, indexed=True, fast=True)
    for name in ("story", "kinds", "picture", "shown", "state", "era"):
        made.add_unsigned_field(name, indexed=True)
    for name in ("spot", "month", "traits", *TAG_COLUMNS, MORE_TAGS, *PERSON_COLUMNS, MORE_PEOPLE):
        made.add_unsigned_field(name, fast=True)
    for name in ("since", "until", "day"):
        made.add_integer_field(name, fast=True)
    made.add_text_field("language", tokenizer_name="raw", fast=True, index_option="basic")
    made.add_text_field("media_ids", tokenizer_name="raw", index_option="basic")
    return made.build()


SCHEMA = _schema()


def micros(moment: datetime | None) -> int:
    """Return a moment as the index keeps it; None is for good."""
    return FOR_GOOD if moment is None else keyset.micros(moment)


def era(spot: int) -> int:
    """Return the stretch of time in which a spot lies: a later spot is in no earlier one."""
    return (spot >> NUMBER_BITS) // AN_ERA


def first_spot(number: int) -> int:
    """Return the first spot of an era."""
    return number * AN_ERA << NUMBER_BITS


def traits(kinds: Iterable[str], *, has_picture: bool) -> int:
    """Return in one number of which kinds an edition's tags are and whether it has a picture: both are counted at once."""
    return sum(1 << KINDS[kind] for kind in kinds) | int(has_picture)


def read_traits(number: int) -> tuple[list[str], bool]:
    """Return the kinds of tags, and whether there is a picture, from their number."""
    return [kind for kind, place in KINDS.items() if number >> place & 1], bool(number & 1)


def _in_columns(columns: tuple[str, ...], more: str, keys: Iterable[int]) -> dict[str, Any]:
    ordered = sorted(keys)
    first = dict(zip(columns, [*ordered, *[0] * len(columns)], strict=False))
    return {**first, more: ordered[len(columns) :]}


def fields_of(edition: Edition, sheet: Sheet, now: datetime) -> dict[str, Any]:
    """Return what the index holds of an edition, by field, in plain values."""
    since, until = micros(edition.live_from), micros(edition.live_until)
    # Whatever moment is taken for the present later is not before that.
    if edition.is_open and since <= micros(now - JUST_NOW):
        state = SURE
    else:
        is_over = until <= micros(now - JUST_NOW) or edition.suppressed_at is not None
        state = PAST if is_over else LATE
    fields: dict[str, Any] = {}
    for zone in Zone:
        if sheet.said[zone].strip():
            fields[exact_field(zone)] = sheet.said[zone]
            fields[stem_field(zone)] = sheet.stems[zone]
            fields[beginning_field(zone)] = " ".join(beginnings(sheet.begun(zone)))
    fields[PAIRS] = " ".join(pairs_in(sheet.said[Zone.TEXT].split()))
    fields |= {
        "story": sheet.story_id, "edition": sheet.edition_id, "spot": sheet.spot, "state": state,
        "shown": int(edition.suppressed_at is None), "picture": int(sheet.has_picture), "since": since, "until": until,
        "tags": list(sheet.tags), "people": list(sheet.people), "kinds": [KINDS[kind] for kind in sheet.kinds],
        "language": sheet.language, "media_ids": list(sheet.media_ids), "era": era(sheet.spot), "section": sheet.section or 0,
        "traits": traits(sheet.kinds, has_picture=sheet.has_picture),
        "month": 0 if sheet.on is None else sheet.on.year * 12 + sheet.on.month - 1,
        **_in_columns(TAG_COLUMNS, MORE_TAGS, sheet.tags), **_in_columns(PERSON_COLUMNS, MORE_PEOPLE, sheet.people),
    }  # fmt: skip
    if sheet.on is not None:
        fields["day"] = sheet.on.toordinal()
    return fields


def document(fields: dict[str, Any]) -> tantivy.Document:
    """Return what `fields_of` gave as the library takes it."""
    return tantivy.Document.from_dict(fields, SCHEMA)


class Lost(Exception):
    """There is no index in the folder, or it cannot be read."""


def path_of(folder: str) -> Path:
    """Return where a folder of the index lies."""
    return Path(settings.VAR_DIR) / FOLDER / folder


def opened(folder: str) -> tantivy.Index:
    """Open the index in a folder; raise `Lost` where there is none to be read."""
    path = path_of(folder)
    try:
        if not folder or (path / VERSION_FILE).read_text(encoding="ascii") != VERSION:
            raise Lost(folder)
        return tantivy.Index.open(str(path))
    except (ValueError, OSError) as error:
        raise Lost(folder) from error


@dataclass(slots=True)
class _Held:
    folder: str = ""
    generation: str = ""
    index: tantivy.Index | None = None
    asked: int = 0
    # The first and the last era, as they were when the folder was opened: what came in later stands behind the last.
    eras: tuple[int, int] | None = None


_held = _Held()
_lock = threading.Lock()


def searcher(folder: str, generation: str) -> tantivy.Searcher:
    """Return a searcher of the index as it is in `generation` or later; one is held open in each process."""
    with _lock:
        try:
            if _held.index is None or _held.folder != folder:
                index = opened(folder)
                index.config_reader("manual")
                _held.index, _held.folder, _held.generation, _held.eras = index, folder, "", None
            if _held.generation != generation:
                if not (path_of(folder) / "meta.json").is_file():
                    raise Lost(folder)
                _held.index.reload()
                _held.generation = generation
            _held.asked += 1
            if _held.asked % OFTEN == 0:
                resident.let_go(str(path_of("")), MOST_MAPPED)
            return _held.index.searcher()
        except (ValueError, OSError) as error:
            _held.index = None
            raise Lost(folder) from error
        except Lost:
            _held.index = None
            raise


# So many editions are in the eras where the first hits of a common word are looked for.
A_LOOK = 8_000
_LAST_ERA = 1 << 40


def eras_from(searcher: tantivy.Searcher, place: Place | None, *, is_oldest: bool) -> tuple[int, int]:
    """Return the eras behind `place`, or of the newest or oldest editions, in which about `A_LOOK` of them stand."""
    if _held.eras is None:
        _held.eras = _ends(searcher)
    first, last = _held.eras
    wide = max(1, (last - first + 1) * A_LOOK // max(1, searcher.num_docs))
    if is_oldest:
        begin = era(place.spot) if place else 0
        return begin, max(begin, first) + wide
    end = era(place.spot) if place else _LAST_ERA
    return max(0, min(end, last) - wide), end


def _ends(searcher: tantivy.Searcher) -> tuple[int, int]:
    ends = [0]
    for order in (tantivy.Order.Asc, tantivy.Order.Desc):
        found = searcher.search(
            tantivy.Query.all_query(), limit=1, count=False, order_by_field="spot", order=order
        )
        ends += [era(int(spot)) for spot, _ in found.hits]
    return ends[-2] if len(ends) > 2 else 0, ends[-1]

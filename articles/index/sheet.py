"""What an index knows of an edition: its words by zone, in both forms, and how it is filed. Every engine is fed from here."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice
from typing import Any, Protocol

from articles.index.asked import NUMBER_BITS, Zone
from articles.index.words import Kept, exacts, is_arabic, stems_written, written
from articles.index.words import stems as stems_of
from articles.models.edition import Edition
from articles.models.edition_rows import people_of, tags_of
from newsroom.keyset import EPOCH

# Stands between two parts, so that no phrase reaches from one into the other. Nobody can ask for it.
BREAK = "¶"
# So many editions are made ready together.
TOGETHER = 200
_LAST_SECOND = (1 << (64 - NUMBER_BITS)) - 1


def spot(listed_at: datetime, story_id: int) -> int:
    """Return where a story stands among all: later is greater. Within a second the greater number comes first."""
    seconds = (listed_at - EPOCH) // timedelta(seconds=1)
    return min(max(seconds, 0), _LAST_SECOND) << NUMBER_BITS | story_id


@dataclass(frozen=True, slots=True)
class Sheet:
    """One edition as it is indexed. `said` and `stems` hold words with a space before and behind each, `words` each once."""

    edition_id: int
    story_id: int
    spot: int
    section: int | None
    tags: frozenset[int]
    kinds: frozenset[str]
    people: frozenset[int]
    on: date | None
    language: str
    has_picture: bool
    media_ids: frozenset[str]
    said: Mapping[Zone, str]
    stems: Mapping[Zone, str]
    words: Mapping[Zone, set[str]]

    def begun(self, zone: Zone) -> set[str]:
        """Return what the words of a zone begin with is looked up by: the words, of Arabic ones their stems as well."""
        words = self.words[zone]
        return (
            words | set(filter(is_arabic, self.stems[zone].split())) if is_arabic(self.said[zone]) else words
        )


class Texts(Protocol):
    """What is looked for in a story, printed or not: its texts, `pictures` with a `caption` and a `credit` each, `bylines` `as_printed`."""

    @property
    def headline(self) -> str: ...
    @property
    def kicker(self) -> str: ...
    @property
    def standfirst(self) -> str: ...
    @property
    def body_text(self) -> str: ...
    @property
    def byline(self) -> str: ...
    @property
    def bylines(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def dateline(self) -> str: ...
    @property
    def excerpt(self) -> str: ...
    @property
    def pictures(self) -> Sequence[Mapping[str, Any]]: ...


def parts(edition: Texts) -> dict[str, list[str]]:
    """Return the texts of a story by where they stand: the running text is its `opening`, the first paragraph, and the `rest`."""
    opening, _, rest = edition.body_text.partition("\n")
    captions = [one.get("caption") or "" for one in edition.pictures]
    return {
        "headline": [edition.headline],
        "above": [edition.kicker, edition.standfirst],
        "opening": [opening],
        "rest": [rest],
        "byline": _names(edition) or [edition.byline],
        "captions": captions,
        "place": [edition.dateline],
        "credits": [one.get("credit") or "" for one in edition.pictures],
    }


def _names(edition: Texts) -> list[str]:
    """Return the names of the printed byline, each for itself: Arabic writes its “and” on to the last of them."""
    return [line["as_printed"] for line in edition.bylines if line["as_printed"] in edition.byline]


# So many first letters of each word are kept beside it: what begins so is then one look-up, however many words that are.
BEGINNINGS = (2, 3)
_two, _three = (
    Kept(lambda word: word[:2] if len(word) > 1 else ""),
    Kept(lambda word: word[:3] if len(word) > 1 else ""),
)


def beginnings(words: Collection[str]) -> set[str]:
    """Return the first two and three letters of each of these words."""
    # Of a shorter word this is all of it.
    longest = set(map(_three.__getitem__, words))
    longest.update(map(_two.__getitem__, list(longest)))
    longest.discard("")
    return longest


@dataclass(frozen=True, slots=True)
class Zoned:
    """The words of a story by zone, as `Sheet` has them; and those of its running text as they are written."""

    said: Mapping[Zone, str]
    stems: Mapping[Zone, str]
    words: Mapping[Zone, set[str]]
    written: list[str]


# Under which tags, each with its kind, and which people an edition is filed.
Filed = tuple[Mapping[int, str], Collection[int]]
_ZONES = {
    Zone.HEADLINE: ("headline",),
    Zone.LEAD: ("headline", "above", "opening", "byline", "captions", "place"),
    Zone.TEXT: ("headline", "above", "body", "byline", "captions", "place", "credits"),
    Zone.BYLINE: ("byline",),
    Zone.CAPTION: ("captions",),
    Zone.PLACE: ("place",),
}
# Where sentences run: a headline says nothing of capitals.
_RUNNING = ("above", "body", "credits", "captions")
_BETWEEN = f" {BREAK} "


def sheet_of(edition: Edition) -> Sheet:
    """Return what an index knows of an edition; how it is filed is read."""
    return next(sheets_of([edition]))[1]


def sheets_of(editions: Iterable[Edition]) -> Iterator[tuple[Edition, Sheet, list[str]]]:
    """Yield editions, each with what an index knows of it, and the words of its running text as they are written.

    How they are filed is read of some hundred together.
    """
    every = iter(editions)
    while some := list(islice(every, TOGETHER)):
        sheets = read_many(some, filing_of([edition.pk for edition in some]))
        for edition, (sheet, words) in zip(some, sheets, strict=True):
            yield edition, sheet, words


def read_many(editions: Sequence[Edition], filed: Iterable[Filed]) -> list[tuple[Sheet, list[str]]]:
    """Return the same of many editions, of which somebody knows already how each is filed."""
    return [
        (_sheet(edition, zones, tags, people), zones.written)
        for edition, zones, (tags, people) in zip(editions, zoned(editions), filed, strict=True)
    ]


def filing_of(keys: list[int]) -> list[Filed]:
    """Return what editions are filed under, without an object for each of its rows: two queries."""
    tags: dict[int, dict[int, str]] = {key: {} for key in keys}
    people: dict[int, set[int]] = {key: set() for key in keys}
    for edition, tag, kind in tags_of(keys):
        tags[edition][tag] = kind
    for edition, person, _ in people_of(keys):
        people[edition].add(person)
    return [(tags[key], people[key]) for key in keys]


def _sheet(edition: Edition, zones: Zoned, tags: Mapping[int, str], people: Collection[int]) -> Sheet:
    return Sheet(
        edition_id=edition.pk,
        story_id=edition.story_id,
        spot=spot(edition.listed_at, edition.story_id),
        section=edition.section_id,
        tags=frozenset(tags),
        kinds=frozenset(tags.values()),
        people=frozenset(people),
        on=edition.published_on,
        language=edition.language,
        has_picture=bool(edition.shown_pictures),
        media_ids=frozenset(_media_ids(edition)),
        said=zones.said,
        stems=zones.stems,
        words=zones.words,
    )


def zoned(stories: Sequence[Texts]) -> list[Zoned]:
    """Return the words of each zone of each story as they are said, their stems, and how they are written.

    One step is done with all texts before the next: what it looks up stays at hand, which saves half the time.
    """
    laid = [parts(story) for story in stories]
    texts = [text or "" for one in laid for some in one.values() for text in some]
    cut = list(map(written, texts))
    exact = list(map(exacts, cut))
    said = list(map(" ".join, exact))
    stems = [
        " ".join(stems_written(raw) if is_arabic(text) else stems_of(words))
        for text, raw, words in zip(texts, cut, exact, strict=True)
    ]
    found: list[Zoned] = []
    at = 0
    for one in laid:
        places: dict[str, slice] = {}
        for where, some in one.items():
            places[where] = slice(at, at := at + len(some))
        places["body"] = slice(places["opening"].start, places["rest"].stop)
        running = chain.from_iterable(chain.from_iterable(cut[places[where]] for where in _RUNNING))
        apart = {where: set(chain(*exact[place])) for where, place in places.items()}
        words = {zone: set().union(*(apart[where] for where in some)) for zone, some in _ZONES.items()}
        found.append(Zoned(_joined(said, places), _joined(stems, places), words, list(running)))
    return found


def _joined(texts: Sequence[str], places: Mapping[str, slice]) -> dict[Zone, str]:
    """Return the text of each zone, made of those that stand at the places of its parts."""
    of_parts = {where: _BETWEEN.join(texts[place]) for where, place in places.items()}
    # From one paragraph a phrase may reach into the next.
    of_parts["body"] = " ".join(filter(None, texts[places["body"]]))
    return {
        zone: f" {_BETWEEN.join([of_parts[where] for where in some if of_parts[where]])} "
        for zone, some in _ZONES.items()
    }


def _media_ids(edition: Edition) -> Iterable[str]:
    for one in (*edition.pictures, *edition.shown_pictures):
        if one.get("media_id"):
            yield "".join(letter for letter in str(one["media_id"]).casefold() if letter.isalnum())

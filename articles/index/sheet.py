"""What an index knows of an edition: its words by zone, in both forms, and how it is filed. Every engine is fed from here."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any, Protocol

from articles.index.asked import NUMBER_BITS, Zone
from articles.index.words import Kept, exacts, written
from articles.index.words import stems as stems_of
from articles.models.edition import Edition, EditionQuerySet

# Stands between two parts, so that no phrase reaches from one into the other. Nobody can ask for it.
BREAK = "¶"
_EPOCH = datetime(1, 1, 1, tzinfo=UTC)
_LAST_SECOND = (1 << (64 - NUMBER_BITS)) - 1


def spot(listed_at: datetime, story_id: int) -> int:
    """Return where a story stands among all: later is greater. Within a second the greater number comes first."""
    seconds = (listed_at - _EPOCH) // timedelta(seconds=1)
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


class Texts(Protocol):
    """What is looked for in a story, printed or not: its texts, `pictures` with a `caption` and a `credit` each."""

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
    def dateline(self) -> str: ...
    @property
    def excerpt(self) -> str: ...
    @property
    def pictures(self) -> Sequence[Mapping[str, Any]]: ...


def parts(edition: Texts) -> dict[str, list[str]]:
    """Return the texts of a story by where they stand."""
    opening, _, rest = edition.body_text.partition("\n")
    captions = [one.get("caption") or "" for one in edition.pictures]
    return {
        "headline": [edition.headline],
        "lead": [edition.kicker, edition.standfirst, opening],
        "byline": [edition.byline],
        "captions": captions,
        "place": [edition.dateline],
        "rest": [rest, *(one.get("credit") or "" for one in edition.pictures)],
    }


# So many first letters of each word are kept beside it: what begins so is then one look-up, however many words that are.
BEGINNINGS = (2, 3)
_starts = tuple(Kept(lambda word, count=count: word[:count] if len(word) > 1 else "") for count in BEGINNINGS)


def beginnings(words: Collection[str]) -> set[str]:
    """Return the first two and three letters of each of these words."""
    # Of a shorter word this is all of it.
    longest = set(map(_starts[1].__getitem__, words))
    longest.update(map(_starts[0].__getitem__, list(longest)))
    longest.discard("")
    return longest


@dataclass(frozen=True, slots=True)
class Zoned:
    """The words of a story by zone, as `Sheet` has them; and those of its running text as they are written."""

    said: Mapping[Zone, str]
    stems: Mapping[Zone, str]
    words: Mapping[Zone, set[str]]
    written: list[str]


@dataclass(frozen=True, slots=True)
class Filed:
    """Which tags, each with its kind, and which people an edition is filed under."""

    tags: dict[int, str]
    people: set[int]


_ZONES = {
    Zone.HEADLINE: ("headline",),
    Zone.LEAD: ("headline", "lead", "byline", "captions", "place"),
    Zone.TEXT: ("headline", "lead", "byline", "captions", "place", "rest"),
    Zone.BYLINE: ("byline",),
    Zone.CAPTION: ("captions",),
    Zone.PLACE: ("place",),
}
# Where sentences run: a headline says nothing of capitals.
_RUNNING = ("lead", "rest", "captions")
_BETWEEN = f" {BREAK} "


def sheet_of(edition: Edition) -> Sheet:
    """Return what an index knows of an edition. Its tag and byline rows are read, where nobody has prefetched them."""
    return read(edition)[0]


def read(edition: Edition, filed: Filed | None = None) -> tuple[Sheet, list[str]]:
    """Return what an index knows of an edition, and the words of its running text as written; each text is looked at once.

    `filed` says how it is filed to who knows that already.
    """
    zones, under = zoned(edition), filed or _filed(edition)
    sheet = Sheet(
        edition_id=edition.pk,
        story_id=edition.story_id,
        spot=spot(edition.listed_at, edition.story_id),
        section=edition.section_id,
        tags=frozenset(under.tags),
        kinds=frozenset(under.tags.values()),
        people=frozenset(under.people),
        on=edition.published_on,
        language=edition.language,
        has_picture=bool(edition.shown_pictures),
        media_ids=frozenset(_media_ids(edition)),
        said=zones.said,
        stems=zones.stems,
        words=zones.words,
    )
    return sheet, zones.written


def _filed(edition: Edition) -> Filed:
    tags = {row.tag_id: row.tag.kind for row in edition.tag_rows.all()}
    return Filed(tags, {row.contributor_id for row in edition.byline_rows.all()})


def zoned(story: Texts) -> Zoned:
    """Return the words of each zone of a story as they are said, their stems, and how each is written."""
    every: list[str] = []
    said: dict[str, str] = {}
    stems: dict[str, str] = {}
    words: dict[str, list[list[str]]] = {}
    for where, texts in parts(story).items():
        found = [written(text) if text else [] for text in texts]
        if where in _RUNNING:
            for one in found:
                every += one
        exact = [exacts(one) for one in found]
        said[where] = _BETWEEN.join(map(" ".join, exact))
        stems[where] = _BETWEEN.join([" ".join(stems_of(one)) for one in exact])
        words[where] = exact
    return Zoned(
        {zone: _joined(map(said.__getitem__, some)) for zone, some in _ZONES.items()},
        {zone: _joined(map(stems.__getitem__, some)) for zone, some in _ZONES.items()},
        {zone: set(chain(*chain(*map(words.__getitem__, some)))) for zone, some in _ZONES.items()},
        every,
    )


def _joined(some: Iterable[str]) -> str:
    return f" {_BETWEEN.join([text for text in some if text])} "


def _media_ids(edition: Edition) -> Iterable[str]:
    for one in (*edition.pictures, *edition.shown_pictures):
        if one.get("media_id"):
            yield "".join(letter for letter in str(one["media_id"]).casefold() if letter.isalnum())


def with_filing(editions: EditionQuerySet) -> EditionQuerySet:
    """Return `editions` read with the rows that a sheet is made from, and without what it is not."""
    return editions.defer("rendered").prefetch_related("tag_rows__tag", "byline_rows")

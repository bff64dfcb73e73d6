"""What an index knows of an edition: its words by zone, in both forms, and how it is filed. Every engine is fed from here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from articles.index.asked import NUMBER_BITS, Zone
from articles.index.words import capitals, exacts, written
from articles.index.words import stems as stems_of
from articles.models.edition import Edition, EditionQuerySet
from newsroom.keyset import EPOCH

# Stands between two parts, so that no phrase reaches from one into the other. Nobody can ask for it.
BREAK = "¶"
_LAST_SECOND = (1 << (64 - NUMBER_BITS)) - 1


def spot(listed_at: datetime, story_id: int) -> int:
    """Return where a story stands among all: later is greater. Within a second the greater number comes first."""
    seconds = (listed_at - EPOCH) // timedelta(seconds=1)
    return min(max(seconds, 0), _LAST_SECOND) << NUMBER_BITS | story_id


@dataclass(frozen=True, slots=True)
class Sheet:
    """One edition as it is indexed. `said` and `stems` hold words with a space before and behind each."""

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


def beginnings(said: str) -> set[str]:
    """Return the first two and three letters of each word of a zone as it is said."""
    # Of a shorter word this is all of it.
    longest = {word[: BEGINNINGS[-1]] for word in said.split()}
    return {start[:count] for start in longest for count in BEGINNINGS if len(start) >= count}


@dataclass(frozen=True, slots=True)
class Cased:
    """The words of an edition in their exact forms: those of running text, those of them with a capital, and the others."""

    running: list[str] = field(default_factory=list)
    capitals: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


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


def sheet_of(edition: Edition) -> Sheet:
    """Return what an index knows of an edition. Its tag and byline rows are read, where nobody has prefetched them."""
    return read(edition)[0]


def read(edition: Edition) -> tuple[Sheet, Cased]:
    """Return what an index knows of an edition, and its words as they are written; each text is looked at once."""
    said, stems, cased = zoned(edition)
    tags = list(edition.tag_rows.all())
    sheet = Sheet(
        edition_id=edition.pk,
        story_id=edition.story_id,
        spot=spot(edition.listed_at, edition.story_id),
        section=edition.section_id,
        tags=frozenset(row.tag_id for row in tags),
        kinds=frozenset(row.tag.kind for row in tags),
        people=frozenset(row.contributor_id for row in edition.byline_rows.all()),
        on=edition.published_on,
        language=edition.language,
        has_picture=bool(edition.shown_pictures),
        media_ids=frozenset(_media_ids(edition)),
        said=said,
        stems=stems,
    )
    return sheet, cased


def zoned(story: Texts) -> tuple[dict[Zone, str], dict[Zone, str], Cased]:
    """Return the words of each zone of a story as they are said, their stems, and how each is written."""
    cased = Cased()
    formed: dict[str, tuple[str, str]] = {}
    for where, texts in parts(story).items():
        exact, stems = [], []
        for text in texts:
            words = _words_of(text, cased, is_running=where in _RUNNING)
            exact.append(" ".join(words))
            stems.append(" ".join(stems_of(words)))
        between = f" {BREAK} "
        formed[where] = between.join(exact), between.join(stems)
    return (
        {zone: _joined(formed[where][0] for where in some) for zone, some in _ZONES.items()},
        {zone: _joined(formed[where][1] for where in some) for zone, some in _ZONES.items()},
        cased,
    )


def _words_of(text: str, cased: Cased, *, is_running: bool) -> list[str]:
    """Return the exact forms of the words of a text, and note in `cased` how they are written."""
    if not text:
        return []
    every = written(text)
    found = exacts(every)
    if is_running:
        cased.running.extend(found)
        cased.capitals.extend(capitals(every))
    else:
        cased.others.extend(found)
    return found


def _joined(some: Iterable[str]) -> str:
    return f" {f' {BREAK} '.join(text for text in some if text)} "


def _media_ids(edition: Edition) -> Iterable[str]:
    for one in (*edition.pictures, *edition.shown_pictures):
        if one.get("media_id"):
            yield "".join(letter for letter in str(one["media_id"]).casefold() if letter.isalnum())


def with_filing(editions: EditionQuerySet) -> EditionQuerySet:
    """Return `editions` read with the rows that a sheet is made from, and without what it is not."""
    return editions.defer("rendered").prefetch_related("tag_rows__tag", "byline_rows")

"""What an index knows of an edition: its words by zone, in both forms, and how it is filed. Every engine is fed from here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from articles.index.asked import NUMBER_BITS, Zone
from articles.index.words import forms, spelled
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
    """One edition as it is indexed. `said` and `stems` hold words with a space before and behind each.

    `names` are its words that begin with a capital more often than not, as counted where sentences run.
    """

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


def parts(edition: Edition) -> dict[str, list[str]]:
    """Return the texts of an edition by where they stand."""
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


def sheet_of(edition: Edition) -> Sheet:
    """Return what an index knows of an edition. Its tag and byline rows are read, where nobody has prefetched them."""
    texts = {where: [spelled(text) for text in some if text] for where, some in parts(edition).items()}
    zones = {
        Zone.HEADLINE: ("headline",),
        Zone.LEAD: ("headline", "lead", "byline", "captions", "place"),
        Zone.TEXT: ("headline", "lead", "byline", "captions", "place", "rest"),
        Zone.BYLINE: ("byline",),
        Zone.CAPTION: ("captions",),
        Zone.PLACE: ("place",),
    }
    formed = {where: _formed(some) for where, some in texts.items()}
    return Sheet(
        edition_id=edition.pk,
        story_id=edition.story_id,
        spot=spot(edition.listed_at, edition.story_id),
        section=edition.section_id,
        tags=frozenset(row.tag_id for row in edition.tag_rows.all()),
        kinds=frozenset(row.tag.kind for row in edition.tag_rows.all()),
        people=frozenset(row.contributor_id for row in edition.byline_rows.all()),
        on=edition.published_on,
        language=edition.language,
        has_picture=bool(edition.shown_pictures),
        media_ids=frozenset(_media_ids(edition)),
        said={zone: _joined(formed[where][0] for where in some) for zone, some in zones.items()},
        stems={zone: _joined(formed[where][1] for where in some) for zone, some in zones.items()},
    )


def _formed(texts: list[list[str]]) -> tuple[str, str]:
    exact, stems = [], []
    for words in texts:
        pairs = [forms(word) for word in words]
        exact.append(" ".join(pair[0] for pair in pairs))
        stems.append(" ".join(pair[1] for pair in pairs))
    between = f" {BREAK} "
    return between.join(exact), between.join(stems)


def _joined(some: Iterable[str]) -> str:
    return f" {f' {BREAK} '.join(text for text in some if text)} "


def _media_ids(edition: Edition) -> Iterable[str]:
    for one in (*edition.pictures, *edition.shown_pictures):
        if one.get("media_id"):
            yield "".join(letter for letter in str(one["media_id"]).casefold() if letter.isalnum())


def with_filing(editions: EditionQuerySet) -> EditionQuerySet:
    """Return `editions` read with the rows that a sheet is made from."""
    return editions.prefetch_related("tag_rows__tag", "byline_rows")


def cased(edition: Edition) -> dict[str, tuple[int, int]]:
    """Return each word of an edition's running text: how often it stands there, and how often with a capital.

    Words of the headline alone count 0 times: a headline says nothing of capitals.
    """
    found: dict[str, tuple[int, int]] = {}
    for where, some in parts(edition).items():
        counts = where in ("lead", "rest", "captions")
        for text in some:
            for word in spelled(text):
                exact = forms(word)[0]
                seen, capitals = found.get(exact, (0, 0))
                if counts:
                    found[exact] = (seen + 1, capitals + word[0].isupper())
                else:
                    found.setdefault(exact, (seen, capitals))
    return found

"""Says a story, a list entry or a notice as plain values, with exactly the keys of the contract.

A story's keys:

- `story_id`: eight digits, as a string. `url`: the story's own address, absolute. `edition`: its number, from 1.
- `headline`, `slug`, `kicker`, `standfirst`, `dateline`, `body_html`, `body_text`: strings, empty where there is
  none. `language`: a BCP 47 tag. `section`: its name, or null. `digest`: SHA-256 of the edition, in hex.
- `bylines`: `name` (the contributor's today), `role`, `as_printed` (over this edition), in order.
- `tags`: `name`, `kind`. `pictures`: `media_id` (digits as a string; null where the number was lost), `caption` (null
  when `caption_state` is "absent", "" when "empty", text when "present"), `credit`, `alt`.
- `published_at`: a moment in UTC; the day alone ("2016-11-03") where the hour is not known; null without a stated
  date. `updated_at`: since when this text stands, null if it is the first.
- `dated`: `earliest` and `latest` day or null, `stated`: whether the date was read rather than inferred, `reason`: from
  what it was inferred, empty for a stated one.
- `corrections`: `kind`, `note`, `made_at`, `edition`, newest first.
- `citation`: the line to copy; `cite`: where it is for programs (`bibtex`, `ris`, `csl_json`), of this edition's text.
- `incomplete`: null for a whole story, "cut" where the text breaks off, "teaser" where only that is known.

A story at its own address, not one of its editions, has besides:

- `related`: stories near it, the nearest first; `previous` and `next`: the ones before and after it in its section, or
  null; `translations`: the same in other languages, `is_original` true of the one that this was translated from. Each is
  `story_id`, `url`, `headline`, `language`, `published_on` (a stated day, or null).
- `provenance`: the saved pages that an imported story was read from: `kind` in words, `address` on the old site ("" if
  not known), `read_at`, `is_teaser`, `inferred` (what no page states), `repairs` (`rule`, `was`, `now`, `line`),
  `more_repairs` (how many there are beside these).

An entry of a list has the same keys but `body_html`, `body_text`, `pictures` and `corrections`, and `excerpt` besides.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.encoding import iri_to_uri

from articles.feeds.answers import absolute, iso
from articles.models import citing_stories
from articles.models.correction import Correction, CorrectionKind
from articles.models.edition import Completeness, Edition
from articles.models.edition_rows import names_of
from articles.models.neighbours import Neighbour, Neighbours
from articles.models.shelf import Page, Shelf
from articles.models.where_from import Source
from media.models import CaptionState
from newsroom.keyset import Cursor


def name_contributors(editions: Sequence[Edition]) -> None:
    """Bring the names of all these editions' contributors at once: one query."""
    names: dict[int, dict[str, str]] = {edition.pk: {} for edition in editions}
    for key, slug, name in names_of(list(names)):
        names[key][slug] = name
    for edition in editions:
        setattr(edition, _NAMES, names[edition.pk])


# Where an edition in hand has the names of its contributors, by their slugs.
_NAMES = "_contributors_named"


def story(edition: Edition, notices: Iterable[Correction]) -> dict[str, Any]:
    """Return one edition of a story, whole."""
    return {
        **_facts(edition),
        "body_html": edition.body_html,
        "body_text": edition.body_text,
        "pictures": [_printed(one) for one in edition.shown_pictures if "withdrawn_on" not in one],
        "corrections": [_notice(one) for one in notices],
        **cited(edition, edition.get_absolute_url()),
    }


def cited(edition: Edition, path: str, story: str = "") -> dict[str, Any]:
    """Return how an edition is cited; the files are beside the page at `path`, `story` is its story's where that differs."""
    stem = absolute(path).removesuffix("/")
    return {
        "citation": citing_stories.in_a_line(edition, story),
        "cite": {"bibtex": f"{stem}.bib", "ris": f"{stem}.ris", "csl_json": f"{stem}.csl.json"},
    }


def around(found: Neighbours) -> dict[str, Any]:
    """Return what stands around a story: related ones, the ones before and after it, translations, sources."""
    return {
        "related": [_neighbour(one) for one in found.related],
        "previous": _neighbour(found.before) if found.before else None,
        "next": _neighbour(found.after) if found.after else None,
        "translations": [_neighbour(one) | {"is_original": one.is_original} for one in found.translations],
        "provenance": [_source(one) for one in found.sources],
    }


def _neighbour(one: Neighbour) -> dict[str, Any]:
    return {
        "story_id": str(one.story_id),
        "url": absolute(one.get_absolute_url()),
        "headline": one.headline,
        "language": one.language,
        "published_on": one.published_on.isoformat() if one.published_on else None,
    }


def _source(one: Source) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "address": one.address,
        "read_at": iso(one.read_at),
        "is_teaser": one.is_teaser,
        "inferred": list(one.inferred),
        "more_repairs": one.more,
        "repairs": [
            {"rule": fix.rule, "was": fix.was, "now": fix.now, "line": fix.line} for fix in one.repairs
        ],
    }


def entry(edition: Edition) -> dict[str, Any]:
    """Return one story as it stands in a list."""
    return {**_facts(edition), "excerpt": edition.excerpt}


def _facts(edition: Edition) -> dict[str, Any]:
    dating = edition.dating
    return {
        "story_id": str(edition.story_id),
        "url": absolute(edition.get_absolute_url()),
        "headline": edition.headline,
        "slug": edition.slug,
        "kicker": edition.kicker,
        "standfirst": edition.standfirst,
        "dateline": edition.dateline,
        "language": edition.language,
        "section": edition.section.name if edition.section else None,
        "bylines": bylines(edition),
        "tags": [{"name": tag["name"], "kind": tag["kind"]} for tag in edition.filed_tags],
        "published_at": _published(edition),
        "updated_at": iso(edition.updated_at),
        "dated": {
            "earliest": dating.earliest.isoformat() if dating.earliest else None,
            "latest": dating.latest.isoformat() if dating.latest else None,
            "stated": dating.is_stated,
            "reason": dating.reason,
        },
        "edition": edition.number,
        "digest": edition.digest,
        "incomplete": None if edition.completeness == Completeness.WHOLE else str(edition.completeness),
    }


def bylines(edition: Edition) -> list[dict[str, str]]:
    """Return the names over an edition, in order; asks for the contributors unless `name_contributors` brought them."""
    if not hasattr(edition, _NAMES):
        name_contributors([edition])
    names: dict[str, str] = getattr(edition, _NAMES)
    return [
        {
            "name": names.get(line["contributor"], line["as_printed"]),
            "role": line["role"],
            "as_printed": line["as_printed"],
        }
        for line in edition.bylines
    ]


def _published(edition: Edition) -> str | None:
    if edition.published_at is None or edition.is_time_known:
        return iso(edition.published_at)
    return edition.published_on.isoformat() if edition.published_on else None


def _printed(picture: Mapping[str, Any]) -> dict[str, Any]:
    state = CaptionState.of(picture["caption"])
    caption = {CaptionState.ABSENT: None, CaptionState.EMPTY: ""}.get(state, picture["caption"])
    return {
        "media_id": picture["media_id"],
        "caption": caption,
        "caption_state": str(state),
        "credit": picture["credit"],
        "alt": picture["alt"],
    }


def _notice(correction: Correction) -> dict[str, Any]:
    return {
        "kind": correction.kind,
        "note": correction.note,
        "made_at": iso(correction.made_at),
        "edition": correction.edition.number if correction.edition else None,
    }


def notice(correction: Correction, standing: Edition | None) -> dict[str, Any]:
    """Return a notice as it stands in the list of all; `standing` is the story's edition in force, if it has one.

    Beside its own keys `severity` (of a correction), `changes` (the lines before and after: `part`, and `spans` of
    [same, gone or new, words]) and `redline` (where all of it is shown), as long as readers may see both versions.
    """
    path = standing.get_absolute_url() if standing else f"/story/{correction.story_id}/"
    if standing and correction.edition:
        told: Any = correction
        told.edition_number, told.slug_now = correction.edition.number, standing.slug
    return {
        **_notice(correction),
        "severity": str(correction.severity) if correction.kind == CorrectionKind.CORRECTION else None,
        "changes": correction.shown_changes,
        "redline": absolute(correction.redline_path) if correction.redline_path else None,
        "story_id": str(correction.story_id),
        "url": absolute(path),
        "headline": standing.headline if standing else None,
    }


def page(entries: list[dict[str, Any]], path: str, following: Cursor | None) -> dict[str, Any]:
    """Return one page of the list at `path`; `next` is the path of the page that follows, or null."""
    here = iri_to_uri(json_path(path))
    return {"items": entries, "next": f"{here}?after={following}" if following else None}


def json_path(path: str) -> str:
    """Return where the data of the page at `path` is: `.json` in place of the last slash."""
    return "/index.json" if path == "/" else f"{path.removesuffix('/')}.json"


def shelf_page(shelf: Shelf, shown: Page) -> dict[str, Any]:
    """Return one page of a shelf: one query, for the contributors' names."""
    name_contributors(shown.editions)
    return page([entry(one) for one in shown.editions], shelf.path, shown.next)

"""Says a picture as plain values.

- `media_id`, `url`; `caption` (null, "" or text), `caption_state`, `alt`, `described` (the extended description).
- `credit`, `creator`, `copyright`, `place`: strings, empty where nobody said; `keywords`: strings; `taken_on`: a day or
  null.
- `rights`: `class`, `holder`, `terms`, `until` (a day or null), `web` (the holder's own statement), `in_words`.
- `made_with_ai`; `made`: how it came about, in words; `source_type`: the IPTC's address of that, or "".
- `has_file`; `width`, `height` of the original, upright; `files`: slot -> format -> `url`, `width`, `height`, smallest first.
- `history`: all that readers ever saw under it, newest first: `caption`, `caption_state`, `from`, `until` (null: still, or
  an edition), `source` ("library" or "story"); of a story also `story_id`, `headline`, `edition`, `url`.
- `items`: the stories that show it, as every list has them, and `in_force` (false: only an earlier edition shows it) and
  `printed` (what stood under it there). `next`: where they go on; `history` has the stories of this page.
- `citation`, and where it is for programs: `cite`.
"""

from typing import Any

from articles.feeds import shapes
from articles.feeds.answers import absolute, iso
from articles.models import citing, picture_uses
from articles.models.contributor import Contributor
from articles.models.picture_uses import Use, Wording
from articles.models.public_picture import PublicPicture
from articles.models.shelf import PAGE
from media import source_types
from media.models import CaptionState, Picture, RightsClass
from newsroom.keyset import Cursor


def picture(found: PublicPicture, uses: list[Use]) -> dict[str, Any]:
    """Return a picture whole, with one page of its uses; asks once more, for the contributors' names."""
    shown = uses[:PAGE]
    shapes.name_contributors([use.edition for use in shown])
    following = (
        shown[-1].edition.cursor.of(picture_uses.list_of_uses(str(found.row.media_id)))
        if len(uses) > PAGE
        else None
    )
    return {
        **_facts(found),
        "history": [_wording(one) for one in picture_uses.history(found, shown)],
        "citation": citing.in_a_line(found),
        "cite": {
            name: absolute(f"{found.path.removesuffix('/')}.{ending}")
            for name, ending in (("bibtex", "bib"), ("ris", "ris"), ("csl_json", "csl.json"))
        },
        **shapes.page([_use(one) for one in shown], found.path, following),
    }


def credited(
    contributor: Contributor, shown: list[PublicPicture], following: Cursor | None
) -> dict[str, Any]:
    """Return one page of a contributor's pictures."""
    facts = shapes.page(
        [_facts(one) for one in shown], f"{contributor.get_absolute_url()}pictures/", following
    )
    return {"name": contributor.name, "url": absolute(f"{contributor.get_absolute_url()}pictures/"), **facts}


def withdrawn(found: PublicPicture) -> dict[str, Any]:
    """Return what stands in the place of a picture that is no longer shown."""
    return {"media_id": found.row.media_id, "notice": found.notice, "withdrawn_at": iso(found.gone_since)}


def _facts(found: PublicPicture) -> dict[str, Any]:
    row = found.row
    return {
        "media_id": row.media_id,
        "url": absolute(found.path),
        **_said(row.caption_in_force),
        "credit": row.credit,
        "alt": row.alt,
        "described": row.alt_long,
        "creator": row.creator,
        "copyright": row.copyright,
        "rights": _rights(found),
        "place": row.place,
        "keywords": [str(one) for one in row.keywords],
        "taken_on": row.taken_on.isoformat() if row.taken_on else None,
        "made_with_ai": row.is_made_by_ai,
        "made": source_types.in_words(row.source_type),
        "source_type": source_types.address(row.source_type),
        "has_file": row.has_file,
        "width": row.width,
        "height": row.height,
        "files": _files(found),
    }


def _rights(found: PublicPicture) -> dict[str, Any]:
    row = found.row
    return {
        "class": row.rights_class,
        "holder": row.rights_holder,
        "terms": row.rights_terms,
        "until": row.rights_end_on.isoformat() if row.rights_end_on else None,
        "web": found.web_statement,
        "in_words": _rights_in_words(row),
    }


def _rights_in_words(row: Picture) -> str:
    on_what_ground = (
        "not known" if row.rights_class == RightsClass.UNKNOWN else row.get_rights_class_display()
    )
    until = row.rights_end_on
    sentences = [
        ", ".join(one for one in (f"Rights: {on_what_ground}", row.rights_holder) if one),
        row.rights_terms.strip().rstrip("."),
        f"Until {until.day} {until:%B} {until.year}" if until else "",
    ]
    return " ".join(f"{one}." for one in sentences if one)


def _files(found: PublicPicture) -> dict[str, dict[str, list[dict[str, Any]]]]:
    files: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for copy in found.copies:
        for kind in copy.formats:
            address = absolute(f"/images/{copy.file_name(kind)}")
            one = {"url": address, "width": copy.width, "height": copy.height}
            files.setdefault(copy.slot, {}).setdefault(kind, []).append(one)
    return files


def _said(caption: str | None) -> dict[str, Any]:
    state = CaptionState.of(caption)
    in_its_state = {CaptionState.ABSENT: None, CaptionState.EMPTY: ""}.get(state, caption)
    return {"caption": in_its_state, "caption_state": str(state)}


def _wording(one: Wording) -> dict[str, Any]:
    facts = {**_said(one.caption), "from": iso(one.since), "until": iso(one.until)}
    edition = one.edition
    if edition is None:
        return {**facts, "source": "library"}
    return {
        **facts,
        "source": "story",
        "story_id": str(edition.story_id),
        "headline": edition.headline,
        "edition": edition.number,
        "url": absolute(f"{edition.get_absolute_url()}editions/{edition.number}/"),
    }


def _use(use: Use) -> dict[str, Any]:
    printed = [
        {**_said(one.caption), "from": iso(one.since), "edition": one.edition.number if one.edition else None}
        for one in use.printed
    ]
    facts = {"url": absolute(use.path), "in_force": use.is_in_force, "printed": printed}
    return {**shapes.entry(use.edition), **facts}

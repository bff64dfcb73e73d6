"""What pages show of the pictures an edition printed, as they are in the library now: their copies, or why there are none."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from media.facts import web_address
from media.models import CaptionState, Picture, Slot


def entry(printed: Mapping[str, Any], picture: Picture, *, is_inline: bool, is_led: bool) -> dict[str, Any]:
    """Return a picture as pages show it: of one that was killed, no more than that it stood there.

    `is_led` says that lists and the front page may show it, and so want it in every shape. A credit that the caption
    already ends with is not said twice.
    """
    if picture.killed_at is not None:
        return {
            "media_id": printed["media_id"],
            "is_inline": is_inline,
            "withdrawn_on": timezone.localtime(picture.killed_at).date().isoformat(),
            "notice": picture.kill_notice,
            "src": "",
        }
    copies = picture.copies()
    said = printed["credit"] and printed["credit"] in (printed["caption"] or "")
    best = copies[-1] if copies else None
    return {
        "media_id": printed["media_id"],
        "caption": printed["caption"],
        "caption_state": str(CaptionState.of(printed["caption"])),
        "credit": "" if said else printed["credit"],
        "alt": printed["alt"],
        "is_inline": is_inline,
        "is_made_by_ai": picture.is_made_by_ai,
        "creator": picture.creator,
        "license": web_address(picture.said_in_file.get("web_statement")),
        "src": best.url if best else "",
        "srcset": ", ".join(f"{copy.url} {copy.width}w" for copy in copies),
        "width": best.width if best else None,
        "height": best.height if best else None,
        **_files(picture, Slot.values if is_led else [Slot.WHOLE]),
    }


def _files(picture: Picture, slots: list[str]) -> dict[str, Any]:
    """Return the copies by slot, and the formats that every one of them has, the lightest first."""
    copies = {
        slot: found
        for slot in map(str, slots)
        if (found := [one for one in picture.copies(slot) if one.formats])
    }
    every = [set(one.formats) for found in copies.values() for one in found]
    return {
        "copies": {
            slot: [[one.name, one.width, one.height] for one in found] for slot, found in copies.items()
        },
        "formats": [kind for kind in ("avif", "webp", "jpg") if every and all(kind in one for one in every)],
    }

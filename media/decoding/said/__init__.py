"""Says what a file says of itself: IPTC, XMP and EXIF under the newsroom's names, weighed against each other."""

import json
import re
from pathlib import Path
from typing import Any

from PIL import ImageFile

from media.decoding.said import blocks, exif, iptc, weighing, xmp
from media.decoding.said.fields import FIELDS, MADE_BY_AI

# Together with all that frames it, what one file may say (characters of JSON).
MOST = 250_000
# What cameras and their makers' programs write where a caption would stand.
_CAMERA_NOISE = re.compile(
    r"(olympus|minolta|konica minolta|samsung|kodak|sanyo|vivitar|polaroid)?\s*(digital|dig\.?) (still )?camera\s*"
    r"|sony dsc|minolta dsc|dcim|dsc\d*|dcf 1\.0|exif[_ ]jpeg([_ ]picture)?|jpeg image|my beautiful picture|default"
    r"|samsung( camera pictures)?|<?kenox.*|<?digimax.*|user comments?|(kodak )?digital still camera|binary comment",
    re.IGNORECASE,
)
_NUMBERS = {"model_ages", "most_width", "most_height"}
_NOBODY = re.compile(r"unknown|picasa|none|n/?a|photographer|camera owner.*|\W*", re.IGNORECASE)


def said_in(picture: ImageFile.ImageFile, file: Path) -> dict[str, Any]:
    """Return `said` (all that is kept, by our names), `disagreements`, and for short `caption`, `credit` and `alt`.

    `caption` is None where nothing is said and "" where it was left empty; `credit` is the credit line, else the
    creators. Texts that XMP has in several languages are the one for all, the others stand in `caption_in` and the like.
    Which block is in force: see `weighing`.
    """
    held = blocks.found_in(picture, file)
    from_iptc, full = iptc.read(held.iptc)
    by_block = {"iptc": dict(from_iptc), "xmp": xmp.read(held.xmp), "exif": exif.read(picture)}
    for block, one in by_block.items():
        _drop_noise(one, by_camera=block == "exif")
    order = weighing.order(held)
    said = _bounded(_worded(weighing.in_force(by_block, order, full)))
    if said.get("digital_source_type"):
        said["made_by_ai"] = said["digital_source_type"].rstrip("/").rsplit("/", 1)[-1] in MADE_BY_AI
    credit = said.get("credit") or ", ".join(said.get("creator", []))
    return {
        "caption": said.get("caption"),
        "credit": credit[:300],
        "alt": said.get("alt", ""),
        "said": said,
        "disagreements": weighing.disagreements(by_block, order, full),
    }


def _worded(said: dict[str, Any]) -> dict[str, Any]:
    """Return what says something (of captions alone does an empty one), numbers as numbers."""
    kept = {name: value for name, value in said.items() if value or name == "caption"}
    for name in _NUMBERS & kept.keys():
        texts = kept[name] if isinstance(kept[name], list) else [kept[name]]
        numbers = [int(one) for one in texts if one.isascii() and one.isdigit()]
        kept[name] = numbers if isinstance(kept[name], list) else (numbers or texts)[0]
    return kept


def _drop_noise(said: dict[str, Any], *, by_camera: bool) -> None:
    for name in ("caption", "headline", "name"):
        text = said.get(name, "").strip()
        # A number alone is a camera's count of its pictures where a camera wrote it, else a title somebody gave.
        if text and (_CAMERA_NOISE.fullmatch(text) or (by_camera and text.isdigit())):
            del said[name]
    if "creator" in said:
        said["creator"] = [one for one in said["creator"] if not _NOBODY.fullmatch(one)]
        if not said["creator"]:
            del said["creator"]


def _bounded(said: dict[str, Any]) -> dict[str, Any]:
    """Return the fields in the order of their worth, as many as have room."""
    names = [name for field in FIELDS for name in (field.name, f"{field.name}_in")]
    kept, left = {}, MOST
    for name in dict.fromkeys((*names, *said)):
        if name in said:
            left -= len(json.dumps(said[name]))
            if left >= 0:
                kept[name] = said[name]
    return kept

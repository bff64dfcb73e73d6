"""Weighs what the blocks of one file say against each other: what is in force, and where they disagree.

The rule is that of the Metadata Working Group (Guidelines 2.0, 5.2) and the IPTC. A program that knows XMP leaves an
MD5 of the IPTC block beside it. While the digest fits, or where there is none, XMP is in force: it holds long texts
whole, in every script. A digest that no longer fits tells that somebody changed IPTC later with a program that knows no
XMP: then IPTC is in force. EXIF fills in what neither says, since cameras write it and few people do.

An IPTC value that was cut at its most bytes, blanks, line ends, Unicode form and letters that EXIF's ASCII cannot hold
are no disagreement. Whatever is in force, the other values are kept and shown.
"""

import hashlib
import re
import unicodedata
from typing import Any

from media.decoding.said import dates
from media.decoding.said.blocks import Blocks
from media.decoding.said.fields import FIELDS, Field, Kind

Said = dict[str, Any]


def order(blocks: Blocks) -> tuple[str, ...]:
    """Return the names of the blocks, the one in force first."""
    is_stale = (
        blocks.iptc
        and any(blocks.digest)
        and hashlib.md5(blocks.iptc, usedforsecurity=False).digest() != blocks.digest
    )
    return ("iptc", "xmp", "exif") if is_stale else ("xmp", "iptc", "exif")


def in_force(said: dict[str, Said], ordered: tuple[str, ...], full: set[str]) -> Said:
    """Return one dict of what holds; `said` is by block, `full` names the IPTC fields that may have been cut."""
    kept: Said = {}
    for name in dict.fromkeys(name for block in ordered for name in said[block]):
        values = [(block, said[block][name]) for block in ordered if name in said[block]]
        block, value = next(((block, one) for block, one in values if one), values[0])
        if name == "taken_at":
            agreeing = [one for _, one in values if dates.same(one, value)]
            value = max(agreeing, key=len)
        elif block == "iptc" and name in full and said["xmp"].get(name):
            value = said["xmp"][name] if _is_cut(value, said["xmp"][name]) else value
        kept[name] = value
    return kept


def disagreements(said: dict[str, Said], ordered: tuple[str, ...], full: set[str]) -> list[dict[str, Any]]:
    """Return {"field", "iptc", "xmp", "exif", "in_force"} for each field that two blocks say differently.

    A value is a text (lists joined by "; ") or None where the block says nothing.
    """
    found = []
    for field in FIELDS:
        values = {block: said[block].get(field.name) for block in ordered}
        stated = [(block, value) for block, value in values.items() if value]
        if not field.compared or len(stated) < 2:
            continue
        if any(not _agree(field, stated[0], other, full) for other in stated[1:]) or (
            len(stated) == 3 and not _agree(field, stated[1], stated[2], full)
        ):
            shown = {block: _shown(value) for block, value in values.items()}
            found.append({"field": field.name, **shown, "in_force": stated[0][0]})
    return found


def _agree(field: Field, one: tuple[str, Any], other: tuple[str, Any], full: set[str]) -> bool:
    if field.kind is Kind.DATE:
        return dates.same(one[1], other[1])
    blocks = {one[0]: one[1], other[0]: other[1]}
    if field.kind is Kind.LIST:
        return _lists_agree(field, blocks, full)
    first, second = _plain(one[1]), _plain(other[1])
    if first == second:
        return True
    if "exif" in blocks:
        theirs, ours = _plain(blocks.pop("exif")), _plain(next(iter(blocks.values())))
        return theirs == _in_ascii(ours)
    return field.name in full and _is_cut(blocks["iptc"], blocks["xmp"])


def _lists_agree(field: Field, blocks: dict[str, list[str]], full: set[str]) -> bool:
    """The order of keywords says nothing; that of creators does."""
    first, second = ([_plain(text) for text in texts] for texts in blocks.values())
    if field.name == "keywords":
        first, second = sorted(set(first)), sorted(set(second))
    if first == second:
        return True
    if "exif" in blocks:
        theirs = [_plain(one) for one in blocks["exif"]]
        return theirs == [
            _in_ascii(_plain(one)) for block, texts in blocks.items() if block != "exif" for one in texts
        ]
    if field.name not in full or len(blocks["iptc"]) != len(blocks["xmp"]):
        return False
    short, whole = (sorted(map(_plain, blocks[block])) for block in ("iptc", "xmp"))
    return all(_is_cut(one, other) for one, other in zip(short, whole, strict=True))


def _is_cut(short: Any, whole: Any) -> bool:
    """Say whether `short` is `whole` up to the place where a dataset was full."""
    if isinstance(short, list):
        return len(short) <= len(whole) and all(map(_is_cut, short, whole))
    return _plain(whole).startswith(_plain(short).rstrip("\ufffd"))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def _in_ascii(text: str) -> str:
    return text.encode("ascii", "replace").decode()


def _shown(value: Any) -> str | None:
    return "; ".join(value) if isinstance(value, list) else value

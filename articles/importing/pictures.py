"""Brings pictures into the library: by Media ID where one is printed, by their caption where the number is lost."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from articles.importing.reading.page import MediaBlock
from articles.models import PrintedPicture
from articles.prose import without_controls
from media import signals
from media.intake import enter, enter_many
from media.models import CaptionLayer, CaptionVersion, Picture
from newsroom.folding import fold_words

CREDIT = 300
# So many are asked for in one query.
AT_ONCE = 500
Known = tuple[str | None, str | None]


def place(
    block: MediaBlock, beside: Sequence[PrintedPicture], known: Picture | None = None
) -> PrintedPicture:
    """Return how a story prints the picture of `block`; the library's row, `known` where it was looked up, is made or completed.

    `beside` are pictures the story has already: a caption without Media ID that says the same is one of them.
    """
    caption = _caption(block)
    if block.media_id is None:
        same = next((one for one in beside if says_the_same(one.caption, caption)), None)
        if same is not None:
            return same
    row = in_library(block, known)
    own = caption if caption != row.caption_in_force else None
    return PrintedPicture(row.pk, row.media_id, caption, _credit(block), row.alt, own)


def known_by(block: MediaBlock) -> Known:
    """Return what the library knows a picture by: its Media ID, else its caption."""
    return block.media_id, None if block.media_id else _caption(block)


def look_up(blocks: Iterable[MediaBlock]) -> dict[Known, Picture]:
    """Return the library's rows of many pictures, those that are new entered together: a few queries for a thousand of them."""
    wanted: dict[Known, MediaBlock] = {}
    for block in blocks:
        wanted.setdefault(known_by(block), block)
    found: dict[Known, Picture] = {}
    numbers = [number for number, _ in wanted if number]
    for start in range(0, len(numbers), AT_ONCE):
        rows = Picture.objects.filter(media_id__in=numbers[start : start + AT_ONCE])
        found |= {(row.media_id, None): row for row in rows.select_related("alias_of")}
    captions = [caption for number, caption in wanted if not number and caption is not None]
    for start in range(0, len(captions), AT_ONCE):
        nameless = _nameless().filter(caption__in=captions[start : start + AT_ONCE])
        found |= {(None, row.caption): row for row in nameless.order_by("-pk")}
    new = [block for known, block in wanted.items() if known not in found]
    entered = enter_many({"media_id": block.media_id, **_facts(block)} for block in new)
    return found | {(row.media_id, None if row.media_id else row.caption): row for row in entered}


def in_library(block: MediaBlock, known: Picture | None = None) -> Picture:
    """Return the picture's row in the library. Its caption is the first that any page gives, and is not overwritten."""
    facts = _facts(block)
    if known is not None and (block.media_id is None or not _missing(known.in_force, facts)):
        return known
    if block.media_id is None:
        return _nameless().filter(caption=facts["caption"]).first() or enter(by=None, media_id=None, **facts)
    row = Picture.objects.filter(media_id=block.media_id).select_related("alias_of").first()
    if row is None:
        return enter(by=None, media_id=block.media_id, **facts)
    _complete(row.in_force, facts)
    return row


def _nameless() -> QuerySet[Picture]:
    return Picture.objects.filter(media_id=None, released_at=None)


def _facts(block: MediaBlock) -> dict[str, Any]:
    return {
        "caption": _caption(block),
        "credit": _credit(block),
        "taken_on": block.caption_date.day if block.caption_date else None,
    }


def _missing(row: Picture, facts: Mapping[str, Any]) -> list[str]:
    return [
        name
        for name, value in facts.items()
        if value and not getattr(row, name) and (name != "caption" or not row.file_caption)
    ]


def _complete(row: Picture, facts: Mapping[str, Any]) -> None:
    """Write what a page knows and the library does not; what was said stays."""
    missing = _missing(row, facts)
    if not missing:
        return
    for name in missing:
        setattr(row, name, facts[name])
    row.version += 1
    row.search_text = row.searched()
    row.save(update_fields=[*missing, "version", "search_text"])
    if "caption" in missing:
        CaptionVersion.objects.create(picture=row, layer=CaptionLayer.LIBRARY, caption=row.caption)
    signals.after_commit(row, ["taken_in"], by=None)


def says_the_same(one: str | None, other: str | None) -> bool:
    """Say whether two captions differ in nothing but quotes, spaces and case, or one is the opening of the other."""
    short, long = sorted((fold_words(one or ""), fold_words(other or "")), key=len)
    return bool(short) and (short == long or (len(short) >= 40 and long.startswith(short)))


def joined(own: Sequence[PrintedPicture], more: Sequence[PrintedPicture]) -> tuple[PrintedPicture, ...]:
    """Return the pictures of `own` and those of `more` that are not among them, each once.

    Of two that say the same, one with and one without its Media ID, the one with it stays.
    """
    kept: list[PrintedPicture] = []
    for one in (*own, *more):
        alike = [there for there in kept if says_the_same(one.caption, there.caption)]
        if any(one.picture == there.picture for there in kept) or (alike and one.media_id is None):
            continue
        nameless = next((there for there in alike if there.media_id is None), None)
        if nameless is None:
            kept.append(one)
        else:
            kept[kept.index(nameless)] = one
    return tuple(kept)


def _caption(block: MediaBlock) -> str | None:
    if block.caption_state == "absent":
        return None
    return without_controls(block.caption or "")


def _credit(block: MediaBlock) -> str:
    return without_controls(block.credit or "")[:CREDIT]

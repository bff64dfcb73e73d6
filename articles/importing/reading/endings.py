"""Whether the saved text breaks off before its end."""

from __future__ import annotations

from collections.abc import Sequence

from articles.importing.reading.bodies import ends_whole
from articles.importing.reading.page import Cut, Entry, MediaBlock, Paragraph

# Whoever saved the archive kept the first 2,000 characters of a page, and of those often only whole paragraphs.
SAVED_LENGTH = 2_000
_NEAR = 1_800


def cut_text(paragraphs: Sequence[Paragraph], characters: int, *, cut_character: bool) -> Cut:
    """For a story's own text; `characters` is the length of the whole page."""
    if not paragraphs:
        return Cut("no")
    last = paragraphs[-1]
    line = last.lines[-1] if last.lines else last.line
    if cut_character:
        return Cut("certain", "The file ends within a character.", line)
    if not ends_whole(last.text):
        where = "in mid-word or mid-sentence" if last.text[-1:].isalnum() else "in mid-sentence"
        if len(last.text) < 60 and characters < _NEAR and last.text[:1].isupper():
            return Cut("likely", "The last line is short and has no full stop.", line)
        return Cut("certain", f"The text ends {where}.", line)
    if _NEAR <= characters <= SAVED_LENGTH:
        short = SAVED_LENGTH - characters
        return Cut(
            "likely",
            f"The page ends {short} characters short of {SAVED_LENGTH:,}, where this archive's pages were cut: "
            "paragraphs may be missing.",
            line,
        )
    if last.text.endswith(("...", "…")):
        return Cut("likely", "The text ends with dots.", line)
    return Cut("no")


def cut_caption(media: Sequence[MediaBlock], *, cut_character: bool) -> Cut:
    """For a picture's page: its caption ends with a credit or a full stop."""
    last = next((block for block in reversed(media) if block.caption), None)
    if last is None or last.caption is None:
        return Cut("no")
    if cut_character:
        return Cut("certain", "The file ends within a character.", last.lines[-1])
    if last.credit is None and not ends_whole(last.caption) and len(last.caption) >= 120:
        return Cut("likely", "The caption ends in mid-sentence.", last.lines[-1])
    return Cut("no")


def cut_list(entries: Sequence[Entry], *, cut_character: bool) -> Cut:
    """For a list: its last story breaks off where the others have their mark."""
    if not entries:
        return Cut("no")
    last = entries[-1]
    if cut_character:
        return Cut("certain", "The file ends within a character.", last.lines[-1])
    teasers = [entry for entry in entries[:-1] if entry.teaser]
    if last.teaser is None and last.headline is None and len(entries) > 1:
        return Cut(
            "likely",
            "The last story of the list has a picture and neither headline nor teaser.",
            last.lines[-1],
        )
    if last.teaser is None and len(teasers) * 2 > len(entries) - 1:
        return Cut("likely", "The last story of the list has no teaser.", last.lines[-1])
    marked = sum(bool(entry.cut_mark) or entry.cut_mark is None for entry in teasers)
    if last.cut_mark == "" and marked * 2 >= len(teasers):
        return Cut("certain", "The last teaser ends without its dots.", last.lines[-1])
    return Cut("no")

"""Sets beside a correction what it changed: the lines of the two editions that differ, kept with the note."""

from typing import Any

from articles.models import Edition
from articles.redline import Line, redline

# What stands beside a note is for reading: so many lines, and so many characters of each.
MOST_LINES, LONGEST_LINE = 12, 1_500
PARTS = (("headline", "Headline"), ("standfirst", "Standfirst"), ("body_text", ""))


def changes_between(before: Edition, after: Edition) -> list[dict[str, Any]]:
    """Return the lines that differ, each as `part` ("" for the text) and `spans`: [kind, words], kind same, gone or new."""
    found = [
        {"part": part, "spans": spans}
        for name, part in PARTS
        for line in redline(getattr(before, name), getattr(after, name))
        if not line.is_same and (spans := _spans(line))
    ]
    found += [{"part": part, "spans": spans} for part, spans in _captions(before, after)]
    return found[:MOST_LINES]


def _spans(line: Line) -> list[list[str]]:
    room, spans = LONGEST_LINE, []
    for span in line.spans:
        text = span.text if len(span.text) <= room else span.text[: max(room, 0)] + "…"
        if text and room > 0:
            spans.append([str(span.kind), text])
        room -= len(span.text)
    return spans


def _captions(before: Edition, after: Edition) -> list[tuple[str, list[list[str]]]]:
    was = {one["picture"]: one["caption"] or "" for one in before.pictures}
    found = []
    for one in after.pictures:
        said = was.get(one["picture"])
        if said is None or said == (one["caption"] or ""):
            continue
        found += [
            ("Caption", _spans(line)) for line in redline(said, one["caption"] or "") if not line.is_same
        ]
    return found

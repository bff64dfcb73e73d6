"""What changed between two published versions of a story, part by part: for its pages, its data and the line in its history."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import prose
from articles.models.edition import Completeness, Edition
from articles.redline import Line
from articles.redline.long import compared

PARTS = {
    "kicker": gettext_lazy("Kicker"),
    "headline": gettext_lazy("Headline"),
    "standfirst": gettext_lazy("Standfirst"),
    "byline": gettext_lazy("Byline"),
    "dateline": gettext_lazy("Dateline"),
    "section_as_printed": gettext_lazy("Section as printed"),
    "completeness": gettext_lazy("How much of it is known"),
}
SAID = {
    "caption": gettext_lazy("Caption"),
    "credit": gettext_lazy("Credit"),
    "alt": gettext_lazy("Alternative text"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the story that differs, with its lines."""

    name: str
    label: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class PictureChange:
    """What became of a picture: `fate` "in", "out" or "stays"; `said` the words under it that differ; its entry to draw it.

    Of one that was withdrawn since, nothing but that it stood there.
    """

    fate: str
    shown: Mapping[str, Any]
    said: list[Part] = field(default_factory=list)

    @property
    def is_withdrawn(self) -> bool:
        """Say whether the picture itself is no longer shown."""
        return "withdrawn_on" in self.shown


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs between an earlier and a later version; `text` are the lines of both, the same ones among them."""

    parts: list[Part]
    text: list[Line]
    is_by_words: bool
    is_markup_only: bool
    pictures: list[PictureChange]
    words_in: int
    words_out: int

    @property
    def changed(self) -> list[str]:
        """Return the names of what differs beside the words of the text."""
        names = [part.name for part in self.parts]
        if any(one.fate != "stays" for one in self.pictures):
            names.append("pictures")
        if any(one.said for one in self.pictures):
            names.append("captions")
        return [*names, "markup"] if self.is_markup_only else names

    @property
    def is_text_changed(self) -> bool:
        """Say whether the words of the text differ."""
        return any(not line.is_same for line in self.text)


def compare(before: Edition, after: Edition) -> Comparison:
    """Return what differs between two versions of one story. Bounded: texts too long for that are compared by paragraphs."""
    text = compared(before.body_text, after.body_text)
    return Comparison(
        parts=list(_parts(before, after)),
        text=text.lines,
        is_by_words=text.is_by_words,
        is_markup_only=before.body_text == after.body_text and before.body != after.body,
        pictures=list(_pictures(before.shown_pictures, after.shown_pictures)),
        words_in=_words(text.lines, "new"),
        words_out=_words(text.lines, "gone"),
    )


def _words(lines: Iterable[Line], kind: str) -> int:
    return sum(prose.word_count(span.text) for line in lines for span in line.spans if span.kind == kind)


def _parts(before: Edition, after: Edition) -> Iterator[Part]:
    for name, label in PARTS.items():
        was, now = _said(before, name), _said(after, name)
        if was != now:
            yield Part(name, str(label), compared(was, now).lines)


def _said(edition: Edition, name: str) -> str:
    said = str(getattr(edition, name))
    return str(Completeness(said).label) if name == "completeness" else said


def _pictures(
    before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]
) -> Iterator[PictureChange]:
    """Give the pictures of the later version in their order, then those that it has no more."""
    was, now = _by_number(before), _by_number(after)
    for key, one in now.items():
        if key not in was:
            yield PictureChange("in", one)
        elif said := _words_under(was[key], one):
            yield PictureChange("stays", one, said)
    for key, one in was.items():
        if key not in now:
            yield PictureChange("out", one)


def _by_number(shown: Iterable[Mapping[str, Any]]) -> dict[tuple[str | None, int], Mapping[str, Any]]:
    """Return pictures by Media ID; those whose number is lost by how-manieth of them they are."""
    lost = 0
    found = {}
    for one in shown:
        lost += one["media_id"] is None
        found[(one["media_id"], 0 if one["media_id"] else lost)] = one
    return found


def _words_under(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[Part]:
    if "withdrawn_on" in was or "withdrawn_on" in now:
        return []
    return [
        Part(name, str(label), compared(_text(was, name), _text(now, name)).lines)
        for name, label in SAID.items()
        if _text(was, name) != _text(now, name)
    ]


def _text(shown: Mapping[str, Any], name: str) -> str:
    """Return the words under a picture; a caption that is absent and one that was left empty are said to be."""
    if name != "caption":
        return str(shown.get(name) or "")
    unsaid = {"absent": _("[no caption known]"), "empty": _("[caption left empty]")}
    return unsaid.get(shown["caption_state"], shown["caption"] or "")

"""Remembers through a whole run which rows the names of a corpus stand for: each is looked up, or made, once."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from articles.importing.lines import Line
from articles.importing.names import section_of
from articles.importing.pictures import Known, known_by, look_up, place
from articles.importing.reading.page import Label, MediaBlock
from articles.models import Contents, Contributor, PrintedByline, PrintedPicture, Section, Tag
from articles.workflow.editions import Filing, pictures_in_force
from articles.workflow.filing import contributor_named, tag_of_kind
from media.models import Picture

MOST_PICTURES = 20_000


@dataclass(slots=True)
class Names:
    """What was met so far. Nothing in it is older than the run."""

    _sections: dict[str, Section] = field(default_factory=dict)
    _people: dict[str, Contributor] = field(default_factory=dict)
    _tags: dict[str, Tag] = field(default_factory=dict)
    # Those met last: there are as many as stories, and a picture that ran once hardly runs again.
    _pictures: dict[tuple[Any, ...], PrintedPicture] = field(default_factory=dict)

    # Rows of the library, looked up for the lines at hand.
    _rows: dict[Known, Picture] = field(default_factory=dict)

    def meet(self, lines: Iterable[Line]) -> None:
        """Look up or enter the pictures of lines together: one by one, that takes longer than all else of a line."""
        every = (block for line in lines for block, _ in line.pictures)
        self._rows = look_up(block for block in every if _told(block) not in self._pictures)

    def contents(self, line: Line) -> Contents:
        """Return what a line says, its names as those of rows that are there."""
        section = self._section(line.section)
        people = [(self._person(name), role, printed) for name, role, printed in line.bylines]
        tags = dict.fromkeys(self._tag(name, kind).name for name, kind in line.tags)
        pictures = {one.picture: one for one in (self._printed(*picture) for picture in line.pictures)}
        return Contents(
            **line.texts,
            section=section.slug if section else "",
            bylines=tuple(PrintedByline(person.slug, role, printed) for person, role, printed in people),
            tags=tuple(tags),
            pictures=tuple(pictures.values()),
        )

    def filing(self, contents: Iterable[Contents]) -> Filing:
        """Return the rows that these contents name, and no others."""
        every = list(contents)
        people = {row.slug: row for row in self._people.values()}
        tags = {row.name: row for row in self._tags.values()}
        sections = {row.slug: row for row in self._sections.values()}
        return Filing(
            sections={one.section: sections[one.section] for one in every if one.section},
            contributors={
                line.contributor: people[line.contributor] for one in every for line in one.bylines
            },
            tags={name: tags[name] for one in every for name in one.tags},
            pictures=pictures_in_force({line.picture for one in every for line in one.pictures}),
        )

    def _section(self, name: str) -> Section | None:
        if not name:
            return None
        if name not in self._sections:
            self._sections[name] = section_of(Label(name))
        return self._sections[name]

    def _person(self, name: str) -> Contributor:
        if name not in self._people:
            self._people[name] = contributor_named(name)
        return self._people[name]

    def _tag(self, name: str, kind: str) -> Tag:
        if name not in self._tags:
            self._tags[name] = tag_of_kind(name, kind=kind)
        return self._tags[name]

    def _printed(self, block: MediaBlock, alt: str) -> PrintedPicture:
        told = _told(block)
        if told not in self._pictures:
            if len(self._pictures) >= MOST_PICTURES:
                self._pictures.clear()
            self._pictures[told] = place(block, (), self._rows.get(known_by(block)))
        printed = self._pictures[told]
        return replace(printed, alt=alt, own_alt=alt) if alt else printed


def _told(block: MediaBlock) -> tuple[Any, ...]:
    return block.media_id, block.caption, block.caption_state, block.credit

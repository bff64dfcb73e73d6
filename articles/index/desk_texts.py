"""What the desk's search reads of a revision: its texts as readers would get them, and its sheet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from articles import prose
from articles.index.sheet import Sheet, spot, zoned
from articles.models.contents import Contents
from articles.models.contributor import Contributor
from articles.models.revision import Revision
from articles.models.section import Section
from articles.models.splices import ONTO, spliced
from articles.models.tag import Tag


@dataclass(frozen=True)
class Filing:
    """The rows behind the names that some contents are filed under: tags by name, people and sections by slug."""

    tags: Mapping[str, tuple[int, str]]
    people: Mapping[str, int]
    sections: Mapping[str, int]


@dataclass
class Text:
    """A revision as the search reads it, notes to the editor included."""

    revision: Revision
    contents: Contents
    filing: Filing

    def __post_init__(self) -> None:
        contents = self.contents
        self.headline, self.kicker, self.standfirst = contents.headline, contents.kicker, contents.standfirst
        self.dateline = contents.dateline
        self.byline = ", ".join(line.as_printed for line in contents.bylines)
        self.bylines: Sequence[Mapping[str, Any]] = [
            {"as_printed": line.as_printed} for line in contents.bylines
        ]
        self.pictures: Sequence[Mapping[str, Any]] = [
            {"caption": one.caption, "credit": one.credit} for one in contents.pictures
        ]

    @cached_property
    def body_text(self) -> str:
        """The body's text, and behind it the note to the desk."""
        return "\n".join(
            part for part in (prose.plain(self.contents.body, notes=True), self.contents.note) if part
        )

    @cached_property
    def excerpt(self) -> str:
        """How the text begins."""
        return prose.excerpt(self.body_text)

    @cached_property
    def sheet(self) -> Sheet:
        """What an index knows of it. Its day is that of the save."""
        (zones,) = zoned([self])
        row, contents, filing = self.revision, self.contents, self.filing
        tags = [filing.tags[name] for name in contents.tags if name in filing.tags]
        return Sheet(
            edition_id=row.pk,
            story_id=row.story_id,
            spot=spot(row.made_at, row.story_id),
            section=filing.sections.get(contents.section),
            tags=frozenset(key for key, _ in tags),
            kinds=frozenset(kind for _, kind in tags),
            people=frozenset(
                filing.people[line.contributor]
                for line in contents.bylines
                if line.contributor in filing.people
            ),
            on=timezone.localdate(row.made_at),
            language=contents.language,
            has_picture=bool(contents.pictures),
            media_ids=frozenset(one.media_id.casefold() for one in contents.pictures if one.media_id),
            said=zones.said,
            stems=zones.stems,
            words=zones.words,
        )


def texts_of(revisions: Sequence[Revision]) -> list[Text]:
    """Return revisions as the search reads them, in their order: four queries at most, however many."""
    whole = _wholes(revisions)
    read = [
        Contents.from_json(
            spliced(whole[row.story_id, row.contents[ONTO]], row.contents)
            if ONTO in row.contents
            else row.contents
        )
        for row in revisions
    ]
    filing = _filing(read) if read else Filing({}, {}, {})
    return [Text(row, contents, filing) for row, contents in zip(revisions, read, strict=True)]


def _wholes(revisions: Iterable[Revision]) -> dict[tuple[int, int], dict[str, Any]]:
    """Return the whole revisions that others hold their changes to."""
    wanted = {(row.story_id, int(row.contents[ONTO])) for row in revisions if ONTO in row.contents}
    if not wanted:
        return {}
    stories, numbers = zip(*wanted, strict=True)
    rows = Revision.objects.filter(story_id__in=set(stories), number__in=set(numbers)).order_by()
    found = rows.values_list("story_id", "number", "contents")
    return {(story, number): contents for story, number, contents in found if (story, number) in wanted}


def _filing(read: Iterable[Contents]) -> Filing:
    every = list(read)
    tags = {name for one in every for name in one.tags}
    people = {line.contributor for one in every for line in one.bylines}
    sections = {one.section for one in every} - {""}
    tag_rows = Tag.objects.filter(name__in=tags).values_list(
        "name", "pk", "kind", "alias_of", "alias_of__kind"
    )
    people_rows = Contributor.objects.filter(slug__in=people).values_list("slug", "pk", "alias_of")
    return Filing(
        {name: (alias or key, alias_kind or kind) for name, key, kind, alias, alias_kind in tag_rows}
        if tags
        else {},
        {slug: alias or key for slug, key, alias in people_rows} if people else {},
        dict(Section.objects.filter(slug__in=sections).values_list("slug", "pk")) if sections else {},
    )

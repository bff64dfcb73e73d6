"""Makes editions: composes one from contents, numbers, hashes and chains it, closes the one before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.template.loader import render_to_string
from django.utils.text import slugify

from articles import prose
from articles.models import (
    BylineRole,
    Completeness,
    Contents,
    Contributor,
    Dating,
    Edition,
    EditionByline,
    EditionPicture,
    EditionTag,
    EditionWord,
    PrintedByline,
    Section,
    Spelling,
    Tag,
    heading_words,
)
from articles.models.contributor import with_slugs
from articles.models.hashed import digest_of as digest_of
from articles.workflow import shelving
from articles.workflow.describing import describe
from articles.workflow.shown import entry
from media.models import CaptionState, Picture
from newsroom.folding import fold
from newsroom.language import speaking
from newsroom.prepared import prepared
from newsroom.rows import Row, Rows

# What hangs from an edition: of which kind, and its row.
Hanging = tuple[Rows, Row]
WORDS = Rows(EditionWord, "edition_id", "word")
BYLINES = Rows(
    EditionByline, "edition_id", "contributor_id", "role", "order", "is_first", "listed_at", "story_number"
)
TAGS = Rows(EditionTag, "edition_id", "tag_id", "listed_at", "story_number")
PICTURES = Rows(
    EditionPicture, "edition_id", "picture_id", "order", "caption_state", "listed_at", "story_number"
)
SPELLINGS = Rows(Spelling, "contributor_id", "as_printed", "folded")
HANGING = (WORDS, BYLINES, TAGS, PICTURES, SPELLINGS)
MOMENT_FIELDS = (
    "published_at",
    "published_on",
    "is_time_known",
    "dated_earliest",
    "dated_latest",
    "dated_reason",
)
DERIVED_FIELDS = ("rendered", "excerpt", "word_count", "shown_pictures", "filed_tags")


@dataclass(frozen=True, slots=True)
class Filing:
    """The rows an edition's names stand for, looked up once for a whole batch."""

    sections: Mapping[str, Section]
    contributors: Mapping[str, Contributor]
    tags: Mapping[str, Tag]
    pictures: Mapping[int, Picture]

    @classmethod
    def of(cls, contents: Iterable[Contents]) -> "Filing":
        """Look up every section, contributor, tag and picture that `contents` name, in a handful of queries."""
        every = list(contents)
        slugs = {line.contributor for one in every for line in one.bylines}
        names = {name for one in every for name in one.tags}
        keys = {line.picture for one in every for line in one.pictures}
        return cls(
            sections={row.slug: row for row in _sections([*{one.section for one in every}])},
            contributors={row.slug: row.alias_of or row for row in with_slugs([*slugs])},
            tags={row.name: row.in_force for row in _tags([*names])},
            pictures=pictures_in_force(keys),
        )


@prepared
def _sections(slugs: list[str]) -> QuerySet[Section]:
    return Section.objects.filter(slug__in=slugs)


@prepared
def _tags(names: list[str]) -> QuerySet[Tag]:
    tags: QuerySet[Tag] = Tag.objects.filter(name__in=names)
    return tags.select_related("alias_of")


def pictures_in_force(keys: Iterable[int]) -> dict[int, Picture]:
    """Return the pictures by the key under which they were printed: one that was merged is the one it became."""
    wanted = set(keys)
    leads = dict(_merged([*wanted]))
    standing = _standing([*{leads.get(key, key) for key in wanted}])
    prefetch_related_objects(standing, "renditions", "aliases")
    found = {row.pk: row for row in standing}
    return {key: found[leads.get(key, key)] for key in wanted if leads.get(key, key) in found}


@prepared
def _merged(keys: list[int]) -> QuerySet[Picture, Any]:
    return Picture.objects.filter(pk__in=keys, alias_of__isnull=False).values_list("pk", "alias_of_id")


@prepared
def _standing(keys: list[int]) -> QuerySet[Picture]:
    return Picture.objects.filter(pk__in=keys)


def slug_of(words: str, language: str) -> str:
    """Return the words of an address made from a slug as typed, or from a headline."""
    made = slugify(words, allow_unicode=language == "ar")[:120].strip("-")
    return made or "story"


def printed_byline(bylines: Sequence[PrintedByline], language: str) -> str:
    """Return the byline as one line: names in order, joined as the language joins them."""
    credited = [line for line in bylines if line.role != BylineRole.EDITOR] or list(bylines)
    names = list(dict.fromkeys(line.as_printed for line in credited))
    if len(names) < 2:
        return "".join(names)[:400]
    last = f" و{names[-1]}" if language == "ar" else f" and {names[-1]}"
    return (", ".join(names[:-1]) + last)[:400]


def compose(
    *,
    story_id: int,
    previous: Edition | None,
    kind: str,
    contents: Contents,
    filing: Filing,
    live_from: datetime,
    dating: Dating,
    completeness: str = Completeness.WHOLE,
    reason: str = "",
    by: Any = None,
) -> Edition:
    """Return a new edition, hashed and chained to `previous`, derived columns filled, not yet saved."""
    section = filing.sections.get(contents.section)
    edition = Edition(
        story_id=story_id,
        number=previous.number + 1 if previous else 1,
        previous_digest=previous.digest if previous else "",
        kind=kind,
        reason=reason,
        section=section,
        section_as_printed=section.name if section else "",
        completeness=completeness,
        live_from=live_from,
        made_by=by,
        **_text_columns(contents),
    )
    set_dating(edition, dating)
    edition.digest = digest_of(edition)
    derive(edition, filing.pictures)
    file_under(edition, [filing.tags[name] for name in contents.tags if name in filing.tags])
    return edition


def _text_columns(contents: Contents) -> dict[str, Any]:
    names = ("language", "kicker", "headline", "standfirst", "dateline")
    return {name: getattr(contents, name) for name in names} | {
        "body": prose.printed(contents.body),
        "slug": contents.slug or slug_of(contents.headline, contents.language),
        "byline": printed_byline(contents.bylines, contents.language),
        "bylines": [
            {"contributor": line.contributor, "role": str(line.role), "as_printed": line.as_printed}
            for line in contents.bylines
        ],
        "pictures": [
            {
                "picture": one.picture,
                "media_id": one.media_id,
                "caption": one.caption,
                "credit": one.credit,
                "alt": one.alt,
            }
            for one in contents.pictures
        ],
    }


def says_the_same(edition: Edition, contents: Contents) -> bool:
    """Say whether `edition` already prints exactly what `contents` would."""
    section = edition.section.slug if edition.section else ""
    columns = _text_columns(contents)
    pictures = columns.pop("pictures")
    if section != contents.section or any(getattr(edition, name) != columns[name] for name in columns):
        return False
    return edition.pictures == pictures or _by_what_they_became(edition.pictures) == _by_what_they_became(
        pictures
    )


def _by_what_they_became(printed: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what is printed of pictures, each under the key of the one it was merged into, if it was."""
    leads = dict(_merged([*{one["picture"] for one in printed}]))
    return [
        {**one, "picture": leads.get(one["picture"], one["picture"]), "media_id": None} for one in printed
    ]


def set_dating(edition: Edition, dating: Dating) -> None:
    """Write `dating` to the edition's filing columns, and the place in every list that follows from it."""
    edition.published_at = dating.published_at
    edition.published_on = dating.published_on
    edition.is_time_known = dating.is_time_known
    edition.dated_earliest = dating.earliest
    edition.dated_latest = dating.latest
    edition.dated_reason = dating.reason
    edition.listed_at = dating.listed_at


def file_under(edition: Edition, tags: Iterable[Tag]) -> None:
    """Write the tags' names, kinds and slugs to the edition's own row, for its page."""
    unique = {tag.pk: tag for tag in tags}
    edition.filed_tags = [
        {"name": tag.name, "kind": str(tag.kind), "slug": tag.slug} for tag in unique.values()
    ]


def derive(edition: Edition, pictures: Mapping[int, Picture]) -> None:
    """Fill the columns that follow from the edition's text and its pictures' files as they are now."""
    inline = set(prose.media_ids(edition.body))
    has_others = bool(inline - {one["media_id"] for one in edition.pictures})
    shown: list[dict[str, Any]] = []
    figures: dict[str, str] = {}
    for printed in edition.pictures:
        picture = pictures.get(printed["picture"])
        if picture is None:
            continue
        numbers = inline & {printed["media_id"], *(_numbers_of(picture) if has_others else ())}
        is_led = not shown or (not numbers and all(one["is_inline"] for one in shown))
        one = entry(printed, picture, is_inline=bool(numbers), is_led=is_led)
        shown.append(one)
        if numbers:
            with speaking(edition.language):
                drawn = render_to_string("story/_inline_picture.html", {"one": one})
            figures |= dict.fromkeys(numbers, drawn)
    edition.shown_pictures = shown
    html = str(prose.render(edition.body, figures))
    edition.rendered = None if html == edition.body else html
    edition.word_count = prose.word_count(edition.body_text)
    edition.excerpt = prose.excerpt(edition.standfirst or edition.body_text)


def _numbers_of(picture: Picture) -> set[str]:
    """Return the Media IDs that stand for a picture in a text: its own and those of what was merged into it."""
    return {row.media_id for row in (picture, *picture.aliases.all()) if row.media_id}


def rows_of(edition: Edition, contents: Contents, filing: Filing) -> list[Hanging]:
    """Return the rows that hang from an edition with a key: words, bylines, tags, pictures; and how it prints whose name."""
    key, listed_at, story = edition.pk, edition.listed_at, edition.story_id
    found = [(WORDS, WORDS.row(key, word)) for word in sorted(heading_words(edition.headline, edition.slug))]
    seen: set[int] = set()
    for order, line in enumerate(contents.bylines):
        contributor = filing.contributors.get(line.contributor)
        if contributor is None:
            continue
        is_first = contributor.pk not in seen
        row = BYLINES.row(key, contributor.pk, str(line.role), order, is_first, listed_at, story)
        found.append((BYLINES, row))
        seen.add(contributor.pk)
        if line.as_printed and edition.announced_at is not None:
            found.append(_spelling(contributor.pk, line.as_printed))
    tags = {filing.tags[name].pk: None for name in contents.tags if name in filing.tags}
    found += [(TAGS, TAGS.row(key, tag, listed_at, story)) for tag in tags]
    known = [one for one in reversed(contents.pictures) if one.picture in filing.pictures]
    placed = {filing.pictures[one.picture].pk: one for one in known}
    for order, (picture, one) in enumerate(reversed(placed.items())):
        row = PICTURES.row(key, picture, order, str(CaptionState.of(one.caption)), listed_at, story)
        found.append((PICTURES, row))
    return found


@lru_cache(maxsize=10_000)
def _spelling(contributor: int, as_printed: str) -> Hanging:
    printed = as_printed[:200]
    return SPELLINGS, SPELLINGS.row(contributor, printed, fold(printed)[:200])


def tag_rows(edition: Edition, tags: Iterable[Tag]) -> list[EditionTag]:
    """Return the rows that file a saved edition under `tags`, each once."""
    unique = {tag.pk: tag for tag in tags}
    return [
        EditionTag(edition=edition, tag=tag, listed_at=edition.listed_at, story_number=edition.story_id)
        for tag in unique.values()
    ]


def add(edition: Edition, contents: Contents, filing: Filing, *, closing: Edition | None) -> Edition:
    """Save a composed edition with its rows and close the one it follows at the moment it begins."""
    if closing is not None and closing.live_until is None:
        closing.live_until = edition.live_from
        closing.save(update_fields=["live_until"])
    edition.save(force_insert=True)
    add_rows(rows_of(edition, contents, filing))
    if closing is not None and closing.number == edition.number - 1:
        describe(edition, closing).save(force_insert=True)
    shelving.recount([edition.story_id])
    return edition


def add_rows(rows: Iterable[Hanging]) -> None:
    """Write rows that hang from editions, one statement a kind; a spelling that is known stays as it is."""
    kinds: dict[Rows, list[Row]] = {}
    for kind, row in rows:
        kinds.setdefault(kind, []).append(row)
    for kind, some in kinds.items():
        kind.write(list(dict.fromkeys(some)) if kind is SPELLINGS else some, unless_there=kind is SPELLINGS)


def keep_spellings(edition: Edition) -> None:
    """Keep how an edition that has just become public prints its names: before, they are nobody's to be offered."""
    printed = {line["contributor"]: line["as_printed"] for line in edition.bylines if line["as_printed"]}
    people = with_slugs([*printed])
    add_rows(_spelling((one.alias_of or one).pk, printed[one.slug]) for one in people)

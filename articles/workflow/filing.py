"""Files stories: tags, contributors, sections and dates, which change without a new edition, each with an event."""

from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from articles import prose
from articles.index.due import mark_due
from articles.models import (
    Contributor,
    Dating,
    Edition,
    EditionByline,
    EditionPicture,
    EditionTag,
    Section,
    Tag,
    TagKind,
)
from articles.workflow import announcing, crediting, editions, shelving
from articles.workflow.events import record
from newsroom.folding import fold, plain_name
from newsroom.prepared import prepared

MASTHEAD_ROOM = 9
LONGEST_TAG, LONGEST_NAME = 100, 160


def tags_named(names: Iterable[str]) -> list[Tag]:
    """Return the tags of these names, aliases followed, new names made into topics; case does not matter."""
    wanted = [name for raw in names if (name := _cleaned(raw, LONGEST_TAG))]
    found = (tag_of_kind(name, kind=TagKind.TOPIC) for name in wanted)
    return list({tag.pk: tag for tag in found}.values())


def tag_of_kind(name: str, *, kind: str) -> Tag:
    """Return the tag of this name, an alias followed; where there is none, make one of `kind`."""
    wanted = _cleaned(name, LONGEST_TAG)
    found = known_tag(wanted)
    made: Tag = found.in_force if found else Tag.objects.create(name=wanted, kind=kind)
    return made


def known_tag(name: str) -> Tag | None:
    """Return the tag or alias of this name as it is written, but for case; None where there is none."""
    rows = _folded(fold(name)[:200])
    alike = [tag for tag in rows if tag.name.casefold() == name.casefold()]
    return next((tag for tag in alike if tag.name == name), alike[0] if alike else None)


@prepared
def _folded(name: str) -> QuerySet[Tag]:
    tags: QuerySet[Tag] = Tag.objects.filter(folded=name)
    return tags.select_related("alias_of")


def _cleaned(name: str, longest: int) -> str:
    return plain_name(prose.without_controls(name))[:longest].strip()


def section_named(name: str, *, slug: str = "") -> Section:
    """Return the section of this name or slug, made if there is none: in the masthead while there is room for it."""
    wanted = slugify(slug or name)[:80]
    found = Section.objects.filter(slug=wanted).first() or Section.objects.filter(name__iexact=name).first()
    if found is not None:
        return found
    has_room = Section.objects.filter(is_in_masthead=True).count() < MASTHEAD_ROOM
    return Section.objects.create(name=name[:80], slug=wanted, is_in_masthead=has_room)


def contributor_named(name: str, *, slug: str = "", is_staff_name: bool = False) -> Contributor:
    """Return the contributor of this slug or name, merged names followed, made if there is none."""
    name = _cleaned(name, LONGEST_NAME)
    wanted = slugify(slug or name, allow_unicode=True)[:160]
    known = Contributor.objects.select_related("alias_of")
    found = (
        known.filter(slug=wanted).first() or known.filter(folded=fold(name)[:200], name__iexact=name).first()
    )
    if found is not None:
        return found.alias_of or found
    made = Contributor.objects.create(name=name[:160], slug=wanted or "unnamed", is_staff_name=is_staff_name)
    crediting.credit_new(made)
    return made


def refile_live(*, story_id: int, tags: Sequence[str], by: Any) -> None:
    """File what readers see of a story, and what is scheduled, under `tags`; the event keeps which were there before."""
    mine = Edition.objects.filter(story_id=story_id)
    rows = list((mine.at() | mine.open()).order_by("number"))
    if not rows:
        return
    announcing.pages_change(story_id)
    before = [tag["name"] for tag in rows[0].filed_tags]
    wanted = tags_named(tags)
    for edition in rows:
        editions.file_under(edition, wanted)
        edition.save(update_fields=["filed_tags"])
        edition.tag_rows.all().delete()
        EditionTag.objects.bulk_create(editions.tag_rows(edition, wanted))
    shelving.recount([story_id])
    record("refile", by=by, story_id=story_id, was=before, now=[tag.name for tag in wanted])


@transaction.atomic
def redate(*, story_id: int, dating: Dating, by: Any = None, why: str = "") -> bool:
    """Give every edition of a story `dating`, in all lists at once. Return whether anything changed."""
    rows = list(Edition.objects.filter(story_id=story_id).without_texts())
    if not rows or all(row.dating == dating for row in rows):
        return False
    announcing.pages_change(story_id)
    was = rows[-1].dating
    for row in rows:
        editions.set_dating(row, dating)
    Edition.objects.bulk_update(rows, [*editions.MOMENT_FIELDS, "listed_at"])
    for hanging in (EditionTag, EditionByline, EditionPicture):
        hanging.objects.filter(edition__story_id=story_id).update(listed_at=dating.listed_at)
    shelving.recount([story_id])
    kept = {"before": kept_dating(was), "after": kept_dating(dating)}
    record("redate", by=by, story_id=story_id, was=str(was), now=str(dating), why=why, **kept)
    return True


def kept_dating(dating: Dating) -> dict[str, Any]:
    """Return a dating in plain values, moments in UTC, so that it can be compared and given back."""
    at = dating.published_at
    days = {"earliest": dating.earliest, "latest": dating.latest}
    return {
        "at": at.astimezone(UTC).isoformat() if at else None,
        "is_time_known": dating.is_time_known,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "reason": dating.reason,
    }


@transaction.atomic
def name_contributor(*, by: Any, contributor: Contributor) -> None:
    """Find the pictures of a contributor who was entered or renamed; bylines stay as printed."""
    crediting.credit_contributor(contributor)
    announcing.paper_changes()
    record("rename", by=by, what="contributor", contributor=contributor.pk, now=contributor.name)


def rename_tag(*, by: Any, tag: Tag) -> None:
    """Write a tag's new name, kind or slug to every edition filed under it."""
    rows = list(Edition.objects.filter(tag_rows__tag=tag).without_texts())
    refresh_names(rows)
    # Its kind is counted with each story; its name is looked up when somebody asks.
    mark_due(row.story_id for row in rows)
    announcing.paper_changes()
    record("rename", by=by, what="tag", tag=tag.pk, now=tag.name)


def refresh_names(rows: list[Edition]) -> None:
    """Write the names of their tags, as they are now, to the editions' own rows."""
    for start in range(0, len(rows), 500):
        batch = rows[start : start + 500]
        hanging = EditionTag.objects.filter(edition__in=batch).select_related("tag")
        by_edition: dict[int, list[Tag]] = {}
        for row in hanging:
            by_edition.setdefault(row.edition_id, []).append(row.tag)
        for edition in batch:
            editions.file_under(edition, sorted(by_edition.get(edition.pk, []), key=lambda tag: tag.name))
        Edition.objects.bulk_update(batch, ["filed_tags"], batch_size=200)

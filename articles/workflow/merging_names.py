"""Merges one tag or contributor into another, says before what that moves, and takes it back as it was."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from articles import roles
from articles.models import (
    BulkAct,
    Byline,
    Contributor,
    Edition,
    EditionByline,
    EditionTag,
    NameKind,
    PictureCredit,
    Tag,
    Tagging,
    ToldApart,
)
from articles.workflow import announcing, crediting, shelving
from articles.workflow.events import record
from articles.workflow.filing import refresh_names
from articles.workflow.refusals import Refused

TAGS, PEOPLE = "merge_tags", "merge_contributors"
# As many as one statement may name.
STEP = 500


@dataclass(slots=True)
class Unmerged:
    """What taking a merge back did: how many stories went back, and how many stay, having changed since."""

    said: str
    stories: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)

    def sentences(self) -> list[str]:
        """Return what was done, a sentence a line."""
        told = [f"{self.said} {_many(len(self.stories))} as before."]
        if self.left:
            stay = (
                "was filed anew since and stays as it is"
                if len(self.left) == 1
                else "were filed anew since and stay as they are"
            )
            told.append(f"{_many(len(self.left))} {stay}.")
        return told


def _many(count: int) -> str:
    return f"{count:,} {'story' if count == 1 else 'stories'}"


@transaction.atomic
def merge_tags(*, by: Any, tag: Tag, into: Tag) -> BulkAct:
    """Make `tag` an alias of `into`: its stories move there, its address keeps answering. `unmerge_tags` undoes it."""
    _may_merge(by, tag.pk, into.pk, tag.alias_of_id, into.alias_of_id)
    before = {"aliases": list(tag.aliases.values_list("pk", flat=True)), **_ends(tag, into)}
    here, there = (
        set(Tagging.objects.filter(tag=one).values_list("content_object_id", flat=True))
        for one in (tag, into)
    )
    before |= {"copy": sorted(here - there), "copy_of_both": sorted(here & there)}
    here, there = (
        set(EditionTag.objects.filter(tag=one).values_list("edition_id", flat=True)) for one in (tag, into)
    )
    before |= {"editions": sorted(here - there), "editions_of_both": sorted(here & there)}
    tag.aliases.update(alias_of=into)
    for keys in _steps(before["copy_of_both"]):
        Tagging.objects.filter(tag=tag, content_object_id__in=keys).delete()
    Tagging.objects.filter(tag=tag).update(tag=into)
    for keys in _steps(before["editions_of_both"]):
        EditionTag.objects.filter(tag=tag, edition_id__in=keys).delete()
    EditionTag.objects.filter(tag=tag).update(tag=into)
    Tag.objects.filter(pk=tag.pk).update(alias_of=into)
    _refresh(sorted(here))
    return _kept(TAGS, by=by, what="tag", one=tag, into=into, before=before)


@transaction.atomic
def unmerge_tags(*, by: Any, act: BulkAct) -> Unmerged:
    """Take a merge of tags back: what it moved is filed as it was, except what was filed anew since."""
    held, one, into = _held(by, act, Tag, TAGS)
    before = held.before
    tag = Tag.objects.get(pk=one.pk)
    done = Unmerged(f"“{tag.name}” is a tag of its own again.")
    Tag.objects.filter(pk=tag.pk).update(alias_of=None)
    Tag.objects.filter(pk__in=before["aliases"], alias_of=into).update(alias_of=tag)
    for moved, keys in _moved_or_both(before, "copy"):
        rows = Tagging.objects.filter(tag=into, content_object_id__in=keys)
        here = set(rows.values_list("content_object_id", flat=True))
        known = Tagging.objects.filter(tag=tag, content_object_id__in=keys)
        free = here - set(known.values_list("content_object_id", flat=True))
        if moved:
            rows.filter(content_object_id__in=free).update(tag=tag)
        else:
            Tagging.objects.bulk_create(Tagging(content_object_id=key, tag=tag) for key in free)
        done.stories |= free
        done.left |= set(keys) - here
    _tag_editions(before, tag, into, done)
    return _undone(held, by=by, what="tag", one=tag, into=into, done=done)


def _tag_editions(before: dict[str, Any], tag: Tag, into: Tag, done: Unmerged) -> None:
    touched: set[int] = set()
    for moved, keys in [*_moved_or_both(before, "editions"), *_steps_since(before, EditionTag, "tag", into)]:
        rows = list(EditionTag.objects.filter(tag=into, edition_id__in=keys))
        here = {row.edition_id for row in rows}
        for row in rows:
            row.tag = tag
            row.pk = row.pk if moved else None
        if moved:
            EditionTag.objects.bulk_update(rows, ["tag"], batch_size=STEP)
        else:
            EditionTag.objects.bulk_create(rows, batch_size=STEP)
        touched |= here
        gone = Edition.objects.filter(pk__in=set(keys) - here)
        done.left |= set(gone.values_list("story_id", flat=True))
        done.stories |= {row.story_number for row in rows}
    done.stories -= done.left
    _refresh(sorted(touched))


@transaction.atomic
def merge_contributors(*, by: Any, contributor: Contributor, into: Contributor) -> BulkAct:
    """Make `contributor` an alias of `into`: their stories are listed there, bylines stay as printed."""
    _may_merge(by, contributor.pk, into.pk, contributor.alias_of_id, into.alias_of_id)
    rows = EditionByline.objects.filter(contributor=contributor)
    listed = EditionByline.objects.filter(contributor=into, edition__in=rows.values("edition_id"))
    of_both = set(listed.values_list("edition_id", flat=True))
    moving = list(contributor.bylines.exclude(article__bylines__contributor=into))
    before = {
        "aliases": list(contributor.aliases.values_list("pk", flat=True)),
        **_ends(contributor, into),
        "copy": [[line.article_id, line.role, line.as_printed] for line in moving],
        "editions": sorted(set(rows.values_list("edition_id", flat=True)) - of_both),
        "lines": [list(line) for line in rows.values_list("edition_id", "order", "is_first")],
    }
    contributor.aliases.update(alias_of=into)
    _print_under(into.slug, before["lines"])
    for keys in _steps(sorted(of_both)):
        rows.filter(edition_id__in=keys).update(is_first=False)
    rows.update(contributor=into)
    _recount(sorted({line[0] for line in before["lines"]}))
    for byline in moving:
        byline.as_printed = byline.as_printed or contributor.name
        byline.contributor = into
        byline.save()
    Contributor.objects.filter(pk=contributor.pk).update(alias_of=into)
    PictureCredit.objects.filter(contributor=contributor).delete()
    crediting.credit_contributor(into)
    return _kept(PEOPLE, by=by, what="contributor", one=contributor, into=into, before=before)


@transaction.atomic
def unmerge_contributors(*, by: Any, act: BulkAct) -> Unmerged:
    """Take a merge of contributors back: the lines it moved are theirs again, except those that changed since."""
    held, one, into = _held(by, act, Contributor, PEOPLE)
    before = held.before
    person = Contributor.objects.get(pk=one.pk)
    done = Unmerged(f"“{person.name}” is a name of its own again.")
    Contributor.objects.filter(pk=person.pk).update(alias_of=None)
    Contributor.objects.filter(pk__in=before["aliases"], alias_of=into).update(alias_of=person)
    for story, role, printed in before["copy"]:
        line = Byline.objects.filter(article_id=story, role=role, contributor=into).first()
        if line is None:
            done.left.add(story)
            continue
        line.contributor = person
        line.as_printed = printed if line.as_printed == (printed or person.name) else line.as_printed
        line.save()
        done.stories.add(story)
    _byline_editions(before, person, into, done)
    crediting.credit_contributor(person)
    crediting.credit_contributor(into)
    return _undone(held, by=by, what="contributor", one=person, into=into, done=done)


def _byline_editions(before: dict[str, Any], person: Contributor, into: Contributor, done: Unmerged) -> None:
    kept = {(edition, order): is_first for edition, order, is_first in before["lines"]}
    since = [key for _, keys in _steps_since(before, EditionByline, "contributor", into) for key in keys]
    back: list[EditionByline] = []
    for keys in _steps(sorted({edition for edition, _ in kept} | set(since))):
        rows = EditionByline.objects.filter(contributor=into, edition_id__in=keys)
        back += [row for row in rows if (row.edition_id, row.order) in kept or row.edition_id in since]
    for row in back:
        row.contributor = person
        row.is_first = kept.get((row.edition_id, row.order), row.is_first)
    EditionByline.objects.bulk_update(back, ["contributor", "is_first"], batch_size=STEP)
    _print_under(person.slug, [[row.edition_id, row.order, True] for row in back])
    _recount(sorted({row.edition_id for row in back}))
    done.stories |= {row.story_number for row in back}
    done.stories -= done.left


def _print_under(slug: str, lines: Iterable[Any]) -> None:
    """Lead these lines of editions (edition, place in the byline) to the contributor of this slug; names stay as printed."""
    places: dict[int, set[int]] = {}
    for edition, order, _ in lines:
        places.setdefault(edition, set()).add(order)
    for keys in _steps(sorted(places)):
        rows = list(Edition.objects.filter(pk__in=keys).only("pk", "bylines"))
        for edition in rows:
            for order in places[edition.pk]:
                edition.bylines[order]["contributor"] = slug
        Edition.objects.bulk_update(rows, ["bylines"], batch_size=200)


@transaction.atomic
def tell_apart(*, by: Any, kind: str, one: int, other: int) -> None:
    """Keep that two tags, or two contributors, are not the same, so that nobody is asked again."""
    if reason := roles.refusal(by, "merge"):
        raise Refused(reason)
    first, second = sorted((one, other))
    model: Any = Tag if kind == NameKind.TAGS else Contributor
    if first == second or model.objects.filter(pk__in=(first, second)).count() != 2:
        raise Refused("One of these names is no longer there. Reload the page.")
    _, is_new = ToldApart.objects.get_or_create(kind=kind, first=first, second=second, defaults={"by": by})
    if is_new:
        record("tell_apart", by=by, what=kind, first=first, second=second)


def _may_merge(by: Any, one: int, into: int, alias_of: int | None, into_alias_of: int | None) -> None:
    reason = roles.refusal(by, "merge")
    if reason:
        raise Refused(reason)
    if one == into:
        raise Refused("A name cannot be merged into itself. Choose another one.")
    if into_alias_of is not None:
        raise Refused("That name is itself merged into another. Choose the one it stands for.")
    if alias_of is not None:
        raise Refused("This name is merged into another already. Take that back first.")


def _ends(one: Any, into: Any) -> dict[str, Any]:
    last = Edition.objects.aggregate(last=Max("pk"))["last"] or 0
    return {"one": one.pk, "into": into.pk, "last_edition": last}


def _kept(verb: str, *, by: Any, what: str, one: Any, into: Any, before: dict[str, Any]) -> BulkAct:
    said = f"Merged the {what} “{one.name}” into “{into.name}”"[:300]
    act = BulkAct.objects.create(verb=verb, said=said, before=before, by=by)
    touched = before["editions"][:1000]
    announcing.paper_changes()
    record("merge", by=by, what=what, was=one.name, now=into.name, act=act.pk, editions=touched)
    return act


def _held(by: Any, act: BulkAct, model: Any, verb: str) -> tuple[BulkAct, Any, Any]:
    """Return the act, locked, and the two names, where the merge can be taken back; else `Refused`."""
    if reason := roles.refusal(by, "merge"):
        raise Refused(reason)
    held = BulkAct.objects.select_for_update().filter(pk=act.pk, verb=verb).first()
    if held is None:
        raise Refused("There is no such merge. Reload the page.")
    one = model.objects.filter(pk=held.before["one"]).first()
    into = model.objects.filter(pk=held.before["into"]).first()
    if held.undone_at is not None or one is None or into is None or one.alias_of_id is None:
        raise Refused("This merge was taken back already.")
    if one.alias_of_id != into.pk:
        raise Refused(f"“{into.name}” was itself merged since. Take that back first.")
    return held, one, into


def _undone(held: BulkAct, *, by: Any, what: str, one: Any, into: Any, done: Unmerged) -> Unmerged:
    held.undone_at = timezone.now()
    held.save(update_fields=["undone_at"])
    left = sorted(done.left)[:1000]
    announcing.paper_changes()
    record("unmerge", by=by, what=what, was=into.name, now=one.name, act=held.pk, left=left)
    return done


def _steps(keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + STEP] for start in range(0, len(keys), STEP))


def _moved_or_both(before: dict[str, Any], what: str) -> Iterator[tuple[bool, list[int]]]:
    yield from ((True, keys) for keys in _steps(before[what]))
    yield from ((False, keys) for keys in _steps(before[f"{what}_of_both"]))


def _steps_since(
    before: dict[str, Any], rows: Any, column: str, into: Any
) -> Iterator[tuple[bool, list[int]]]:
    """Return the editions that stories of this merge had since: their copy took the name over from before."""
    both = set(
        Edition.objects.filter(pk__in=before.get("editions_of_both", [])).values_list("story_id", flat=True)
    )
    stories: set[int] = set()
    for keys in _steps(before["editions"]):
        stories |= set(Edition.objects.filter(pk__in=keys).values_list("story_id", flat=True))
    for keys in _steps(sorted(stories - both)):
        later = rows.objects.filter(
            **{column: into}, story_number__in=keys, edition_id__gt=before["last_edition"]
        )
        yield True, list(later.values_list("edition_id", flat=True))


def _refresh(keys: list[int]) -> None:
    for some in _steps(keys):
        refresh_names(list(Edition.objects.filter(pk__in=some).without_texts()))
    _recount(keys)


def _recount(editions: list[int]) -> None:
    for some in _steps(editions):
        shelving.recount(Edition.objects.filter(pk__in=some).values_list("story_id", flat=True))

"""Starts, saves and restores copy: the only code that changes what a story's working text says."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from articles import prose, roles
from articles.models import (
    Article,
    Byline,
    Contents,
    Edition,
    Genre,
    Placement,
    PrintedByline,
    PrintedPicture,
    Revision,
    RevisionKind,
    State,
    Story,
    Tag,
    VersionName,
)
from articles.workflow import filing, noticing, placing
from articles.workflow.editions import slug_of
from articles.workflow.events import record
from articles.workflow.refusals import Conflict, Refused, need_token
from articles.workflow.writing import TEXT_FIELDS, write
from newsroom.prepared import prepared

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Assignment:
    """Whose story it is and how long it must wait: what the desk decides about copy, none of it printed."""

    desk: int | None = None
    writer: int | None = None
    embargo_until: datetime | None = None
    genre: str = Genre.NEWS
    due_at: datetime | None = None
    planned_words: int | None = None


def new_story() -> Story:
    """Return a new story under a number that no story ever had."""
    for _ in range(20):
        try:
            with transaction.atomic():
                return Story.objects.create()
        except IntegrityError:
            continue
    raise Refused("No free story ID was found. Try again; if this repeats, tell whoever runs the site.")


def contents_of(article: Article) -> Contents:
    """Return what the copy says now, captions, credits and names as they would be printed."""
    return Contents(
        **{name: getattr(article, name) for name in TEXT_FIELDS},
        section=article.section.slug if article.section else "",
        bylines=tuple(
            PrintedByline(row.contributor.slug, row.role, row.as_printed or row.contributor.name)
            for row in _bylines(article.pk)
        ),
        pictures=tuple(map(placing.as_placed, _placements(article.pk))),
        tags=tuple(_tags(article.pk)),
        unfinished=article.unfinished,
    )


# Asked by every save: to write these queries takes ten times as long as to answer them.
@prepared
def _bylines(story_id: int) -> QuerySet[Byline]:
    return Byline.objects.filter(article=story_id).select_related("contributor")


@prepared
def _placements(story_id: int) -> QuerySet[Placement]:
    return Placement.objects.filter(article=story_id).select_related("picture__alias_of")


@prepared
def _tags(story_id: int) -> QuerySet[Tag, str]:
    tags: QuerySet[Tag] = Tag.objects.filter(article=story_id)
    return tags.order_by("name").values_list("name", flat=True)


def cleaned(contents: Contents, *, onto: str = "") -> Contents:
    """Return `contents` as it will be kept: body from the allow-list, control characters gone.

    A slug that nobody typed stays empty: it follows the headline until the story goes out. `onto` is the clean body
    that this one was made from: what stands in it already is not cleaned again.
    """
    texts: dict[str, Any] = {
        name: prose.without_controls(getattr(contents, name)).strip()
        for name in TEXT_FIELDS
        if name != "body"
    }
    texts["body"] = prose.clean_onto(onto, contents.body)
    texts["pictures"] = tuple(placing.cleaned(one) for one in contents.pictures)
    texts["slug"] = slug_of(texts["slug"], contents.language) if texts["slug"] else ""
    return contents.changed(**texts)


def hold(story_id: int, token: str | None, *, by: Any, verb: str) -> Article:
    """Return the article, locked, when `by` may use `verb` on it and `token` is its version; else `Refused`."""
    expected = need_token(token)
    article = locked(story_id)
    reason = roles.refusal(by, verb, article)
    if reason:
        raise Refused(reason)
    if article.token != expected:
        who = article.changed_by.get_username() if article.changed_by else "Somebody"
        raise Refused(
            f"{who} changed this story since you opened it. Reload it, read the change and try again."
        )
    return article


def locked(story_id: int) -> Article:
    """Return the copy of a story, locked until the transaction ends; `Refused` where there is none."""
    found = next(iter(_locked(int(story_id))), None)
    if found is None:
        raise Refused("There is no copy of this story. It may have been imported and never edited.")
    return found


@prepared
def _locked(story_id: int) -> QuerySet[Article]:
    return Article.objects.select_for_update(of=("self",)).select_related("section").filter(pk=story_id)


def keep_revision(story_id: int, contents: Contents, *, kind: str, by: Any, reason: str = "") -> Revision:
    """Append a revision of the story's copy."""
    last = next(iter(_last_number(story_id)), 0)
    return Revision.objects.create(
        story_id=story_id,
        number=last + 1,
        kind=kind,
        contents=contents.as_json(),
        made_by=by,
        reason=reason[:300],
    )


@prepared
def _last_number(story_id: int) -> QuerySet[Revision, int]:
    return Revision.objects.filter(story_id=story_id).order_by("-number").values_list("number", flat=True)[:1]


def touch(
    article: Article,
    *,
    by: Any,
    state: str | None = None,
    is_told: bool = False,
    told: Collection[int | None] = (),
) -> None:
    """Raise the copy's version, note who did it, move it to `state` if one is given, and tell whose story it is.

    `told` are the keys of people who hear of it in other words; `is_told`: everybody does.
    """
    article.version += 1
    article.changed_at = timezone.now()
    article.changed_by = by
    if state is not None:
        article.state = state
    article.save()
    if by is not None and not is_told:
        noticing.changed(article, by=by, how="moved" if state else "changed", but_for=told)


@transaction.atomic
def start(*, by: Any, contents: Contents, assignment: Assignment | None = None) -> Article:
    """Start a new story with `contents` and return its copy, a draft that belongs to `by`."""
    reason = roles.refusal(by, "start")
    if reason:
        raise Refused(reason)
    wanted = placing.checked(cleaned(contents), before=())
    assigned = assignment or Assignment()
    article = Article(
        story=new_story(),
        writer_id=assigned.writer or by.pk,
        desk_id=assigned.desk,
        changed_by=by,
        embargo_until=assigned.embargo_until,
        genre=assigned.genre,
        due_at=assigned.due_at,
        planned_words=assigned.planned_words,
    )
    if article.desk_id is None and not wanted.section:
        article.desk_id = min(roles.desks_of(by), default=None)
    article.save(force_insert=True)
    write(article, wanted)
    article.save()
    keep_revision(article.pk, contents_of(article), kind=RevisionKind.SAVE, by=by, reason="started")
    record("start", by=by, story_id=article.pk)
    return article


@transaction.atomic
def take_up(*, by: Any, story_id: int) -> Article:
    """Return the copy of a story, made from its last edition when nobody has edited it since it was imported."""
    reason = roles.refusal(by, "take_up")
    if reason:
        raise Refused(reason)
    existing = Article.objects.filter(pk=story_id).first()
    if existing is not None:
        return existing
    edition = Edition.objects.open().filter(story_id=story_id, suppressed_at__isnull=True).first()
    if edition is None:
        raise Refused("This story is not in the archive, or was withdrawn from it.")
    article = Article(story_id=story_id, state=State.PUBLISHED, changed_by=by, section=edition.section)
    article.desk = edition.section.desk if edition.section else None
    article.save(force_insert=True)
    write(article, placing.in_layers(contents_of_edition(edition)))
    article.save()
    keep_revision(
        story_id, contents_of(article), kind=RevisionKind.IMPORT, by=by, reason="taken up from the archive"
    )
    record("take_up", by=by, story_id=story_id, edition=edition.number)
    return article


def contents_of_edition(edition: Edition) -> Contents:
    """Return what an edition says, as contents that copy or a further edition can be made from."""
    return Contents(
        **{name: getattr(edition, name) for name in TEXT_FIELDS if name != "note"},
        section=edition.section.slug if edition.section else "",
        bylines=tuple(PrintedByline(**line) for line in edition.bylines),
        pictures=tuple(
            PrintedPicture(
                **one,
                own_caption=one["caption"],
                own_credit=one["credit"],
                own_alt=one["alt"],
                caption_is_absent=one["caption"] is None,
            )
            for one in edition.pictures
        ),
        tags=tuple(tag["name"] for tag in edition.filed_tags),
    )


def save(
    *,
    by: Any,
    story_id: int,
    token: str | None,
    contents: Contents,
    assignment: Assignment | None = None,
    kind: str = RevisionKind.SAVE,
    reason: str = "",
) -> Article:
    """Save `contents` as the story's copy and keep a revision of it.

    Raises `Conflict` when the copy moved on since `token`: nothing is overwritten, and the contents that lost
    are kept as a revision of their own. Raises `Refused` when `by` may not, or when the token is missing.
    """
    expected = need_token(token)
    wanted = cleaned(contents)
    with transaction.atomic():
        article = locked(story_id)
        refused = roles.refusal(by, "save", article)
        if refused:
            raise Refused(refused)
        before = contents_of(article)
        if article.token == expected:
            _save(article, wanted, before, by=by, assignment=assignment, kind=kind, reason=reason)
            return article
        kept = keep_revision(
            story_id, wanted, kind=RevisionKind.CONFLICT, by=by, reason=f"made on version {expected}"
        )
        record("conflict", by=by, story_id=story_id, revision=kept.number)
    raise Conflict(article=article, mine=wanted, theirs=before, kept=kept)


def _save(
    article: Article,
    wanted: Contents,
    before: Contents,
    *,
    by: Any,
    assignment: Assignment | None,
    kind: str,
    reason: str,
) -> None:
    if assignment is not None:
        article.desk_id, article.writer_id = assignment.desk, assignment.writer
        article.embargo_until, article.genre = assignment.embargo_until, assignment.genre
        article.due_at, article.planned_words = assignment.due_at, assignment.planned_words
    write(article, placing.checked(wanted, before=before.pictures))
    touch(article, by=by)
    now = contents_of(article)
    revision = keep_revision(article.pk, now, kind=kind, by=by, reason=reason)
    record("save", by=by, story_id=article.pk, revision=revision.number, changed=before.differences(now))
    if before.tags != now.tags:
        filing.refile_live(story_id=article.pk, tags=now.tags, by=by)


def restore(*, by: Any, story_id: int, token: str | None, number: int) -> Article:
    """Make revision `number` the copy again. The restored text is itself a new revision.

    A picture of it that was withdrawn since is left out, and the reason says which.
    """
    revision = Revision.objects.filter(story_id=story_id, number=number).first()
    if revision is None:
        raise Refused(f"This story has no revision {number}.")
    contents, reason = revision.read(), f"restored from revision {number}"
    known = placing.in_force(contents.pictures)
    here = set(Placement.objects.filter(article_id=story_id).values_list("picture_id", flat=True))
    gone = {key: one for key, one in known.items() if one.killed_at is not None and one.pk not in here}
    if gone:
        contents = contents.changed(
            pictures=tuple(one for one in contents.pictures if one.picture not in gone)
        )
        reason += f" without {', '.join(map(str, gone.values()))}, withdrawn since"
    return save(
        by=by, story_id=story_id, token=token, contents=contents, kind=RevisionKind.RESTORE, reason=reason
    )


@transaction.atomic
def name_version(*, by: Any, story_id: int, number: int, name: str) -> VersionName | None:
    """Give a revision a name, so that it stands out in the history; an empty name takes it away."""
    article = locked(story_id)
    if not roles.may_read(by, article):
        raise Refused("There is no such story.")
    if refused := roles.refusal(by, "start"):
        raise Refused(refused)
    revision = Revision.objects.filter(story_id=story_id, number=number).first()
    if revision is None:
        raise Refused(f"This story has no revision {number}.")
    said = " ".join(prose.without_controls(name).split())
    if len(said) > LONGEST_NAME:
        raise Refused(f"A name has at most {LONGEST_NAME} characters. Shorten it.")
    VersionName.objects.filter(revision=revision).delete()
    record("name_version", by=by, story_id=story_id, revision=number, name=said)
    return VersionName.objects.create(revision=revision, name=said, by=by) if said else None

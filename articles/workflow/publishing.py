"""Makes copy public: publish now or at a moment, update, correct, and take off the schedule again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from articles import prose
from articles.models import (
    Article,
    Completeness,
    Contents,
    Correction,
    CorrectionKind,
    Dating,
    Edition,
    EditionKind,
    RevisionKind,
    State,
)
from articles.workflow import announcing, clearing, noticing
from articles.workflow.copy import contents_of, hold, keep_revision, touch
from articles.workflow.editions import Filing, add, compose, says_the_same, slug_of
from articles.workflow.events import record
from articles.workflow.refusals import Refused
from media.models import Picture

# A text mended word by word is as long as before; one that was found whole is longer.
GROWN = 1.1
UNPUBLISHED = frozenset({State.DRAFT, State.FILED, State.APPROVED})


def in_words(moment: datetime) -> str:
    """Return a moment in the paper's own zone, the zone named."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'l, j F Y, H:i')} ({local.tzname()})"


def blockers(article: Article, contents: Contents, *, at: datetime | None = None) -> list[str]:
    """Return why the copy cannot go to readers (at the moment `at`, or now), each a sentence to act on."""
    found = []
    if not contents.headline:
        found.append("The story has no headline. Write one.")
    if not prose.plain(contents.body):
        found.append("The story has no text. Write the body first.")
    if not contents.section:
        found.append("The story is in no section. Choose the section readers will find it in.")
    placed = _numbers_of(contents)
    found += [
        f"Media ID {one} stands in the text but not among the story's pictures. Add it there or take it out."
        for one in prose.media_ids(contents.body)
        if one not in placed
    ]
    found += clearing.denials(article, contents, at)
    goes_out = at or timezone.now()
    if article.embargo_until and goes_out < article.embargo_until:
        found.append(
            f"The story is embargoed until {in_words(article.embargo_until)}. Schedule it for then or later."
        )
    return found


def _numbers_of(contents: Contents) -> set[str]:
    """Return the Media IDs that stand for the story's pictures in its text, those of merged pictures among them."""
    placed = [one.picture for one in contents.pictures]
    merged = Picture.objects.filter(alias_of__in=placed, media_id__isnull=False)
    own = {one.media_id for one in contents.pictures if one.media_id}
    return own | {str(number) for number in merged.values_list("media_id", flat=True)}


@transaction.atomic
def publish(
    *,
    by: Any,
    story_id: int,
    token: str | None,
    at: datetime | None = None,
    reason: str = "",
    rights_reason: str = "",
) -> Edition:
    """Publish the copy now, or at the future moment `at`: from that second it is public, whatever runs or not.

    `rights_reason` says why pictures may be shown whose rights ran out, have not begun or are not known.
    """
    article = hold(story_id, token, by=by, verb="publish")
    if article.state not in UNPUBLISHED:
        raise Refused(f"This story is {article.get_state_display()} already. Update or correct it instead.")
    release = Release("publish", EditionKind.FIRST, at=at, reason=reason, rights_reason=rights_reason)
    return _release(article, release, by=by)


@transaction.atomic
def update(
    *,
    by: Any,
    story_id: int,
    token: str | None,
    at: datetime | None = None,
    reason: str = "",
    rights_reason: str = "",
) -> Edition:
    """Publish the copy of a story that is out as its next edition; `reason` is for readers, `rights_reason` is not."""
    article = hold(story_id, token, by=by, verb="update")
    _needs_live(article)
    last = Edition.objects.open().filter(story_id=story_id).select_related("section").first()
    if last is not None and says_the_same(last, contents_of(article)):
        raise Refused(f"Nothing has changed since edition {last.number}. Change the copy first, then update.")
    release = Release("update", EditionKind.UPDATE, at=at, reason=reason, rights_reason=rights_reason)
    return _release(article, release, by=by)


@transaction.atomic
def correct(
    *,
    by: Any,
    story_id: int,
    token: str | None,
    note: str,
    kind: str = CorrectionKind.CORRECTION,
    rights_reason: str = "",
) -> Edition:
    """Publish the copy as a corrected edition, with a note to readers that says what was wrong and is right."""
    article = hold(story_id, token, by=by, verb="correct")
    _needs_live(article)
    said = prose.without_controls(note).strip()
    if not said:
        raise Refused("A correction needs a note for readers: say what was wrong, and what is right.")
    if kind not in {CorrectionKind.CORRECTION, CorrectionKind.CLARIFICATION}:
        raise Refused("Choose whether this is a correction or a clarification.")
    release = Release("correct", EditionKind.CORRECTION, reason=said[:300], rights_reason=rights_reason)
    edition = _release(article, release, by=by)
    Correction.objects.create(
        story_id=story_id, edition=edition, kind=kind, note=said, made_at=edition.live_from, made_by=by
    )
    return edition


def _needs_live(article: Article) -> None:
    if article.state != State.PUBLISHED:
        raise Refused(f"This story is {article.get_state_display()}, not published. Publish it first.")


def completeness_after(last: Edition | None, contents: Contents) -> str:
    """Return how much of the story the copy holds: a text that broke off stays marked until it has grown."""
    if last is None or last.completeness == Completeness.WHOLE:
        return Completeness.WHOLE
    words = prose.word_count(prose.plain(contents.body))
    return Completeness.WHOLE if words > last.word_count * GROWN else last.completeness


@dataclass(frozen=True, slots=True)
class Release:
    """How copy goes out: by which verb, as what kind of edition, when, why, and why its pictures may be shown."""

    verb: str
    kind: str
    at: datetime | None = None
    reason: str = ""
    rights_reason: str = ""


def _release(article: Article, release: Release, *, by: Any) -> Edition:
    now, at = timezone.now(), release.at
    if at is not None and at <= now:
        raise Refused(f"{in_words(at)} has passed. Publish now, or choose a later time.")
    waiting = Edition.objects.waiting(now).filter(story_id=article.pk).first()
    if waiting is not None:
        raise Refused(
            f"Edition {waiting.number} is scheduled for {in_words(waiting.live_from)}. Take it off the schedule first."
        )
    clearing.hold_pictures(article)
    contents = _addressed(article, contents_of(article))
    clearing.clear(
        article,
        contents,
        at=at,
        by=by,
        reason=release.rights_reason,
        blockers=blockers(article, contents, at=at),
    )
    last = Edition.objects.filter(story_id=article.pk).order_by("number").last()
    edition = compose(
        story_id=article.pk,
        previous=last,
        kind=release.kind,
        contents=contents,
        filing=(filing := Filing.of([contents])),
        live_from=at or now,
        dating=last.dating if last else Dating.stated_at(at or now),
        completeness=completeness_after(last, contents),
        reason=release.reason,
        by=by,
    )
    edition.announced_at = None if at else now
    add(edition, contents, filing, closing=last)
    touch(article, by=by, state=State.PUBLISHED)
    keep_revision(article.pk, contents, kind=RevisionKind.MOVE, by=by, reason=f"edition {edition.number}")
    record(
        release.verb,
        by=by,
        story_id=article.pk,
        edition=edition.number,
        digest=edition.digest,
        live_from=edition.live_from.isoformat(),
    )
    announcing.after_commit(edition)
    noticing.published(article, edition, by=by)
    return edition


def _addressed(article: Article, contents: Contents) -> Contents:
    """Give copy whose slug nobody typed the one made from its headline: from now on its address stays."""
    article.slug = contents.slug or slug_of(contents.headline, contents.language)
    return contents.changed(slug=article.slug)


@transaction.atomic
def unschedule(*, by: Any, story_id: int, token: str | None) -> Article:
    """Take a scheduled edition back before anybody saw it; the edition before it stays open."""
    article = hold(story_id, token, by=by, verb="unschedule")
    waiting = Edition.objects.waiting().filter(story_id=story_id).first()
    if waiting is None:
        raise Refused("Nothing of this story is scheduled. If it is out already, kill or update it.")
    number, digest = waiting.number, waiting.digest
    waiting.delete()
    before = Edition.objects.filter(story_id=story_id, number=number - 1).first()
    if before is not None:
        before.live_until = None
        before.save(update_fields=["live_until"])
    touch(article, by=by, state=State.PUBLISHED if before else State.APPROVED)
    record("unschedule", by=by, story_id=story_id, edition=number, digest=digest)
    return article

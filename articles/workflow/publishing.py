"""Makes copy public: publish now or at a moment, update, correct, mend the spelling, and take off the schedule again."""

from datetime import datetime
from typing import Any

from django.db import transaction

from articles import prose
from articles.models import (
    Article,
    Contents,
    Correction,
    CorrectionKind,
    Edition,
    EditionKind,
    Severity,
    State,
)
from articles.rules import STOPS, Standing, mending, problems
from articles.workflow.copy import contents_of, contents_of_edition, hold, touch
from articles.workflow.editions import says_the_same
from articles.workflow.events import record
from articles.workflow.explaining import changes_between
from articles.workflow.refusals import Refused
from articles.workflow.releasing import Release, Waived, addressed, release
from articles.workflow.shelving import recount
from articles.workflow.tallying import tally_story

UNPUBLISHED = frozenset({State.DRAFT, State.FILED, State.APPROVED})


def blockers(article: Article, contents: Contents, *, at: datetime | None = None) -> list[str]:
    """Return why the copy cannot go to readers (at the moment `at`, or now), each a sentence to act on."""
    return [one.said for one in problems(Standing.of(article, contents, at=at), STOPS)]


@transaction.atomic
def publish(
    *,
    by: Any,
    story_id: int,
    token: str | None,
    at: datetime | None = None,
    reason: str = "",
    rights_reason: str = "",
    waived: Waived | None = None,
) -> Edition:
    """Publish the copy now, or at the future moment `at`: from that second it is public, whatever runs or not.

    `rights_reason` says why pictures may be shown whose rights ran out, have not begun or are not known; `waived`
    gives a reason for each other rule that warns, by its name, and is None where no person is asked.
    Raises `NotReady` with what stops it and with what was not answered.
    """
    article = hold(story_id, token, by=by, verb="publish")
    if article.state not in UNPUBLISHED:
        raise Refused(f"This story is {article.get_state_display()} already. Update or correct it instead.")
    how = Release("publish", EditionKind.FIRST, at, reason, rights_reason, waived)
    return release(article, how, by=by)


@transaction.atomic
def update(
    *,
    by: Any,
    story_id: int,
    token: str | None,
    at: datetime | None = None,
    reason: str = "",
    rights_reason: str = "",
    waived: Waived | None = None,
) -> Edition:
    """Publish the copy of a story that is out as its next edition; `reason` is for readers, the others are not."""
    article = hold(story_id, token, by=by, verb="update")
    _needs_live(article)
    _needs_change(article, "update")
    how = Release("update", EditionKind.UPDATE, at, reason, rights_reason, waived)
    return release(article, how, by=by)


@transaction.atomic
def correct(
    *,
    by: Any,
    story_id: int,
    token: str | None,
    note: str,
    kind: str = CorrectionKind.CORRECTION,
    severity: str = Severity.FACT,
    rights_reason: str = "",
    waived: Waived | None = None,
) -> Edition:
    """Publish the copy as a corrected edition, with a note to readers that says what was wrong and is right.

    Beside the note stand the paragraphs it changed, as long as readers may see both editions.
    """
    article = hold(story_id, token, by=by, verb="correct")
    _needs_live(article)
    said = prose.without_controls(note).strip()
    if not said:
        raise Refused("A correction needs a note for readers: say what was wrong, and what is right.")
    if kind not in {CorrectionKind.CORRECTION, CorrectionKind.CLARIFICATION}:
        raise Refused("Choose whether this is a correction or a clarification.")
    if severity not in Severity.values:
        raise Refused("Choose how far the mistake went: a slip, a fact, or the whole story.")
    before = _last(story_id)
    how = Release(
        "correct", EditionKind.CORRECTION, reason=said[:300], rights_reason=rights_reason, waived=waived
    )
    edition = release(article, how, by=by)
    Correction.objects.create(
        story_id=story_id,
        edition=edition,
        kind=kind,
        severity=severity,
        note=said,
        changes=changes_between(before, edition) if before else [],
        made_at=edition.live_from,
        made_by=by,
    )
    tally_story(story_id)
    return edition


@transaction.atomic
def mend(
    *,
    by: Any,
    story_id: int,
    token: str | None,
    rights_reason: str = "",
    waived: Waived | None = None,
) -> Edition:
    """Publish the copy with its spelling mended and nothing else: no note to readers, an edition in the record.

    Refused, with the reason, when a number, a name or the sense may have changed.
    """
    article = hold(story_id, token, by=by, verb="mend")
    _needs_live(article)
    _needs_change(article, "mend")
    last = _last(story_id)
    if last is not None:
        reasons = mending.more_than_spelling(contents_of_edition(last), addressed(contents_of(article)))
        if reasons:
            raise Refused(*reasons)
    how = Release("mend", EditionKind.FIX, rights_reason=rights_reason, waived=waived)
    return release(article, how, by=by)


def _last(story_id: int) -> Edition | None:
    return Edition.objects.open().filter(story_id=story_id).select_related("section").first()


def _needs_live(article: Article) -> None:
    if article.state != State.PUBLISHED:
        raise Refused(f"This story is {article.get_state_display()}, not published. Publish it first.")


def _needs_change(article: Article, verb: str) -> None:
    last = _last(article.pk)
    if last is not None and says_the_same(last, contents_of(article)):
        raise Refused(f"Nothing has changed since edition {last.number}. Change the copy first, then {verb}.")


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
    recount([story_id])
    touch(article, by=by, state=State.PUBLISHED if before else State.APPROVED)
    record("unschedule", by=by, story_id=story_id, edition=number, digest=digest)
    return article

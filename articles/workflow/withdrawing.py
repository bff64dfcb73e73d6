"""Takes back what was public: kill a story, suppress one edition. Both leave a dated notice and keep the record."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from articles import prose, roles
from articles.models import Article, Correction, CorrectionKind, Edition, RevisionKind, State, Suppression
from articles.models.withdrawal import Ground
from articles.workflow import announcing
from articles.workflow.copy import contents_of, hold, keep_revision, touch
from articles.workflow.events import record
from articles.workflow.refusals import Refused
from articles.workflow.shelving import recount
from articles.workflow.tallying import tally_story


@transaction.atomic
def kill(
    *,
    by: Any,
    story_id: int,
    token: str | None,
    reason: str = "",
    notice: str = "",
    ground: str = Ground.OTHER,
) -> Article:
    """Withdraw a story that ran: no reader sees any of its editions again, its address answers 410 with a notice.

    `ground` is one of the list, `reason` what is to be said beside it, needed where the ground is another; both are
    for the desk and the record. `notice` is what readers are told beside the date, if anything.
    """
    article = hold(story_id, token, by=by, verb="kill")
    if article.state != State.PUBLISHED:
        raise Refused(
            f"This story is {article.get_state_display()}; only a story that ran can be killed. Spike it instead."
        )
    if ground not in Ground.values:
        raise Refused("Choose the reason for the kill from the list.")
    words = prose.without_controls(reason).strip()
    if ground == Ground.OTHER and not words:
        raise Refused("Say why the story is killed. The reason is kept with the record.")
    said = words if ground == Ground.OTHER else f"{Ground(ground).label}. {words}".strip()
    if not Edition.objects.once_public().filter(story_id=story_id).exists():
        raise Refused("No reader has seen this story yet. Take it off the schedule, then spike it.")
    withdraw(story_id=story_id, by=by, reason=said, notice=notice, ground=str(ground))
    tally_story(story_id)
    touch(article, by=by, state=State.KILLED)
    keep_revision(story_id, contents_of(article), kind=RevisionKind.MOVE, by=by, reason=f"killed: {said}")
    return article


def withdraw(
    *, story_id: int, by: Any, reason: str, notice: str = "", verb: str = "kill", ground: str = ""
) -> None:
    """Close a story and suppress every edition of it, with a public notice. For `kill` and for undoing an import.

    Whoever calls it counts the notices anew: once for many stories.
    """
    announcing.pages_change(story_id)
    now = timezone.now()
    for waiting in Edition.objects.waiting(now).filter(story_id=story_id):
        before = Edition.objects.filter(story_id=story_id, number=waiting.number - 1)
        waiting.delete()
        before.update(live_until=None)
    seen = Edition.objects.filter(story_id=story_id, suppressed_at__isnull=True)
    numbers = list(seen.values_list("number", flat=True))
    seen.update(suppressed_at=now, suppressed_because=Suppression.KILLED)
    Edition.objects.open().filter(story_id=story_id).update(live_until=now)
    recount([story_id])
    said = prose.without_controls(notice).strip() or "The story that stood here was withdrawn by the editors."
    Correction.objects.create(
        story_id=story_id, kind=CorrectionKind.WITHDRAWAL, note=said, made_at=now, made_by=by
    )
    why = {"reason": reason, **({"ground": ground} if ground else {})}
    record(verb, by=by, story_id=story_id, editions=numbers, notice=said, **why)


@transaction.atomic
def suppress(*, by: Any, story_id: int, number: int, reason: str) -> Edition:
    """Hide one edition for a legal reason; its number and date stay as a stub. If it is the one in force, so is the story."""
    refused = roles.refusal(by, "suppress", Article.objects.filter(pk=story_id).first())
    if refused:
        raise Refused(refused)
    if not reason.strip():
        raise Refused(
            "Say on what legal ground the edition is suppressed. The reason is kept with the record."
        )
    edition = (
        Edition.objects.once_public().select_for_update().filter(story_id=story_id, number=number).first()
    )
    if edition is None:
        raise Refused(f"This story has no edition {number} that readers have seen.")
    if edition.suppressed_at is not None:
        raise Refused(f"Edition {number} is suppressed already.")
    announcing.pages_change(story_id)
    edition.suppressed_at = timezone.now()
    edition.suppressed_because = Suppression.LEGAL
    edition.save(update_fields=["suppressed_at", "suppressed_because"])
    tally_story(story_id)
    recount([story_id])
    record("suppress", by=by, story_id=story_id, edition=number, reason=reason)
    return edition

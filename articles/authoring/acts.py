"""The buttons of the story form: which verbs a person may use now, what each asks, what it then does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from articles import roles, workflow
from articles.authoring.widgets import MomentField, zone_in_words
from articles.models import Article, CorrectionKind, Edition, State
from newsroom.moments import in_words

Said = dict[str, Any]


def _words(label: str, *, required: bool = True, rows: int = 2, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


class NoQuestion(forms.Form):
    """For a verb that asks nothing."""


class WriterNote(forms.Form):
    """For sending back."""

    note = _words("What should the writer do?")


class SpikeNote(forms.Form):
    """For spiking."""

    note = _words("Why will it not run?")


class ReaderReason(forms.Form):
    """For an update."""

    reason = forms.CharField(label="What is new, for readers", required=False, max_length=300)


class Schedule(forms.Form):
    """For a later hour, its zone named."""

    at = MomentField(label="Day and hour")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].help_text = f"In the paper's own zone: {zone_in_words()}."


class CorrectionNote(forms.Form):
    """For a correction or clarification."""

    note = _words("For readers: what was wrong, and what is right?", rows=3)
    kind = forms.ChoiceField(
        label="This is a",
        choices=[
            (kind.value, kind.label) for kind in (CorrectionKind.CORRECTION, CorrectionKind.CLARIFICATION)
        ],
    )


class KillReasons(forms.Form):
    """For a withdrawal: one reason for the record, one notice for readers."""

    reason = _words("Why is it killed? Kept with the record, not printed.")
    notice = _words(
        "Notice to readers",
        required=False,
        help_text="Stands at the story's address with the date. Empty: “The story that stood here was withdrawn "
        "by the editors.”",
    )


@dataclass(frozen=True, slots=True)
class Act:
    """One button: `verb` is the rule in `roles.ALLOWED`, `carry_out` calls the workflow and returns what was done."""

    name: str
    verb: str
    label: str
    carry_out: Callable[..., str]
    asks: type[forms.Form] = NoQuestion
    is_grave: bool = False
    makes_public: bool = False


@dataclass(slots=True)
class Offer:
    """An act that the person may use on this story now, with its questions."""

    act: Act
    questions: forms.Form
    is_primary: bool = False


def _file(*, said: Said, **on: Any) -> str:
    workflow.file(**on)
    return "Handed to the desk."


def _send_back(*, said: Said, **on: Any) -> str:
    workflow.send_back(**on, note=said["note"])
    return "Sent back to its writer."


def _approve(*, said: Said, **on: Any) -> str:
    workflow.approve(**on)
    return "Approved: ready to be published."


def _publish(*, said: Said, **on: Any) -> str:
    edition = workflow.publish(**on, rights_reason=said["rights_reason"])
    return f"Published: edition {edition.number}."


def _schedule(*, said: Said, **on: Any) -> str:
    edition = workflow.publish(**on, at=said["at"], rights_reason=said["rights_reason"])
    return f"Scheduled: readers see it from {in_words(edition.live_from)}."


def _update(*, said: Said, **on: Any) -> str:
    edition = workflow.update(**on, reason=said["reason"], rights_reason=said["rights_reason"])
    return f"Updated: readers now see edition {edition.number}."


def _schedule_update(*, said: Said, **on: Any) -> str:
    edition = workflow.update(**on, at=said["at"], rights_reason=said["rights_reason"])
    return f"Scheduled: edition {edition.number} replaces the present one on {in_words(edition.live_from)}."


def _correct(*, said: Said, **on: Any) -> str:
    edition = workflow.correct(
        **on, note=said["note"], kind=said["kind"], rights_reason=said["rights_reason"]
    )
    return f"Corrected: edition {edition.number}, with its note to readers."


def _unschedule(*, said: Said, **on: Any) -> str:
    workflow.unschedule(**on)
    return "Taken off the schedule."


def _spike(*, said: Said, **on: Any) -> str:
    workflow.spike(**on, note=said["note"])
    return "Spiked. It is kept and can be taken off the spike."


def _unspike(*, said: Said, **on: Any) -> str:
    workflow.unspike(**on)
    return "Off the spike: a draft again."


def _kill(*, said: Said, **on: Any) -> str:
    workflow.kill(**on, reason=said["reason"], notice=said["notice"])
    return "Killed. Its address now tells readers that it was withdrawn."


FILE = Act("file", "file", "Hand to desk", _file)
APPROVE = Act("approve", "approve", "Approve", _approve)
PUBLISH = Act("publish", "publish", "Publish now", _publish, makes_public=True)
SCHEDULE = Act("schedule", "publish", "Schedule", _schedule, Schedule, makes_public=True)
UPDATE = Act("update", "update", "Publish the update", _update, ReaderReason, makes_public=True)
CORRECT = Act("correct", "correct", "Publish the correction", _correct, CorrectionNote, makes_public=True)
SCHEDULE_UPDATE = Act(
    "schedule_update", "update", "Schedule the update", _schedule_update, Schedule, makes_public=True
)
UNSCHEDULE = Act("unschedule", "unschedule", "Take off the schedule", _unschedule)
SEND_BACK = Act("send_back", "send_back", "Send back", _send_back, WriterNote)
SPIKE = Act("spike", "spike", "Spike", _spike, SpikeNote, is_grave=True)
UNSPIKE = Act("unspike", "unspike", "Take off the spike", _unspike)
KILL = Act("kill", "kill", "Kill", _kill, KillReasons, is_grave=True)

BY_STATE: dict[str, tuple[Act, ...]] = {
    State.DRAFT: (FILE, PUBLISH, SCHEDULE, SPIKE),
    State.FILED: (APPROVE, PUBLISH, SCHEDULE, SEND_BACK, SPIKE),
    State.APPROVED: (PUBLISH, SCHEDULE, SEND_BACK, SPIKE),
    State.PUBLISHED: (UPDATE, CORRECT, SCHEDULE_UPDATE, KILL),
    State.SPIKED: (UNSPIKE,),
    State.KILLED: (),
}
# What comes next by itself; an update is offered first only when the copy differs from what readers see.
LEADING = (FILE, APPROVE, PUBLISH, UNSPIKE)


def waiting_edition(article: Article) -> Edition | None:
    """Return the edition of this story that is scheduled, if any."""
    return Edition.objects.waiting().filter(story_id=article.pk).first()


def acts_for(article: Article, waiting: Edition | None) -> list[Act]:
    """Return what can be done with copy in this state, whoever asks."""
    acts = list(BY_STATE[article.state])
    if waiting is not None:
        acts = [UNSCHEDULE]
        if Edition.objects.once_public().filter(story_id=article.pk).exists():
            acts.append(KILL)
    return acts


def offers(
    article: Article, *, user: Any, waiting: Edition | None, sent: QueryDict | None = None, chosen: str = ""
) -> list[Offer]:
    """Return the acts `user` may use on `article` now, the first of them primary; `chosen` keeps its answers."""
    found = []
    for act in acts_for(article, waiting):
        if roles.refusal(user, act.verb, article):
            continue
        answers = sent if act.name == chosen else None
        start = {"at": _first_moment(article)} if act.asks is Schedule else {}
        found.append(Offer(act, act.asks(answers, prefix=act.name, initial=start)))
    if found and found[0].act in LEADING:
        found[0].is_primary = True
    return found


def _first_moment(article: Article) -> Any:
    embargo = article.embargo_until
    return embargo if embargo and embargo > timezone.now() else None

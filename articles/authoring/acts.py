"""The buttons of the story form: which verbs a person may use now, what each asks, what it then does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format

from articles import roles, workflow
from articles.authoring.questions import (
    CorrectionNote,
    KillReasons,
    NoQuestion,
    ReaderReason,
    Schedule,
    SpikeNote,
    WriterNote,
)
from articles.models import Article, Edition, State
from newsroom.moments import in_words

Said = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One button: `verb` is the rule in `roles.ALLOWED`, `carry_out` calls the workflow and returns what was done.

    `line` says in the dialog what will happen; `is_asked_first` that it does not happen at the first press.
    """

    name: str
    verb: str
    label: str
    carry_out: Callable[..., str]
    asks: type[forms.Form] = NoQuestion
    is_grave: bool = False
    makes_public: bool = False
    line: str = ""

    @property
    def is_near(self) -> bool:
        """Say whether its button stands beside the primary one: what an editor may want at once instead."""
        return self.name in {"file", "approve", "publish", "unschedule", "unspike"}

    @property
    def is_asked_first(self) -> bool:
        """Say whether one confirm stands before it."""
        return self.makes_public or self.is_grave or self.asks is not NoQuestion


@dataclass(slots=True)
class Offer:
    """An act that the person may use on this story now, with its questions and the words on its button."""

    act: Act
    questions: forms.Form
    is_primary: bool = False
    label: str = ""


def _public(said: Said) -> dict[str, Any]:
    """Return what every verb that makes copy public is told beside its own questions."""
    return {"rights_reason": said.get("rights_reason", ""), "waived": said.get("waived", {})}


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
    edition = workflow.publish(**on, **_public(said))
    return f"Published: edition {edition.number}."


def _schedule(*, said: Said, **on: Any) -> str:
    edition = workflow.publish(**on, at=said["at"], **_public(said))
    return f"Scheduled: readers see it from {in_words(edition.live_from)}."


def _update(*, said: Said, **on: Any) -> str:
    edition = workflow.update(**on, reason=said["reason"], **_public(said))
    return f"Updated: readers now see edition {edition.number}."


def _schedule_update(*, said: Said, **on: Any) -> str:
    edition = workflow.update(**on, at=said["at"], **_public(said))
    return f"Scheduled: edition {edition.number} replaces the present one on {in_words(edition.live_from)}."


def _correct(*, said: Said, **on: Any) -> str:
    answers = {name: said[name] for name in ("note", "kind", "severity")}
    edition = workflow.correct(**on, **answers, **_public(said))
    return f"Corrected: edition {edition.number}, with its note to readers."


def _mend(*, said: Said, **on: Any) -> str:
    edition = workflow.mend(**on, **_public(said))
    return f"Spelling mended: readers see edition {edition.number}, without a note."


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
    workflow.kill(**on, reason=said["reason"], notice=said["notice"], ground=said["ground"])
    return "Killed. Its address now tells readers that it was withdrawn."


FILE = Act("file", "file", "Hand to desk", _file)
APPROVE = Act("approve", "approve", "Approve", _approve)
PUBLISH = Act(
    "publish", "publish", "Publish now", _publish, makes_public=True, line="Readers see it at once."
)
SCHEDULE = Act(
    "schedule",
    "publish",
    "Schedule",
    _schedule,
    Schedule,
    makes_public=True,
    line="Readers see it from that second on. What is changed in the copy later is not in it.",
)
UPDATE = Act(
    "update",
    "update",
    "Publish the update",
    _update,
    ReaderReason,
    makes_public=True,
    line="There is news: readers see the copy as it stands, marked as updated.",
)
CORRECT = Act(
    "correct",
    "correct",
    "Publish the correction",
    _correct,
    CorrectionNote,
    makes_public=True,
    line="Something was wrong: readers see the copy, your note, and the words that changed.",
)
MEND = Act(
    "mend",
    "mend",
    "Mend the spelling",
    _mend,
    makes_public=True,
    line="Slips of the pen only: no note to readers; the edition and your name are in the record.",
)
SCHEDULE_UPDATE = Act(
    "schedule_update",
    "update",
    "Schedule the update",
    _schedule_update,
    Schedule,
    makes_public=True,
    line="The copy as it stands takes the place of what readers see from that second on.",
)
UNSCHEDULE = Act("unschedule", "unschedule", "Take off the schedule", _unschedule)
SEND_BACK = Act("send_back", "send_back", "Send back", _send_back, WriterNote)
SPIKE = Act("spike", "spike", "Spike", _spike, SpikeNote, is_grave=True, line="It will not run. It is kept.")
UNSPIKE = Act("unspike", "unspike", "Take off the spike", _unspike)
KILL = Act(
    "kill",
    "kill",
    "Kill",
    _kill,
    KillReasons,
    is_grave=True,
    line="At once, everywhere. Its address answers with a dated notice, for ever.",
)

BY_STATE: dict[str, tuple[Act, ...]] = {
    State.DRAFT: (FILE, PUBLISH, SCHEDULE, SPIKE),
    State.FILED: (APPROVE, PUBLISH, SCHEDULE, SEND_BACK, SPIKE),
    State.APPROVED: (PUBLISH, SCHEDULE, SEND_BACK, SPIKE),
    State.PUBLISHED: (UPDATE, CORRECT, MEND, SCHEDULE_UPDATE, KILL),
    State.SPIKED: (UNSPIKE,),
    State.KILLED: (),
}
# What comes next by itself, first of these that one may do; an update leads only when the copy differs from what readers see.
LEADING: dict[str, tuple[Act, ...]] = {
    State.DRAFT: (FILE,),
    State.FILED: (PUBLISH,),
    State.APPROVED: (PUBLISH,),
    State.SPIKED: (UNSPIKE,),
}


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
    embargo = _first_moment(article)
    for act in acts_for(article, waiting):
        if roles.refusal(user, act.verb, article):
            continue
        answers = sent if act.name == chosen else None
        start = {"at": embargo} if act.asks is Schedule else {}
        questions = act.asks(answers, prefix=act.name, initial=start)
        found.append(Offer(act, questions, label=label_of(act, article)))
    leading = LEADING.get(article.state, ()) if waiting is None else ()
    for offer in found:
        is_next = SCHEDULE if embargo and PUBLISH in leading else next(iter(leading), None)
        offer.is_primary = offer.act is is_next
    return found


def label_of(act: Act, article: Article) -> str:
    """Return the words on an act's button: what it does, and for a story under embargo when."""
    embargo = _first_moment(article)
    return f"Publish {in_short(embargo)}" if act is SCHEDULE and embargo else act.label


def _first_moment(article: Article) -> datetime | None:
    embargo = article.embargo_until
    return embargo if embargo and embargo > timezone.now() else None


def in_short(moment: datetime) -> str:
    """Return a moment as it stands on a button: the weekday alone within a week, else the day."""
    local = timezone.localtime(moment)
    is_near = local.date() < timezone.localdate() + timedelta(days=7)
    return date_format(local, "l H:i" if is_near else "j F H:i")

"""What stands between copy and its readers: sentences to act on, pictures among them, and the one question about rights."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from articles import workflow
from articles.authoring.acts import Offer
from articles.authoring.questions import Schedule
from articles.models import Article, State
from articles.rules import BY_NAME, Problem, Rule
from articles.rules.rights import Hindered, hindered
from articles.workflow.copy import contents_of
from articles.workflow.publishing import UNPUBLISHED

# Before the name of a rule: the box that says why it is waved through.
WAIVED = "waived-"


class RightsReason(forms.Form):
    """The question that lets a picture run whose rights are open."""

    rights_reason = forms.CharField(
        label="Why may it be shown?",
        help_text="Kept with your name. Not printed.",
        error_messages={"required": "Say why, or take the picture out of the story."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that is in the way: a thumbnail, if its file is here, and the sentence that says why."""

    src: str
    sentence: str


@dataclass(slots=True)
class Asked:
    """A rule that warns, what it found, why it is there, and the reason typed for waving it through."""

    rule: Rule
    sentences: list[str]
    reason: str = ""

    @property
    def name(self) -> str:
        """Return the name of its box."""
        return f"{WAIVED}{self.rule.name}"


@dataclass(slots=True)
class BeforeItRuns:
    """What the desk has to settle first; `question` and `asked` are there where a reason would settle the rest."""

    sentences: list[str] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)
    question: RightsReason | None = None
    asked: list[Asked] = field(default_factory=list)


def asked_about(problems: Iterable[Problem], given: Mapping[str, Any]) -> list[Asked]:
    """Return the warnings among `problems`, those of one rule together, with the reasons `given` for them."""
    found: dict[str, Asked] = {}
    for one in problems:
        if not one.rule.is_stop:
            reason = str(given.get(one.rule.name) or "")
            found.setdefault(one.rule.name, Asked(one.rule, [], reason)).sentences.append(one.said)
    return list(found.values())


def waived_in(sent: QueryDict) -> dict[str, str]:
    """Return the reasons that the form brings, by rule."""
    return {
        name.removeprefix(WAIVED): str(sent[name])
        for name in sent
        if name.startswith(WAIVED) and name.removeprefix(WAIVED) in BY_NAME
    }


def before_it_runs(
    article: Article,
    *,
    offered: Sequence[Offer],
    sent: QueryDict,
    chosen: str,
    is_public: bool,
    problems: Sequence[Problem] = (),
) -> BeforeItRuns:
    """Return what hinders `article` on the day it would go out: the one that was typed, its embargo's, or today.

    `is_public` says that readers see it as it stands: its pictures are then asked about only when it is to go out
    again. The question is for those who may publish; others read the sentences. `problems` are what it was refused
    for a moment ago.
    """
    if article.state not in {*UNPUBLISHED, State.PUBLISHED}:
        return BeforeItRuns()
    contents, at = contents_of(article), _goes_out(article, offered, chosen)
    asks = [offer.act.name for offer in offered if offer.act.makes_public]
    found = hindered(article.pk, contents, at) if not is_public or chosen in asks else []
    told = {one.hindrance.sentence for one in found}
    stated = [one for one in workflow.blockers(article, contents) if one not in told]
    question = None
    if asks and any(one.hindrance.needs_reason for one in found):
        typed = {"rights_reason": sent.get("rights_reason", "")}
        question = RightsReason(sent) if chosen in asks else RightsReason(initial=typed)
    asked = [one for one in asked_about(problems, waived_in(sent)) if one.rule.name != "rights_open"]
    return BeforeItRuns(stated, [_shown(one) for one in found], question, asked)


def _goes_out(article: Article, offered: Sequence[Offer], chosen: str) -> datetime | None:
    for offer in offered:
        form = offer.questions
        if offer.act.name == chosen and isinstance(form, Schedule) and form.is_bound and form.is_valid():
            at: datetime = form.cleaned_data["at"]
            return at
    embargo = article.embargo_until
    return embargo if embargo and embargo > timezone.now() else None


def _shown(one: Hindered) -> Shown:
    copies: list[Any] = one.picture.copies()
    return Shown(copies[0].desk_url if copies else "", one.hindrance.sentence)

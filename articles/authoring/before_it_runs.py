"""What stands between copy and its readers: sentences to act on, pictures among them, and the one question about rights."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from articles import workflow
from articles.authoring.acts import Offer, Schedule
from articles.models import Article, State
from articles.rules.rights import Hindered, hindered
from articles.workflow.copy import contents_of
from articles.workflow.publishing import UNPUBLISHED


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
class BeforeItRuns:
    """What the desk has to settle first; `question` is there where a reason would settle the rest."""

    sentences: list[str] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)
    question: RightsReason | None = None


def before_it_runs(
    article: Article, *, offered: Sequence[Offer], sent: QueryDict, chosen: str, is_public: bool
) -> BeforeItRuns:
    """Return what hinders `article` on the day it would go out: the one that was typed, its embargo's, or today.

    `is_public` says that readers see it as it stands: its pictures are then asked about only when it is to go out
    again. The question is for those who may publish; others read the sentences.
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
    return BeforeItRuns(stated, [_shown(one) for one in found], question)


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

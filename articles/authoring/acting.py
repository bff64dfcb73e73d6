"""The door behind the story page's buttons: says what stands in the way, does what was confirmed, and tells where the story stands then.

A letter: `act` (a button's name; none asks only where the story stands), `token`, `answers` (the act's questions by
name), `waived` (a reason for each rule that warns) and `ask` (true: nothing is done, the dialog is given).
"""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import roles
from articles.authoring import acts
from articles.authoring.acts import KILL, Act
from articles.authoring.before_it_runs import asked_about
from articles.authoring.questions import Schedule
from articles.authoring.story_page import Trouble, revision_of, standing_of
from articles.authoring.widgets import MomentField
from articles.models import Article, whole_story
from articles.rules import Problem
from articles.workflow import NotReady, Refused
from articles.workflow.releasing import found_in
from articles.workflow.showing import where_it_shows
from newsroom.letters import Letter, refuse
from newsroom.moments import Moment, read_moment

_log = logging.getLogger("newsroom.doors")
GONE_ON = (
    "This story has moved on since the page was opened: the buttons are those of now. Look, and press again."
)
CHANGED = "{who} changed this story since you opened it. Read what is new in it, and press again."


def door(request: HttpRequest, letter: Letter, story_id: int) -> HttpResponse:
    """Carry out one act on a story, or say why not, stop by stop and warning by warning."""
    article = roles.copy_read_by(request.user, story_id)
    if article is None:
        _log.warning("%s was refused story %s", request.user, story_id)
        return refuse("There is no such story.", status=404)
    chosen = letter.get("act") or ""
    if not chosen:
        return JsonResponse(_stands(request, article))
    offered = acts.acts_for(article, whole_story.scheduled(article.pk))
    act = next((one for one in offered if one.name == chosen), None)
    if act is None:
        return JsonResponse({"refused": [GONE_ON], **_stands(request, article)}, status=409)
    reason = roles.refusal(request.user, act.verb, article)
    if reason:
        _log.warning("%s was refused to %s story %s: %s", request.user, act.name, story_id, reason)
        return refuse(reason, status=403)
    if str(letter.get("token") or "") != article.token:
        who = article.changed_by.get_username() if article.changed_by else "Somebody"
        said = [CHANGED.format(who=who)]
        return JsonResponse({"refused": said, **_stands(request, article)}, status=409)
    return _answer(request, article, act, letter)


def _answer(request: HttpRequest, article: Article, act: Act, letter: Letter) -> HttpResponse:
    answers, waived = _texts(letter.get("answers")), _texts(letter.get("waived"))
    bound = {f"{act.name}-{name}": value for name, value in answers.items()}
    if letter.get("ask"):
        offer = next(one for one in acts.offers(article, user=request.user, waiting=None) if one.act is act)
        return _dialog(
            article, act, offer.questions, _found(article, act, offer.questions), waived, status=200
        )
    questions = act.asks(bound, prefix=act.name)
    if not questions.is_valid():
        return _dialog(article, act, questions, _found(article, act, questions), waived)
    said = questions.cleaned_data | {"waived": waived}
    try:
        done = act.carry_out(by=request.user, story_id=article.pk, token=article.token, said=said)
    except NotReady as refused:
        return _dialog(article, act, questions, list(refused.problems), waived)
    except Refused as refused:
        return _dialog(article, act, questions, [], waived, refused=refused.reasons)
    article = Article.objects.select_related("section", "desk", "changed_by").get(pk=article.pk)
    return JsonResponse({"done": done, **_stands(request, article)})


def _texts(sent: Any) -> dict[str, str]:
    kept = sent if isinstance(sent, dict) else {}
    return {str(name)[:60]: str(value) for name, value in kept.items() if isinstance(value, str | int)}


def _found(article: Article, act: Act, questions: Any) -> list[Problem]:
    """Return what the rules find, for the hour that was typed if it can be read, else for now."""
    if not act.makes_public:
        return []
    at = questions.initial.get("at")
    if isinstance(questions, Schedule) and questions.is_bound and questions.is_valid():
        at = questions.cleaned_data["at"]
    if isinstance(questions, Schedule) and at is None:
        at = article.embargo_until
    return found_in(article, at=at if at and at > timezone.now() else None)


def _dialog(
    article: Article,
    act: Act,
    questions: Any,
    found: list[Problem],
    waived: dict[str, str],
    *,
    refused: tuple[str, ...] = (),
    status: int = 422,
) -> HttpResponse:
    """Answer with the dialog: what is wrong and nothing else, the act's questions, the one button."""
    stops = [one for one in found if one.rule.is_stop]
    context = {
        "article": article,
        "act": act,
        "label": acts.label_of(act, article),
        "questions": questions,
        "refused": refused,
        "stops": stops,
        "asked": asked_about(found, waived),
        "shows": where_it_shows(article.pk) if act is KILL else [],
        "is_tried": status != 200,
    }
    told = {
        "stops": [{"rule": one.rule.name, "said": one.said} for one in stops]
        + [{"rule": "", "said": said} for said in refused],
        "warnings": [
            {"rule": one.rule.name, "said": one.said, "needs_reason": True}
            for one in found
            if not one.rule.is_stop
        ],
        "dialog": render_to_string("authoring/_act_dialog.html", context),
    }
    return JsonResponse(told, status=status)


def _stands(request: HttpRequest, article: Article) -> dict[str, Any]:
    """Return where the story stands now, with the parts of the page that say so."""
    standing = standing_of(request, article, Trouble(status=200))
    context = {
        **standing,
        "article": article,
        "closed": roles.refusal(request.user, "save", article),
    }
    is_mine = roles.may_read(request.user, article)
    is_scheduled = standing["waiting"] is not None
    return {
        "story": article.pk,
        "token": article.token,
        "revision": revision_of(article),
        "state": "scheduled" if is_scheduled else str(article.state),
        "state_word": "scheduled" if is_scheduled else article.get_state_display(),
        "is_closed": bool(context["closed"]),
        "offers": render_to_string("authoring/_acts.html", context, request),
        "further": render_to_string("authoring/_further_acts.html", context, request),
        "standing": render_to_string("authoring/_standing.html", context, request),
        "leave": "" if is_mine else reverse("admin:articles_article_changelist"),
    }


@require_safe
def moment(request: HttpRequest) -> JsonResponse:
    """Say which moment `?q=` means, with weekday, date, hour and zone, or why it means none; two choices where it is two."""
    typed = request.GET.get("q", "")
    may_have_passed = bool(request.GET.get("past"))
    zone = timezone.get_current_timezone()
    found = read_moment(typed, now=timezone.now(), zone=zone, may_have_passed=may_have_passed)
    if isinstance(found, Moment):
        local = timezone.localtime(found.at)
        facts = {
            "at": local.isoformat(),
            "typed": MomentField().prepare_value(found.at),
            "short": acts.in_short(found.at),
        }
        return JsonResponse({"said": found.said, **facts})
    choices = [{"typed": one.typed, "said": one.said} for one in found.choices]
    return JsonResponse({"trouble": found.said, "choices": choices})

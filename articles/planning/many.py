"""The pages of acts on many stories: what each would do, told per story before one click does it, and the click back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from articles import roles
from articles.models import Article, BulkAct, Desk, Section
from articles.planning import known
from articles.rules import BY_NAME, Rule
from articles.workflow import bulk
from articles.workflow.bulk import ACTS, Choice, OnMany
from articles.workflow.refusals import Refused

OFFERED = {
    "publish": "Publish…",
    "move": "Move to a section…",
    "tag": "Tag…",
    "assign_writer": "Assign to a writer…",
    "assign_desk": "Assign to a desk…",
    "spike": "Spike…",
}


class OnManyStories:
    """Adds the acts on many stories to the list of copy: those that the person's role may use at all."""

    def get_actions(self, request: HttpRequest) -> dict[str, tuple[Any, str, str]]:
        """Return the acts as Django's list of a model offers them."""
        return {
            name: (_begin, name, words)
            for name, words in OFFERED.items()
            if roles.has_role(request.user, ACTS[name].verb)
        }


def _begin(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse:
    act = ACTS[request.POST["action"]]
    rows = queryset.order_by("-changed_at").values_list("pk", "version")[: bulk.MOST + 1]
    return _page(request, act, {key: str(version) for key, version in rows}, None)


class Answer(forms.Form):
    """What an act asks, if anything."""

    section = forms.ModelChoiceField(
        Section.objects.all(), to_field_name="slug", empty_label="choose a section"
    )
    tags = forms.CharField(max_length=400, help_text="Known tags, a comma between two.")
    writer = forms.ModelChoiceField(User.objects.none(), empty_label="choose a writer")
    desk = forms.ModelChoiceField(Desk.objects.all(), empty_label="choose a desk")
    note = forms.CharField(label="Why will they not run?", max_length=300)

    def __init__(self, sent: Any, act: OnMany) -> None:
        super().__init__(sent)
        writing = User.objects.filter(
            is_active=True, groups__name__in=[role.value for role in roles.WRITING]
        ).distinct()
        self.fields["writer"].queryset = writing.order_by("first_name", "username")  # type: ignore[attr-defined]
        self.fields["writer"].label_from_instance = known.person  # type: ignore[attr-defined]
        for name in [name for name in self.fields if name != act.asks]:
            del self.fields[name]

    def choice(self, waived: Mapping[str, str]) -> Choice:
        """Return what was answered, with the reasons for letting warnings through."""
        said = self.cleaned_data
        return Choice(
            waived=waived,
            section=said["section"].slug if said.get("section") else "",
            tags=tuple(part.strip() for part in said.get("tags", "").split(",") if part.strip()),
            writer=said["writer"].pk if said.get("writer") else None,
            desk=said["desk"].pk if said.get("desk") else None,
            note=said.get("note", ""),
        )


# Before the name of a rule: the box with the reason for all.
WAIVED = "waived-"


@dataclass(slots=True)
class Warned:
    """A rule that warns of some of the stories: what it says of each, and the one reason typed for all of them."""

    rule: Rule
    reason: str
    stories: list[tuple[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return the name of its box."""
        return f"{WAIVED}{self.rule.name}"


def _warned(outcomes: list[bulk.Outcome], waived: Mapping[str, str]) -> list[Warned]:
    """Return the rules that warn of any story that could go out, answered ones too, so that an answer can be changed."""
    found: dict[str, Warned] = {}
    for one in outcomes:
        said = [(problem.rule.name, problem.said) for problem in one.asked]
        said += [(waved["rule"], " ".join(waved["said"])) for waved in one.waved]
        for rule, sentence in said:
            warned = found.setdefault(rule, Warned(BY_NAME[rule], waived.get(rule, "")))
            warned.stories.append((one.name, sentence))
    return list(found.values())


@require_POST
def do(request: HttpRequest, act_name: str) -> HttpResponse:
    """Show what an act would do to the stories sent with it, or, with `do`, do what was shown.

    `shown` holds the answers with which it was shown: where another was given since, it is shown again and not done.
    """
    act = ACTS.get(act_name)
    if act is None:
        raise Http404
    stories = _sent(request)
    answer = Answer(request.POST, act)
    if "do" not in request.POST or not answer.is_valid():
        return _page(request, act, stories, answer)
    waived = _waived(request)
    if request.POST.get("shown") != _as_shown(act, request.POST, waived):
        messages.warning(request, "An answer changed since the list was made. This is what it does now.")
        return _page(request, act, stories, answer)
    try:
        kept = bulk.carry_out(by=request.user, act=act, stories=stories, choice=answer.choice(waived))
    except Refused as refused:
        messages.error(request, " ".join(refused.reasons))
        return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
    return HttpResponseRedirect(reverse("admin:desk_bulk_done", args=[kept.pk]))


def _waived(request: HttpRequest) -> dict[str, str]:
    """Return the reasons sent, by the rule that warns."""
    sent = {
        name.removeprefix(WAIVED): str(request.POST[name]) for name in request.POST if name.startswith(WAIVED)
    }
    return {rule: reason for rule, reason in sent.items() if rule in BY_NAME and reason.strip()}


def _as_shown(act: OnMany, sent: Mapping[str, Any], waived: Mapping[str, str]) -> str:
    """Return the answers as one text, to tell whether they are still those of the page."""
    return json.dumps(
        [sent.get(act.asks, "") if act.asks else "", sorted(waived.items())], ensure_ascii=False
    )


def _sent(request: HttpRequest) -> dict[int, str]:
    """Return the token of each story sent, by its ID; stories one may not read are as if they were not sent."""
    tokens = {}
    for one in request.POST.getlist("story")[: bulk.MOST + 1]:
        key, _, token = one.partition(":")
        if key.isascii() and key.isdigit() and len(key) <= 18:
            tokens[int(key)] = token[:20]
    rows = Article.objects.filter(roles.readable_by(request.user)).filter(pk__in=tokens)
    here = set(rows.values_list("pk", flat=True))
    return {key: token for key, token in tokens.items() if key in here}


def _page(request: HttpRequest, act: OnMany, stories: dict[int, str], answer: Answer | None) -> HttpResponse:
    if not roles.has_role(request.user, act.verb):
        raise PermissionDenied
    shown = answer if answer is not None else Answer({} if not act.asks else None, act)
    outcomes: list[bulk.Outcome] = []
    waived = _waived(request)
    try:
        if shown.is_bound and shown.is_valid():
            choice = shown.choice(waived)
            outcomes = bulk.preview(by=request.user, act=act, stories=stories, choice=choice)
    except Refused as refused:
        messages.error(request, " ".join(refused.reasons))
        return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
    done = sum(one.is_done for one in outcomes)
    rows = Article.objects.filter(roles.readable_by(request.user)).filter(pk__in=stories)
    context = {
        **admin.site.each_context(request),
        "title": OFFERED[act.name].rstrip("…"),
        "act": act,
        "answer": shown,
        "stories": [f"{key}:{token}" for key, token in stories.items()],
        "outcomes": outcomes,
        "warned": _warned(outcomes, waived),
        "shown": _as_shown(act, request.POST, waived),
        "chosen": [] if outcomes else list(rows.defer("body", "note")),
        "done": done,
        "refused": len(outcomes) - done,
    }
    return TemplateResponse(request, "planning/many.html", context)


@require_safe
def done(request: HttpRequest, act_id: int) -> HttpResponse:
    """Show what an act did, with the click that takes it back."""
    kept = _kept(request, act_id)
    rows = Article.objects.filter(roles.readable_by(request.user)).defer("body", "note")
    named = {str(row.pk): row for row in rows.filter(pk__in=[int(key) for key in kept.before])}
    lines = [(named[key], facts) for key, facts in kept.before.items() if key in named]
    is_late = kept.verb == "publish" and timezone.now() > kept.made_at + bulk.UNTIL_OUT
    context = {
        **admin.site.each_context(request),
        "title": kept.said,
        "kept": kept,
        "lines": lines,
        "unseen": len(kept.before) - len(lines),
        "did": sum("was" in facts for facts in kept.before.values()),
        "is_late": is_late,
        "out_at": kept.made_at + bulk.UNTIL_OUT if kept.verb == "publish" else None,
    }
    return TemplateResponse(request, "planning/many_done.html", context)


@require_POST
def undo(request: HttpRequest, act_id: int) -> HttpResponse:
    """Take an act back."""
    _kept(request, act_id)
    try:
        outcomes = bulk.undo(by=request.user, act_id=act_id)
    except Refused as refused:
        messages.error(request, " ".join(refused.reasons))
    else:
        stays = sum(not one.is_done for one in outcomes)
        said = f"{len(outcomes) - stays} taken back." + (
            f" {stays} stay as they are: see why below." if stays else ""
        )
        (messages.warning if stays else messages.success)(request, said)
    return HttpResponseRedirect(reverse("admin:desk_bulk_done", args=[act_id]))


def _kept(request: HttpRequest, act_id: int) -> BulkAct:
    kept = BulkAct.objects.select_related("by").filter(pk=act_id, verb__in=ACTS).first()
    if kept is None or not bulk.may_see(request.user, kept):
        raise Http404
    return kept

"""The story form: shown, saved with its version token, moved on by one button, refused with what was typed kept."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles import roles, workflow
from articles.authoring import acts, comparing, draft
from articles.authoring.acts import Act
from articles.authoring.before_it_runs import before_it_runs, waived_in
from articles.authoring.draft import Draft
from articles.authoring.lookups import said_of
from articles.authoring.widgets import zone_in_words
from articles.models import Article, Edition, Revision, RevisionKind, whole_story
from articles.rules import Problem
from articles.workflow import Conflict, NotReady, Refused
from articles.workflow.copy import cleaned, contents_of
from articles.workflow.editions import says_the_same
from newsroom.prepared import prepared

FORM = "authoring/story.html"


@dataclass(slots=True)
class Trouble:
    """Why the form is shown again: sentences, and the conflict where two people saved."""

    reasons: list[str] = field(default_factory=list)
    conflict: Conflict | None = None
    chosen: str = ""
    status: int = 422
    problems: tuple[Problem, ...] = ()


def begin(admin: Any, request: HttpRequest) -> HttpResponse:
    """Show the form of a new story, or start one from what was typed."""
    if not admin.has_add_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return _show(admin, request, None, draft.empty(request))
    typed = draft.posted(request)
    if not typed.is_valid():
        return _show(admin, request, None, typed, Trouble(["Nothing was saved. Mend what is marked below."]))
    try:
        article = workflow.start(by=request.user, contents=typed.contents(), assignment=typed.assignment())
    except Refused as refused:
        return _show(admin, request, None, typed, Trouble(list(refused.reasons)))
    return _move_on(admin, request, article, "Started.", is_new=True)


def edit(admin: Any, request: HttpRequest, story_id: int) -> HttpResponse:
    """Show the form of a story, or save it and carry out the button that was pressed."""
    article = readable_or_404(request, story_id)
    if request.method != "POST":
        return _show(admin, request, article, draft.opened(request, article))
    if "headline" not in request.POST:
        return _move_on(admin, request, article, "")
    typed = draft.posted(request, article)
    if not typed.is_valid():
        return _show(
            admin, request, article, typed, Trouble(["Nothing was saved. Mend what is marked below."])
        )
    try:
        article, said = _save(request, article, typed)
    except Conflict as conflict:
        return _show(
            admin, request, conflict.article, typed, Trouble(list(conflict.reasons), conflict, status=409)
        )
    except Refused as refused:
        return _show(admin, request, article, typed, Trouble(list(refused.reasons)))
    return _move_on(admin, request, article, said)


def readable_or_404(request: HttpRequest, story_id: int) -> Article:
    """Return the copy if this person may read it; else 404, as if there were none."""
    article = roles.copy_read_by(request.user, story_id)
    if article is None:
        raise Http404
    return article


def _save(request: HttpRequest, article: Article, typed: Draft) -> tuple[Article, str]:
    token, contents, assignment = request.POST.get("token"), typed.contents(), typed.assignment()
    same = cleaned(contents) == contents_of(article) and assignment == draft.assignment_of(article)
    if same and token == article.token:
        return article, ""
    saved = workflow.save(
        by=request.user, story_id=article.pk, token=token, contents=contents, assignment=assignment
    )
    return saved, f"Saved {date_format(timezone.localtime(saved.changed_at), 'H:i:s')}."


def _move_on(
    admin: Any, request: HttpRequest, article: Article, said: str, *, is_new: bool = False
) -> HttpResponse:
    """Carry out the button pressed, if it is more than “Save”, and go where it leads."""
    chosen = request.POST.get("act", "")
    token = article.token if "headline" in request.POST else request.POST.get("token")
    if chosen == "preview":
        return HttpResponseRedirect(reverse("admin:desk_preview", args=[article.pk]))
    act = next(
        (act for act in acts.acts_for(article, whole_story.scheduled(article.pk)) if act.name == chosen), None
    )
    if chosen and act is None:
        said = f"{said} “{chosen.replace('_', ' ')}” is not possible now: the story has moved on.".strip()
    if act is not None:
        trouble = _carry_out(request, article, act, token)
        if trouble is None:
            article.refresh_from_db()
            return _back_to(request, article)
        if said:
            trouble.reasons.insert(0, f"{said} “{act.label}” was not done:")
        fresh = readable_or_404(request, article.pk)
        if is_new:
            for reason in trouble.reasons:
                messages.error(request, reason)
            return _back_to(request, fresh)
        return _show(admin, request, fresh, draft.opened(request, fresh), trouble)
    messages.success(request, said or "Nothing had changed, so nothing was saved.")
    return _back_to(request, article)


def _carry_out(request: HttpRequest, article: Article, act: Act, token: str | None) -> Trouble | None:
    questions = act.asks(request.POST, prefix=act.name)
    if not questions.is_valid():
        return Trouble([f"{act.label}: answer what is marked beside the button."], chosen=act.name)
    said = questions.cleaned_data | {
        "rights_reason": request.POST.get("rights_reason", ""),
        "waived": waived_in(request.POST),
    }
    try:
        done = act.carry_out(by=request.user, story_id=article.pk, token=token, said=said)
    except NotReady as refused:
        return Trouble(list(refused.reasons), chosen=act.name, problems=refused.problems)
    except Refused as refused:
        return Trouble(list(refused.reasons), chosen=act.name)
    messages.success(request, done)
    return None


def _back_to(request: HttpRequest, article: Article) -> HttpResponse:
    """Go back to the form, or to the list when the story is no longer this person's to read."""
    if roles.may_read(request.user, article):
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
    return HttpResponseRedirect(reverse("admin:articles_article_changelist"))


def _show(
    admin: Any, request: HttpRequest, article: Article | None, shown: Draft, trouble: Trouble | None = None
) -> HttpResponse:
    again = trouble or Trouble(status=200)
    closed = roles.refusal(request.user, "save", article) if article else None
    standing = standing_of(request, article, again)
    context = {
        **admin.admin_site.each_context(request),
        "title": str(article) if article else "New story",
        "article": article,
        "draft": shown,
        "media": admin.media + shown.story.media + shown.bylines.media + shown.pictures.media,
        "trouble": again,
        "closed": closed if not (trouble and shown.story.is_bound) else None,
        "token": _token(request, article, again),
        "revision": revision_of(article),
        "zone": zone_in_words(),
        "may_add_pictures": roles.has_role(request.user, "pictures"),
        "placed": _placed(shown, article, standing["live"]),
        **standing,
    }
    if again.conflict is not None:
        context["compared"] = comparing.fields(again.conflict.theirs, again.conflict.mine)
    return TemplateResponse(request, FORM, context, status=again.status)


def _token(request: HttpRequest, article: Article | None, again: Trouble) -> str:
    """Return the version the form stands on: what was posted, unless both texts have now been seen."""
    if article is None:
        return ""
    if again.conflict is None and "headline" in request.POST and not again.chosen:
        return request.POST.get("token", "")
    return article.token


def revision_of(article: Article | None) -> int | None:
    """Return the number of the revision that the form is filled from."""
    if article is None:
        return None
    return next(iter(_last_revision(article.pk)), None)


@prepared
def _last_revision(story_id: int) -> QuerySet[Revision, int]:
    numbers = Revision.objects.filter(story_id=story_id).exclude(kind=RevisionKind.CONFLICT)
    return numbers.order_by("-number").values_list("number", flat=True)[:1]


def standing_of(request: HttpRequest, article: Article | None, again: Trouble) -> dict[str, Any]:
    """Return where the story stands: its scheduled edition, what may be done, what hinders it."""
    if article is None:
        return dict.fromkeys(("offers", "compared"), ()) | dict.fromkeys(
            ("waiting", "live", "is_behind", "has_more", "before"), None
        )
    waiting = whole_story.scheduled(article.pk)
    if waiting is not None:
        article.scheduled_at = waiting.live_from  # type: ignore[attr-defined]
    live = whole_story.in_force(article.pk)
    is_behind = live is not None and not says_the_same(live, contents_of(article))
    offered = acts.offers(article, user=request.user, waiting=waiting, sent=request.POST, chosen=again.chosen)
    if is_behind and offered and offered[0].act is acts.UPDATE:
        offered[0].is_primary = True
    return {
        "offers": offered,
        "has_more": any(_is_further(offer) for offer in offered),
        "before": before_it_runs(
            article,
            offered=offered,
            sent=request.POST,
            chosen=again.chosen,
            is_public=live is not None and not is_behind,
            problems=again.problems,
        ),
        "waiting": waiting,
        "live": live,
        "is_behind": is_behind,
        "compared": [],
    }


def _is_further(offer: acts.Offer) -> bool:
    """Say whether an act stands below the panel, and not beside the primary button."""
    return bool(offer.questions.fields) or not (offer.is_primary or offer.act.is_near)


def _placed(
    shown: Draft, article: Article | None, live: Edition | None
) -> list[tuple[Any, dict[str, Any] | None]]:
    """Return each picture's row, in the order typed, with what is said of it and how its rights stand for this story."""
    story_id = article.pk if article else None
    rows = [
        (row, said_of(picture, story_id=story_id, live=live) if picture else None)
        for row, picture in zip(shown.pictures.forms, draft.pictures_of(shown), strict=True)
    ]
    return sorted(rows, key=lambda one: _place(one[0]))


def _place(row: Any) -> int:
    typed = str(row["ORDER"].value() or "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 10_000

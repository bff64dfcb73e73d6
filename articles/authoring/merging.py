"""Merging names at the desk: what it will do, the act, taking it back, and the names that may be one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from articles import roles, workflow
from articles.authoring.known_names import NO_USE, Use, names_of, uses_of
from articles.models import Article, BulkAct, NameKind, ToldApart
from articles.workflow import merging_names
from newsroom.folding import fold, plain_name

# As many sounds as one page shows.
STEP = 40
VERBS = {
    NameKind.TAGS: (merging_names.TAGS, workflow.unmerge_tags),
    NameKind.PEOPLE: (merging_names.PEOPLE, workflow.unmerge_contributors),
}


def effects(kind: str, one: Any, into: Any, *, user: Any) -> list[str]:
    """Return what merging `one` into `into` will do, a sentence each; of copy only what this person may know is counted."""
    use = uses_of(kind, {one.pk}).get(one.pk, NO_USE)
    stories = f"{use.stories:,} {'published story' if use.stories == 1 else 'published stories'}"
    join = {"taggings__tag": one} if kind == NameKind.TAGS else {"bylines__contributor": one}
    copy = Article.objects.filter(roles.known_to(user), **join).distinct().count()
    pieces = "1 piece of copy" if copy == 1 else f"{copy:,} pieces of copy"
    told = [
        f"It moves {stories} from “{one.name}” to “{into.name}”.",
        f"{pieces} that you may see, and any that other desks write under this name, move likewise.",
        f"{one.get_absolute_url()} will lead to {into.get_absolute_url()}.",
    ]
    others = list(one.aliases.order_by("name").values_list("name", flat=True)[:20])
    if others:
        told.append(f"What stands for “{one.name}” goes along: {', '.join(others)}.")
    if kind == NameKind.PEOPLE:
        told.append("Bylines stay as they were printed.")
    return told


def merge(admin: Any, request: HttpRequest, row: int) -> HttpResponse:
    """Say what a merge will do, merge when that is confirmed."""
    name = get_object_or_404(admin.get_queryset(request), pk=row)
    back = _page_of(admin, row)
    if request.method != "POST":
        return back
    typed = plain_name(request.POST.get("into", ""))
    into = _named(admin.get_queryset(request), typed)
    refusal = roles.refusal(request.user, "merge")
    if refusal or into is None:
        messages.error(
            request, refusal or f"Nothing here is called “{typed}”. Choose a name that is suggested."
        )
        return back
    if into == name:
        messages.error(request, "A name cannot be merged into itself. Choose another one.")
        return back
    if "confirmed" not in request.POST:
        shown = {"title": "Merge", "name": name, "into": into}
        told = effects(admin.kind, name, into, user=request.user)
        context = {
            **admin.admin_site.each_context(request),
            **shown,
            "effects": told,
            "merge_at": request.path,
            "change_at": f"admin:{admin.opts.app_label}_{admin.opts.model_name}_change",
        }
        return TemplateResponse(request, "authoring/merge.html", context)
    try:
        admin.carry_out(request, name, into)
    except workflow.Refused as refused:
        _tell(request, refused)
        return back
    said = f"{name} now stands for {into}. Its address keeps answering. It can be taken back here."
    messages.success(request, said)
    return back


def _named(known: QuerySet[Any], typed: str) -> Any:
    by_slug = known.filter(slug=typed).first()
    rows = [] if by_slug else list(known.filter(folded=fold(typed)[:200], alias_of__isnull=True)[:2])
    return by_slug or (rows[0] if len(rows) == 1 else None)


def unmerge(admin: Any, request: HttpRequest, row: int) -> HttpResponse:
    """Take the last merge of a name back."""
    name = get_object_or_404(admin.get_queryset(request), pk=row)
    if request.method == "POST":
        act = last_merge(admin.kind, name)
        try:
            if act is None:
                raise workflow.Refused("There is no merge of this name that could be taken back.")
            for said in VERBS[admin.kind][1](by=request.user, act=act).sentences():
                messages.success(request, said)
        except workflow.Refused as refused:
            _tell(request, refused)
    return _page_of(admin, row)


def last_merge(kind: str, name: Any) -> BulkAct | None:
    """Return the merge that made this name stand for another, while it can be taken back."""
    if name is None or name.alias_of_id is None:
        return None
    acts = BulkAct.objects.filter(verb=VERBS[NameKind(kind)][0], undone_at__isnull=True, before__one=name.pk)
    return acts.order_by("-pk").first()


def alike(admin: Any, request: HttpRequest) -> HttpResponse:
    """List names that sound alike, the one most used first; on POST keep that two of them are not the same."""
    if refusal := roles.refusal(request.user, "merge"):
        raise PermissionDenied(refusal)
    if request.method == "POST":
        keys = [request.POST.get(name, "") for name in ("one", "other")]
        try:
            if not all(key.isascii() and key.isdigit() and len(key) < 19 for key in keys):
                raise workflow.Refused("Which two names are meant was not said. Reload the page.")
            workflow.tell_apart(by=request.user, kind=admin.kind, one=int(keys[0]), other=int(keys[1]))
            messages.success(request, "Kept: these are two names.")
        except workflow.Refused as refused:
            _tell(request, refused)
        return HttpResponseRedirect(request.get_full_path())
    groups, following = _alike(admin.kind, request.GET.get("after", "")[:100])
    context = {
        **admin.admin_site.each_context(request),
        "title": f"{admin.heading or 'Tags'} that sound alike",
        "groups": groups,
        "after": following,
        "merge_at": f"admin:desk_merge_{admin.kind}",
        "list_at": reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_changelist"),
        "change_at": f"admin:{admin.opts.app_label}_{admin.opts.model_name}_change",
    }
    return TemplateResponse(request, "authoring/alike.html", context)


def _alike(kind: str, after: str) -> tuple[list[dict[str, Any]], str]:
    standing = names_of(kind).filter(alias_of__isnull=True)
    sounds = standing.filter(sound__gt=after).order_by("sound").values("sound")
    shared = [one["sound"] for one in sounds.annotate(n=Count("pk")).filter(n__gt=1)[: STEP + 1]]
    rows = list(standing.filter(sound__in=shared[:STEP]).order_by("sound", "pk")[: STEP * 20])
    uses = uses_of(kind, {row.pk for row in rows})
    apart = set(
        ToldApart.objects.filter(kind=kind, first__in=[row.pk for row in rows]).values_list("first", "second")
    )
    by_sound: dict[str, list[Any]] = {}
    for row in rows:
        by_sound.setdefault(row.sound, []).append(row)
    groups = [group for some in by_sound.values() if (group := _group(some, uses, apart))["others"]]
    return groups, shared[STEP - 1] if len(shared) > STEP else ""


def _group(rows: list[Any], uses: Any, apart: set[tuple[int, int]]) -> dict[str, Any]:
    used: list[tuple[Any, Use]] = sorted(
        ((row, uses.get(row.pk, NO_USE)) for row in rows), key=lambda one: -one[1].stories
    )
    (most, use), others = used[0], used[1:]
    free = [(row, its) for row, its in others if (min(row.pk, most.pk), max(row.pk, most.pk)) not in apart]
    return {"name": most, "use": use, "others": free}


def _page_of(admin: Any, row: int) -> HttpResponse:
    return HttpResponseRedirect(
        reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_change", args=[row])
    )


def _tell(request: HttpRequest, refused: workflow.Refused) -> None:
    for reason in refused.reasons:
        messages.error(request, reason)

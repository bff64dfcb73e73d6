"""Finds anything from one line, for Ctrl-K: stories, pictures, people, tags and what one can do, within what one may know."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, Q, When
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from articles import roles
from articles.models import Article, Contributor, Edition, Tag
from articles.planning import known, whose_turn
from articles.workflow.beginnings import BEGINNINGS
from media.models import Picture
from media.numbers import as_typed
from newsroom.folding import fold

Found = dict[str, str]
# How much is typed at most, how many of a kind are shown, and how far back words are looked for.
LONGEST, OF_A_KIND, LATELY = 100, 6, 2_000


@require_safe
def find(request: HttpRequest) -> JsonResponse:
    """Give what fits the words typed, at most six of each kind; with nothing typed, what one can do."""
    typed = " ".join(request.GET.get("q", "").split())[:LONGEST].replace("\x00", "")
    words = fold(typed).split()
    found: list[Found] = []
    if words:
        found += _stories(request.user, typed, words)
        found += _pictures(request.user, typed)
        found += _names(request.user, typed, words)
    found += [one for one in _commands(request.user) if _fits(words, one["name"])]
    if words:
        found += _searches(request.user, typed)
    return JsonResponse({"found": found})


def _fits(words: list[str], *texts: str) -> bool:
    folded = fold(" ".join(texts))
    return all(word in folded for word in words)


def _digits(typed: str) -> int | None:
    number = as_typed(typed)
    return int(number) if number.isascii() and number.isdigit() and len(number) <= 12 else None


def _stories(user: Any, typed: str, words: list[str]) -> list[Found]:
    """Return stories by ID, by how their slug begins, and by words of headline and slug among those changed lately."""
    if not roles.has_role(user, "start"):
        return []
    begins = slugify(typed, allow_unicode=True)
    lately = Article.objects.order_by("-changed_at").values("pk")[:LATELY]
    wanted = Q(pk__in=lately)
    if begins:
        wanted |= Q(slug__gte=begins, slug__lt=f"{begins}\uffff")
    number = _digits(typed)
    if number is not None:
        wanted |= Q(pk=number)
    rows = whose_turn.known_copy_for(user).filter(wanted).order_by("-changed_at")
    found = []
    for article in rows:
        slug = known.slug_shown(article)
        seen = (slug,) if article.by_slug_only else (article.headline, slug)
        is_it = article.pk == number and not article.by_slug_only
        if is_it or _fits(words, *seen) or (bool(begins) and slug.startswith(begins)):
            found.append(_story(article, slug))
        if len(found) == OF_A_KIND:
            break
    shown = {one["number"] for one in found}
    return found + [one for one in _in_archive(typed, words) if one["number"] not in shown]


def _story(article: Any, slug: str) -> Found:
    if article.by_slug_only:
        return {"kind": "story", "name": slug, "note": "under embargo", "address": "", "number": ""}
    state = "scheduled" if article.scheduled_at else str(article.get_state_display())
    return {
        "kind": "story",
        "name": str(article),
        "note": f"{state} · {slug}",
        "address": known.address_of(article),
        "number": str(article.pk),
    }


def _in_archive(typed: str, words: list[str]) -> Iterator[Found]:
    """Give stories that readers see: by ID, and by words among those that ran last."""
    latest = Edition.objects.at().order_by("-listed_at", "-story_id").values("pk")[:LATELY]
    wanted = Q(pk__in=latest)
    number = _digits(typed)
    if number is not None:
        wanted |= Q(story_id=number)
    rows = Edition.objects.at().filter(wanted).only("story_id", "headline", "slug", "listed_at")
    given = 0
    for edition in rows.order_by("-listed_at", "-story_id"):
        if given == OF_A_KIND:
            return
        if edition.story_id == number or _fits(words, edition.headline, edition.slug):
            given += 1
            yield {
                "kind": "published",
                "name": edition.headline,
                "note": str(edition.story_id),
                "address": edition.get_absolute_url(),
                "number": str(edition.story_id),
            }


def _pictures(user: Any, typed: str) -> list[Found]:
    if not roles.has_role(user, "pictures"):
        return []
    number = as_typed(typed)
    rows = Picture.objects.standing()
    if number.isascii() and number.isdigit() and len(number) <= 12:
        first = Case(When(media_id=number, then=0), default=1)
        rows = rows.filter(media_id__gte=number, media_id__lt=f"{number}:").order_by(first, "media_id")
    else:
        lately = Picture.objects.order_by("-pk").values("pk")[:LATELY]
        rows = rows.filter(pk__in=lately).matching(typed).order_by("-pk")
    shown = ("media_id", "caption", "file_caption", "credit", "headline")
    return [_picture(row) for row in rows.only(*shown)[:OF_A_KIND]]


def _picture(row: Picture) -> Found:
    said = " ".join((row.caption_in_force or row.headline or "").split())
    return {
        "kind": "picture",
        "name": said[:90] or str(row),
        "note": " · ".join(part for part in (str(row.media_id or "no Media ID"), row.credit[:40]) if part),
        "address": reverse("admin:media_picture_change", args=[row.pk]),
    }


def _names(user: Any, typed: str, words: list[str]) -> list[Found]:
    """Return people and tags, aliases as what they stand for."""
    if not roles.has_role(user, "start"):
        return []
    plain = slugify(" ".join(words), allow_unicode=True)
    wanted = Q(name__icontains=typed) | (Q(slug__contains=plain) if plain else Q())
    may_file = roles.has_role(user, "merge")
    found = []
    for kind, rows, page in (
        ("person", Contributor.objects.all(), "admin:articles_contributor_change"),
        ("tag", Tag.objects.all(), "admin:articles_tag_change"),
    ):
        for row in rows.filter(wanted).select_related("alias_of").order_by("name")[:OF_A_KIND]:
            stands_for: Any = row.alias_of or row
            at = reverse(page, args=[stands_for.pk]) if may_file else stands_for.get_absolute_url()
            note = f"stands for {stands_for.name}" if row.alias_of else stands_for.line[:60]
            found.append({"kind": kind, "name": row.name, "note": note, "address": at})
    return found


def _commands(user: Any) -> Iterator[Found]:
    """Give what `user` can go and do."""
    wanted = [("start", "Start a story", reverse("admin:articles_article_add"), "")]
    add = reverse("admin:articles_article_add")
    wanted += [
        ("start", f"New {one.name.lower()}", f"{add}?genre={one.genre}", one.line)
        for one in BEGINNINGS.values()
    ]
    wanted += [
        ("start", "Desk", reverse("admin:index"), "the first screen"),
        ("start", "Copy", reverse("admin:articles_article_changelist"), "every story you may read"),
        ("start", "My copy", reverse("admin:articles_article_changelist") + "?whose=mine", ""),
        ("start", "Budget", reverse("admin:desk_budget"), "what is on its way"),
        ("start", "Month", reverse("admin:desk_month"), "what is due when"),
        ("start", "Log", reverse("admin:desk_log"), "who did what"),
        ("take_up", "Archive", reverse("admin:articles_edition_changelist"), "stories to take up"),
        ("pictures", "Pictures", reverse("admin:media_picture_changelist"), "the library"),
        ("pictures", "Take in pictures", reverse("admin:media_picture_add"), ""),
        ("pictures", "What wants work", reverse("admin:media_picture_work"), "in the library"),
        ("merge", "Tags", reverse("admin:articles_tag_changelist"), ""),
        ("merge", "People", reverse("admin:articles_contributor_changelist"), ""),
        ("organise", "Sections", reverse("admin:articles_section_changelist"), ""),
        ("organise", "Desks", reverse("admin:articles_desk_changelist"), ""),
        ("import", "Imports", reverse("admin:articles_importrun_changelist"), ""),
    ]
    for verb, name, address, note in wanted:
        if roles.has_role(user, verb):
            yield {"kind": "command", "name": name, "note": note, "address": address}
    yield {"kind": "command", "name": "The paper", "note": "as readers see it", "address": "/"}


def _searches(user: Any, typed: str) -> Iterator[Found]:
    """Give the searches that look further than these lines do."""
    asked = urlencode({"q": typed})
    for verb, name, page in (
        ("start", "all copy", "admin:articles_article_changelist"),
        ("pictures", "the library", "admin:media_picture_changelist"),
    ):
        if roles.has_role(user, verb):
            yield {
                "kind": "search",
                "name": f"Search {name} for “{typed}”",
                "note": "",
                "address": f"{reverse(page)}?{asked}",
            }

"""The door that keeps copy while it is typed: JSON from the story's page in, what became of it out.

A letter: `page` (a UUID that the page made), `serial` (its how-manieth letter), `story` (or null for a new one), `token`
and `revision` (what the page stands on, from its last answer) and `changed`: whole fields by name; of a long body instead
`spliced`: what changed in the text whose `sum` the last answer told, and 422 with `wants_whole` where that is not known
here; `was`: what the page showed of desk, writer, dates, kind and length before they were changed. `aside`: keep this
beside the copy only, it is what a page that ended had not sent and its writer does not want. The answer's `token`
and `revision` are to be sent next once the page shows what is in `merged`; while it does not, because somebody types
there at this moment, it sends `as_typed` as its `revision` and `token` as null, and the merging is done again here.
"""

import logging
import math
from typing import Any, TypeGuard
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles import prose, roles
from articles.authoring import comparing, draft, spliced, typed
from articles.models import Article, Contents, Revision, RevisionKind, Sitting
from articles.threeway import Clash
from articles.workflow import Refused
from articles.workflow.autosaving import Kept, NotYours, Sent, begin, keep, set_aside
from articles.workflow.editions import slug_of
from newsroom.letters import TOO_LONG, Letter, refuse

WORDS_A_MINUTE = 230
LONGEST_BODY = 10_000_000
# Tags and references: words that fill ten million characters have a third of these, and reading more takes too long.
MOST_SIGNS = 1_000_000
TOO_MANY_SIGNS = (
    "This has more than a million tags and signs of markup, more than a story can hold. Paste it without its "
    "formatting, or take some of it out; nothing is lost."
)
_log = logging.getLogger("newsroom.doors")


def door(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Keep what a page sent, whatever it says, and tell what became of it."""
    page, story_id = _page(letter.get("page")), letter.get("story")
    serial, changed = letter.get("serial"), letter.get("changed")
    if page is None or not _is_number(serial) or not isinstance(changed, dict):
        return refuse("This is not a letter that the desk can read.", status=422)
    article = None
    if story_id is None:
        if not roles.has_role(request.user, "start"):
            return _shut(
                request, None, "You may not start stories. Ask a chief for the role of a reporter.", 403
            )
        known = Sitting.objects.filter(page=page).values_list("story_id", flat=True).first()
        story_id = known
    if story_id is not None:
        article = roles.copy_read_by(request.user, story_id, is_whole=False) if _is_number(story_id) else None
        if article is None:
            return _shut(request, story_id, "There is no such story.", 404)
    token, revision = letter.get("token"), letter.get("revision")
    number = revision if _is_number(revision) else None
    if article is not None and "spliced" in letter:
        body = spliced.body_of(letter["spliced"], article, page=page, revision=number, by=request.user)
        if body is None:
            return refuse("The desk has another text by now: it is sent whole.", status=422, wants_whole=True)
        changed["body"] = body
    if too_much := _too_much(str(changed.get("body") or "")):
        return refuse(too_much, status=413)
    if long := typed.too_long_a_list(changed):
        return refuse(typed.TOO_MANY[long], status=413, field=long)
    read = typed.read(changed, user=request.user, article=article)
    was = letter.get("was")
    sent = Sent(
        page=page,
        serial=serial,
        token=str(token) if token else None,
        revision=number,
        changed=read.contents,
        assigned=read.assigned,
        unfinished=read.unfinished,
        known=typed.known(was, user=request.user, article=article) if isinstance(was, dict) else {},
    )
    return _answer(request, article, sent, is_aside=letter.get("aside") is True)


def _too_much(body: str) -> str:
    """Return why a body is more than can be kept, "" where it is not."""
    if len(body) > LONGEST_BODY:
        return TOO_LONG
    return TOO_MANY_SIGNS if body.count("<") + body.count("&") > MOST_SIGNS else ""


def _answer(
    request: HttpRequest, article: Article | None, sent: Sent, *, is_aside: bool = False
) -> HttpResponse:
    try:
        if is_aside and article is not None:
            return JsonResponse({"kept": set_aside(by=request.user, story_id=article.pk, sent=sent)})
        if article is None:
            return _tell(begin(by=request.user, sent=sent), "", status=201)
        kept = keep(by=request.user, story_id=article.pk, sent=sent)
    except NotYours as refused:
        return refuse(*refused.reasons, status=403, kept=refused.kept)
    except Refused as refused:
        return _shut(request, article.pk if article else None, " ".join(refused.reasons), 403)
    who = _who_else(request, kept, sent) if kept.others_changed or kept.clashes else ""
    return _tell(kept, who, status=409 if kept.clashes else 200)


def _who_else(request: HttpRequest, kept: Kept, sent: Sent) -> str:
    """Return who else saved since what the page stands on, the last of them; nobody where it was another page of theirs."""
    since = Revision.objects.filter(story_id=kept.article.pk, number__gt=sent.revision or 0)
    others = since.exclude(kind=RevisionKind.CONFLICT).exclude(made_by_id=request.user.pk)
    last = others.select_related("made_by").first()
    return str(last.made_by.get_full_name() or last.made_by) if last and last.made_by else ""


def _shut(request: HttpRequest, story_id: Any, reason: str, status: int) -> HttpResponse:
    _log.warning("%s was refused story %s: %s", request.user, story_id, reason)
    return refuse(reason, status=status)


def _page(sent: Any) -> UUID | None:
    try:
        return UUID(str(sent))
    except ValueError:
        return None


def _is_number(sent: Any) -> TypeGuard[int]:
    return isinstance(sent, int) and not isinstance(sent, bool) and 0 <= sent < 2**31


def _tell(kept: Kept, who: str, *, status: int) -> JsonResponse:
    article, contents = kept.article, kept.contents
    is_long = len(contents.body) >= spliced.LONG
    words = prose.words_in(contents.body) if is_long else prose.word_count(prose.plain(contents.body))
    assigned = typed.shown(article)
    told = {
        "story": article.pk,
        "address": reverse("admin:articles_article_change", args=[article.pk]),
        "token": kept.token,
        "revision": kept.revision,
        "as_typed": kept.as_typed,
        "at": timezone.localtime(article.changed_at).isoformat(),
        "said": date_format(timezone.localtime(article.changed_at), "H:i:s"),
        "words": words,
        "minutes": math.ceil(words / WORDS_A_MINUTE),
        "state": str(article.state),
        "state_word": article.get_state_display(),
        "slug": contents.slug or slug_of(contents.headline, contents.language),
        "unfinished": [{"field": name, **one} for name, rows in contents.unfinished.items() for one in rows],
        "assigned": assigned,
        "sum": spliced.sum_of(contents.body) if is_long else None,
        "merged": _merged(kept, assigned),
        "changed_by": who,
        "clashes": [_clash(one, contents) for one in kept.clashes],
        "kept": kept.as_typed if kept.clashes else None,
    }
    return JsonResponse(told, status=status)


def _merged(kept: Kept, assigned: dict[str, str]) -> dict[str, Any]:
    """Return the page's fields that others changed, as it shows them; what is unfinished in the field it was typed in."""
    half = kept.contents.unfinished if "unfinished" in kept.others_changed else ()
    names = list(dict.fromkeys([*kept.others_changed, *half]))
    shown = draft.shown(kept.contents) if names else {}
    lost = {one.field: assigned[one.field] for one in kept.clashes if one.field in assigned}
    return {name: shown[name] for name in names if name in shown} | lost


def _clash(clash: Clash, contents: Contents) -> dict[str, Any]:
    return {
        "field": clash.field,
        "label": comparing.LABELS.get(clash.field, clash.field),
        "part": clash.part,
        **{name: _as_sent(clash.field, getattr(clash, name)) for name in ("base", "mine", "theirs")},
    }


def _as_sent(name: str, value: Any) -> Any:
    """Return one side of a clash as the page shows it: text, or a row by its fields."""
    if name in typed.ASSIGNED:
        return typed.in_words(name, value)
    if value is None or isinstance(value, str):
        return (value or "").replace("\0", "")
    return draft.row(value) if not isinstance(value, (list, dict)) else value

"""Reads what a page sends of the story form, field by field: what is a fact, and what is typed but none yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User

from articles.authoring import draft
from articles.authoring.forms import BylineForm, PlacementForm, StoryForm
from articles.authoring.known_names import no_tag
from articles.authoring.widgets import MomentField
from articles.models import Article, Desk, Genre
from articles.workflow.assigning import COLUMNS
from articles.workflow.noticing import named

TEXTS = ("headline", "slug", "kicker", "standfirst", "dateline", "body", "language", "note")
ASSIGNED = ("desk", "writer", "embargo_until", "genre", "due_at", "planned_words")
LONGEST_LIST = 500
TOO_MANY = {
    "tags": f"A story holds {LONGEST_LIST} tags at most. Take some out; nothing is lost.",
    "bylines": f"A story holds {LONGEST_LIST} names at most. Take some out; nothing is lost.",
    "pictures": f"A story holds {LONGEST_LIST} pictures at most. Take some out; nothing is lost.",
}
HALF = {
    "tags_typing": "This tag was typed and not chosen. Press Enter to take it.",
    "pictures_typing": "This Media ID was typed and not confirmed. Press Enter to take it.",
}


@dataclass(slots=True)
class Typed:
    """What was read: fields of the contents, of the assignment, and, by field, what is unfinished (None: no longer)."""

    contents: dict[str, Any] = field(default_factory=dict)
    assigned: dict[str, Any] = field(default_factory=dict)
    unfinished: dict[str, Any] = field(default_factory=dict)


def read(changed: Mapping[str, Any], *, user: Any, article: Article | None) -> Typed:
    """Read `changed`, as the page sends it. Whatever it holds is kept: as a fact, or as unfinished with its reason."""
    typed = Typed()
    plain = {name: changed[name] for name in (*TEXTS, *ASSIGNED, "section") if name in changed}
    if plain:
        _plain(plain, typed, user=user, article=article)
    for name in HALF:
        if name in changed:
            _half(name, changed[name], typed)
    if "tags" in changed:
        _tags(changed["tags"], typed)
    if "bylines" in changed:
        _bylines(_rows(changed["bylines"]), typed)
    if "pictures" in changed:
        _pictures(_rows(changed["pictures"]), typed, article)
    return typed


def too_long_a_list(changed: Mapping[str, Any]) -> str:
    """Return the field of `changed` that has more lines or rows than a story holds, "" where none has."""
    return next((name for name in TOO_MANY if name in changed and _length(changed[name]) > LONGEST_LIST), "")


def _length(sent: Any) -> int:
    return len(sent) if isinstance(sent, list) else str(sent or "").count("\n") + 1


def _plain(sent: Mapping[str, Any], typed: Typed, *, user: Any, article: Article | None) -> None:
    as_text = {
        name: "" if value is None else str(value).replace("\r\n", "\n") for name, value in sent.items()
    }
    form = StoryForm(as_text, user=user, article=article)
    form.full_clean()
    for name, raw in as_text.items():
        if form.fields[name].disabled:
            continue
        typed.unfinished[name] = None
        if name in form.errors:
            typed.unfinished[name] = [
                {"at": None, "typed": raw, "said": " ".join(map(str, form.errors[name]))}
            ]
        elif name in ASSIGNED:
            value = form.cleaned_data[name]
            typed.assigned[name] = value.pk if name in ("desk", "writer") and value else value
        elif name == "section":
            section = form.cleaned_data[name]
            typed.contents[name] = section.slug if section else ""
        else:
            typed.contents[name] = form.cleaned_data[name]


def known(was: Mapping[str, Any], *, user: Any, article: Article | None) -> dict[str, Any]:
    """Read what a page showed of desk, writer, dates, kind and length before its writer changed them."""
    typed = Typed()
    shown = {name: was[name] for name in ASSIGNED if name in was}
    if shown:
        _plain(shown, typed, user=user, article=article)
    return typed.assigned


def shown(article: Article) -> dict[str, str]:
    """Return desk, writer, dates, kind and length as the form shows them, what is no fact yet in its place."""
    facts = {name: getattr(article, column) for name, column in COLUMNS.items()}
    texts = {name: "" if value is None else str(_as_moment(value)) for name, value in facts.items()}
    half = {name: str(rows[0]["typed"]) for name, rows in article.unfinished.items() if name in texts}
    return texts | half


def in_words(name: str, value: Any) -> str:
    """Return one of them as a person reads it."""
    if value is None:
        return ""
    if name == "desk":
        return str(Desk.objects.filter(pk=value).first() or "")
    if name == "writer":
        person = User.objects.filter(pk=value).first()
        return named(person) if person else ""
    return str(Genre(value).label) if name == "genre" and value in Genre.values else str(_as_moment(value))


def _as_moment(value: Any) -> Any:
    return MomentField().prepare_value(value)


def _rows(sent: Any) -> list[dict[str, Any]]:
    rows = sent if isinstance(sent, list) else []
    return [row for row in rows if isinstance(row, dict)]


def _half(name: str, sent: Any, typed: Typed) -> None:
    half = str(sent or "").strip()
    typed.unfinished[name] = [{"at": None, "typed": half, "said": HALF[name]}] if half else None


def _tags(sent: Any, typed: Typed) -> None:
    lines = sent if isinstance(sent, list) else str(sent or "").splitlines()
    names = [str(name).strip() for name in lines if str(name).strip()]
    typed.contents["tags"] = tuple(draft.tag(name) for name in names if not no_tag(name))
    wrong = [{"at": None, "typed": name, "said": said} for name in names if (said := no_tag(name))]
    typed.unfinished["tags"] = wrong or None


def _bylines(rows: Sequence[Mapping[str, Any]], typed: Typed) -> None:
    lines, unfinished = [], []
    for place, row in enumerate(rows):
        form = BylineForm({**row, "role": row.get("role") or "writer"})
        is_whole = form.is_valid()
        if is_whole and (form.cleaned_data["person"] or form.cleaned_data["new_name"]):
            lines.append(draft.byline(form.cleaned_data))
        elif not is_whole or str(row.get("as_printed") or "").strip():
            unfinished.append({"at": place, "typed": _as_text(row), "said": _said(form) or NO_NAME})
    typed.contents["bylines"] = tuple(lines)
    typed.unfinished["bylines"] = unfinished or None


NO_NAME = "This byline has no name. Write whose it is, or take the row out."
NO_PICTURE = "This caption has no picture. Write its Media ID, or take the row out."


def _pictures(rows: Sequence[Mapping[str, Any]], typed: Typed, article: Article | None) -> None:
    placed, unfinished = [], []
    standing = draft.standing(article)
    for place, row in enumerate(rows):
        form = PlacementForm(dict(row), standing=standing)
        is_whole = form.is_valid()
        if is_whole and form.cleaned_data["picture"]:
            placed.append(draft.placement(form.cleaned_data))
        elif not is_whole or any(str(row.get(name) or "").strip() for name in ("caption", "credit", "alt")):
            unfinished.append({"at": place, "typed": _as_text(row), "said": _said(form) or NO_PICTURE})
    typed.contents["pictures"] = tuple(placed)
    typed.unfinished["pictures"] = unfinished or None


def _as_text(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        str(name)[:40]: value if isinstance(value, bool) else str(value or "") for name, value in row.items()
    }


def _said(form: Any) -> str:
    return " ".join(str(reason) for reasons in form.errors.values() for reason in reasons)

"""Turns copy into what the form shows, and the form back into contents."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.forms import BaseFormSet
from django.http import HttpRequest, QueryDict

from articles.authoring.forms import Bylines, Placements, StoryForm
from articles.models import (
    Article,
    Beginning,
    Contents,
    Contributor,
    PrintedByline,
    PrintedPicture,
    TagKind,
)
from articles.workflow import Assignment
from articles.workflow.beginnings import beginning_of
from articles.workflow.copy import contents_of
from articles.workflow.filing import contributor_named, tag_of_kind
from articles.workflow.placing import printed
from media.models import Picture
from media.numbers import as_typed
from newsroom.folding import plain_name

WORDS = ("headline", "slug", "kicker", "standfirst", "dateline", "body", "language", "note")
Rows = "BaseFormSet[Any]"


@dataclass(slots=True)
class Draft:
    """The three parts of the story form, bound or not."""

    story: StoryForm
    bylines: "BaseFormSet[Any]"
    pictures: "BaseFormSet[Any]"

    def is_valid(self) -> bool:
        """Say whether all three parts are; each is looked at, so that every mistake is shown at once."""
        return all([self.story.is_valid(), self.bylines.is_valid(), self.pictures.is_valid()])

    def contents(self) -> Contents:
        """Return what was typed, names and Media IDs resolved; new names and tags are made now."""
        typed = self.story.cleaned_data
        return Contents(
            **{name: typed[name].replace("\r\n", "\n") for name in WORDS},
            section=typed["section"].slug if typed["section"] else "",
            bylines=tuple(byline(row.cleaned_data) for row in _in_order(self.bylines, "person", "new_name")),
            pictures=tuple(placement(row.cleaned_data) for row in _in_order(self.pictures, "picture")),
            tags=tuple(tag(line) for line in typed["tags"].splitlines() if line.strip()),
        )

    def assignment(self) -> Assignment:
        """Return whose story it is to be, and its embargo."""
        typed = self.story.cleaned_data
        desk, writer = typed["desk"], typed["writer"]
        return Assignment(
            desk=desk.pk if desk else None,
            writer=writer.pk if writer else None,
            **{name: typed[name] for name in ("embargo_until", "genre", "due_at", "planned_words")},
        )


def posted(request: HttpRequest, article: Article | None = None) -> Draft:
    """Return the draft as the request brings it."""
    sent: QueryDict = request.POST
    start = _assigned(article) if article else {}
    return Draft(
        StoryForm(sent, user=request.user, article=article, initial=start),
        Bylines(sent, prefix="bylines"),
        Placements(sent, prefix="pictures", form_kwargs={"standing": standing(article)}),
    )


def opened(request: HttpRequest, article: Article) -> Draft:
    """Return the draft as the copy stands."""
    contents = contents_of(article)
    rows = shown(contents)
    words = {**rows, "tags": "\n".join(rows["tags"]), **_assigned(article)}
    half = {name: lines[0]["typed"] for name, lines in contents.unfinished.items() if name != "tags"}
    words |= {name: typed for name, typed in half.items() if name in words}
    return Draft(
        StoryForm(user=request.user, article=article, initial=words),
        Bylines(prefix="bylines", initial=rows["bylines"]),
        Placements(prefix="pictures", initial=rows["pictures"]),
    )


def shown(contents: Contents) -> dict[str, Any]:
    """Return contents as the story's page shows them, what is unfinished in its place: fields by name, rows as lists."""
    words: dict[str, Any] = {name: getattr(contents, name) for name in (*WORDS, "section")}
    for name, lines in contents.unfinished.items():
        if name in words:
            words[name] = lines[0]["typed"]
    half = {
        name: contents.unfinished.get(name) or [{"typed": ""}] for name in ("tags_typing", "pictures_typing")
    }
    return {
        **words,
        "tags": [*contents.tags, *(str(one["typed"]) for one in contents.unfinished.get("tags", ()))],
        **{name: lines[0]["typed"] for name, lines in half.items()},
        "bylines": _with_unfinished(_bylines_of(contents), contents, "bylines"),
        "pictures": _with_unfinished(_pictures_of(contents), contents, "pictures"),
    }


def _with_unfinished(rows: list[Any], contents: Contents, name: str) -> list[Any]:
    for one in contents.unfinished.get(name, ()):
        rows.insert(one["at"], dict(one["typed"]))
    return rows


def row(one: PrintedByline | PrintedPicture) -> dict[str, Any]:
    """Return one byline or one picture as its row on the page."""
    if isinstance(one, PrintedByline):
        return _bylines_of(Contents(bylines=(one,)))[0]
    return _pictures_of(Contents(pictures=(one,)))[0]


def empty(request: HttpRequest) -> Draft:
    """Return the draft of a story that nobody has begun: the writer's own name over it, begun as `?start=` or `?genre=` is."""
    own = Contributor.objects.filter(user=request.user).first()  # type: ignore[misc]
    first = [{"contributor": own.name}] if own else []
    beginning = beginning_of(request.GET.get("start", "") or request.GET.get("genre", ""))
    begun = _begun(beginning) if beginning else {}
    story = StoryForm(user=request.user, initial={"writer": request.user.pk, **begun})
    for name in ("headline", "standfirst"):
        if asks := getattr(beginning, name, ""):
            story.fields[name].widget.attrs["placeholder"] = asks
    return Draft(
        story,
        Bylines(prefix="bylines", initial=first),
        Placements(prefix="pictures"),
    )


def _begun(beginning: Beginning) -> dict[str, Any]:
    section = beginning.suggested_section()
    return {
        "genre": beginning.genre,
        "body": beginning.body,
        "section": section.slug if section else None,
        "planned_words": beginning.words,
    }


def _assigned(article: Article) -> dict[str, Any]:
    return {
        "desk": article.desk_id,
        "writer": article.writer_id,
        **{name: getattr(article, name) for name in ("embargo_until", "genre", "due_at", "planned_words")},
    }


def placement(typed: dict[str, Any]) -> PrintedPicture:
    """Return the picture that a valid row of the pictures stands for."""
    return printed(
        typed["picture"],
        typed["own_caption"],
        own_credit=typed["own_credit"],
        own_alt=typed["own_alt"],
        caption_is_absent=typed["caption_is_absent"],
    )


def standing(article: Article | None) -> set[int]:
    """Return the keys of the pictures that the copy has."""
    return set(article.placements.values_list("picture_id", flat=True)) if article else set()


def assignment_of(article: Article) -> Assignment:
    """Return whose story it is now."""
    return Assignment(
        article.desk_id,
        article.writer_id,
        article.embargo_until,
        article.genre,
        article.due_at,
        article.planned_words,
    )


def _in_order(rows: "BaseFormSet[Any]", *needed: str) -> list[Any]:
    filled = [row for row in rows.forms if any(row.cleaned_data.get(name) for name in needed)]
    return sorted(filled, key=lambda row: row.cleaned_data.get("ORDER") or 10_000)


def byline(typed: dict[str, Any]) -> PrintedByline:
    """Return the line that a valid row of the bylines stands for; a new name is made now."""
    person = typed["person"] or contributor_named(typed["new_name"])
    return PrintedByline(person.slug, typed["role"], typed["as_printed"].strip() or person.name)


def tag(line: str) -> str:
    """Return the name of the tag that was typed; a new one of a kind ("person: …") is made now."""
    kind, found, name = line.partition(":")
    if found and kind.strip().lower() in TagKind.values and plain_name(name):
        return str(tag_of_kind(name, kind=kind.strip().lower()).name)
    return line


def _bylines_of(contents: Contents) -> list[dict[str, str]]:
    people = Contributor.objects.filter(slug__in=[line.contributor for line in contents.bylines])
    names = {person.slug: person.name for person in people}
    shared = {name for name in names.values() if Contributor.objects.filter(name__iexact=name).count() > 1}
    return [
        {
            "contributor": line.contributor
            if names.get(line.contributor) in shared
            else names[line.contributor],
            "role": line.role,
            "as_printed": "" if line.as_printed == names[line.contributor] else line.as_printed,
        }
        for line in contents.bylines
        if line.contributor in names
    ]


def _pictures_of(contents: Contents) -> list[dict[str, Any]]:
    return [
        {
            "media_id": one.media_id or "",
            "row": one.picture,
            "caption": one.own_caption or "",
            "no_caption": one.own_caption == "",
            "caption_is_absent": one.caption_is_absent,
            "credit": one.own_credit or "",
            "no_credit": one.own_credit == "",
            "alt": one.own_alt or "",
            "no_alt": one.own_alt == "",
        }
        for one in contents.pictures
    ]


def pictures_of(draft: Draft) -> list[Picture | None]:
    """Return the picture that stands in each of the draft's rows, None for an empty row or a number nobody has."""
    shown = [
        (str(row["row"].value() or ""), str(row["media_id"].value() or "")) for row in draft.pictures.forms
    ]
    keys = {int(key) for key, _ in shown if key.isascii() and key.isdigit() and len(key) < 19}
    numbers = {as_typed(typed) for _, typed in shown} - {""}
    rows = Picture.objects.filter(Q(pk__in=keys) | Q(media_id__in=numbers)).select_related("alias_of")
    found = list(rows.prefetch_related("renditions", "alias_of__renditions"))
    by_key = {str(picture.pk): picture.in_force for picture in found}
    by_number = {picture.media_id: picture.in_force for picture in found if picture.media_id}
    return [by_number.get(as_typed(typed)) if typed else by_key.get(key) for key, typed in shown]

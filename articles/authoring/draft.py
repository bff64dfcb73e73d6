"""Turns copy into what the form shows, and the form back into contents."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.forms import BaseFormSet
from django.http import HttpRequest, QueryDict

from articles.authoring.forms import Bylines, Placements, StoryForm
from articles.models import Article, Contents, Contributor, PrintedByline, TagKind
from articles.workflow import Assignment
from articles.workflow.copy import contents_of
from articles.workflow.filing import contributor_named, tag_of_kind
from articles.workflow.placing import printed
from media.models import Picture
from media.numbers import as_typed

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
            bylines=tuple(_byline(row.cleaned_data) for row in _in_order(self.bylines, "person", "new_name")),
            pictures=tuple(
                printed(row.cleaned_data["picture"], row.cleaned_data["own_caption"])
                for row in _in_order(self.pictures, "picture")
            ),
            tags=tuple(_tag(line) for line in typed["tags"].splitlines() if line.strip()),
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
        Placements(sent, prefix="pictures", form_kwargs={"standing": _standing(article)}),
    )


def opened(request: HttpRequest, article: Article) -> Draft:
    """Return the draft as the copy stands."""
    contents = contents_of(article)
    words: dict[str, Any] = {name: getattr(contents, name) for name in WORDS}
    words |= {"section": contents.section, "tags": "\n".join(contents.tags), **_assigned(article)}
    return Draft(
        StoryForm(user=request.user, article=article, initial=words),
        Bylines(prefix="bylines", initial=_bylines_of(contents)),
        Placements(prefix="pictures", initial=_pictures_of(contents)),
    )


def empty(request: HttpRequest) -> Draft:
    """Return the draft of a story that nobody has begun: the writer's own name over it."""
    own = Contributor.objects.filter(user=request.user).first()  # type: ignore[misc]
    first = [{"contributor": own.name}] if own else []
    return Draft(
        StoryForm(user=request.user, initial={"writer": request.user.pk}),
        Bylines(prefix="bylines", initial=first),
        Placements(prefix="pictures"),
    )


def _assigned(article: Article) -> dict[str, Any]:
    return {
        "desk": article.desk_id,
        "writer": article.writer_id,
        **{name: getattr(article, name) for name in ("embargo_until", "genre", "due_at", "planned_words")},
    }


def _standing(article: Article | None) -> set[int]:
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


def _byline(typed: dict[str, Any]) -> PrintedByline:
    person = typed["person"] or contributor_named(typed["new_name"])
    return PrintedByline(person.slug, typed["role"], typed["as_printed"].strip() or person.name)


def _tag(line: str) -> str:
    kind, found, name = line.partition(":")
    if found and kind.strip().lower() in TagKind.values and name.strip():
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

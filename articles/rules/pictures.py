"""The rules on a story's pictures: who made them, what they show, on what ground they run."""

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Contains

from articles import prose
from articles.models import Contents, EditionPicture, Placement, PrintedPicture
from articles.rules import rights
from articles.rules.rule import Rule
from articles.rules.standing import Standing
from media.models import CaptionState


def _named(one: PrintedPicture) -> str:
    return f"Media ID {one.media_id}" if one.media_id else "The picture whose Media ID is not known"


def _denied(contents: Contents, standing: Standing) -> list[str]:
    return [one.hindrance.sentence for one in standing.hindered if not one.hindrance.needs_reason]


def _open(contents: Contents, standing: Standing) -> list[str]:
    return [one.hindrance.sentence for one in standing.hindered if one.hindrance.needs_reason]


def _uncredited(contents: Contents, standing: Standing) -> list[str]:
    return [
        f"{_named(one)} has no credit. Write who made it, in the library or in this story."
        for one in contents.pictures
        if not one.credit
    ]


def _not_among(contents: Contents, standing: Standing) -> list[str]:
    numbers = prose.media_ids(contents.body)
    missing = [one for one in numbers if one not in standing.numbers] if numbers else []
    return [
        f"Media ID {one} stands in the text but not among the story's pictures. Add it there or take it out."
        for one in missing
    ]


def _no_alt(contents: Contents, standing: Standing) -> list[str]:
    return [
        f"{_named(one)} has no alternative text. Say in it what one sees, for those who do not."
        for one in contents.pictures
        if not one.alt
    ]


def _no_caption(contents: Contents, standing: Standing) -> list[str]:
    return [
        f"{_named(one)} has no caption. Write one."
        if one.caption is None
        else f"{_named(one)}: its caption is empty. Write one."
        for one in contents.pictures
        if not one.caption
    ]


def _in_copy(**which: Any) -> Q:
    return Q(Exists(_placed().filter(**which)))


def _placed() -> QuerySet[Placement]:
    """Return the pictures of the copy around them with the credit and the alternative text that would be printed."""
    words = {
        f"{name}_said": Coalesce(
            name, f"picture__alias_of__{name}", f"picture__{name}", output_field=TextField()
        )
        for name in ("credit", "alt")
    }
    return Placement.objects.filter(article=OuterRef("pk")).annotate(**words)


def _uncaptioned() -> Q:
    heir = Coalesce("picture__alias_of__caption", "picture__alias_of__file_caption", Value(""))
    own = Coalesce("picture__caption", "picture__file_caption", Value(""))
    library = Case(When(picture__alias_of__isnull=False, then=heir), default=own, output_field=TextField())
    rows = Placement.objects.filter(article=OuterRef("pk")).annotate(said=Coalesce("caption", library))
    return Q(Exists(rows.filter(Q(said="") | Q(caption_is_absent=True))))


def _uncaptioned_editions() -> Q:
    rows = EditionPicture.objects.filter(edition=OuterRef("pk"))
    return Q(Exists(rows.exclude(caption_state=CaptionState.PRESENT)))


def _printed_without(name: str) -> Q:
    """Return the condition on editions one of whose pictures was printed with an empty `name`.

    Both databases keep and print JSON with one space after the colon, and no text inside it holds a bare quote.
    """
    written = Cast(F("pictures"), TextField())
    return Q(Contains(written, f'"{name}": ""'))


STOPS = (
    Rule(
        "rights_denied",
        "Whoever holds the rights has said no.",
        True,
        _denied,
        copies=rights.denied_copies,
        editions=rights.denied_editions,
        heading="Pictures whose rights are denied",
    ),
    Rule(
        "uncredited",
        "Every picture names who made it.",
        True,
        _uncredited,
        copies=lambda: _in_copy(credit_said=""),
        editions=lambda: _printed_without("credit"),
        heading="Pictures without a credit",
    ),
    Rule(
        "not_among_pictures",
        "A Media ID in the text prints nothing unless its picture is the story's.",
        True,
        _not_among,
        may_break=Q(body__contains="<figure data-media-id="),
    ),
)
WARNINGS = (
    Rule(
        "rights_open",
        "The rights ran out, have not begun or are not known: somebody must answer for it.",
        False,
        _open,
        copies=rights.open_copies,
        editions=rights.open_editions,
        heading="Rights that are not clear",
    ),
    Rule(
        "no_alt",
        "Who cannot see a picture reads its alternative text.",
        False,
        _no_alt,
        copies=lambda: _in_copy(alt_said=""),
        editions=lambda: _printed_without("alt"),
        heading="Pictures without alternative text",
    ),
    Rule(
        "no_caption",
        "A picture without a caption tells nobody who and where.",
        False,
        _no_caption,
        copies=_uncaptioned,
        editions=_uncaptioned_editions,
        heading="Pictures without a caption",
    ),
)

"""The names that stand over public stories, A to Z: tags and people, each with its number of stories, a stretch at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from articles.models.contributor import Contributor
from articles.models.edition import Edition
from articles.models.shelf_count import ShelfCount, ShelfKind
from articles.models.tag import Tag
from newsroom.prepared import prepared

# As many names as one page holds.
A_STRETCH = 200
LATIN = "abcdefghijklmnopqrstuvwxyz"
# As `newsroom.folding` leaves them, in their own order.
ARABIC = "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي"
# What begins with a figure or a sign stands before the letters, other scripts behind Latin.
FIGURES, OTHERS = "0-9", "others"
LETTERS = (FIGURES, *LATIN, *ARABIC, OTHERS)


class NoSuchPlace(ValueError):
    """The place in an address is none that a page of names could have named."""


@dataclass(frozen=True, slots=True)
class Names:
    """A stretch of an index: its rows (each with `stories`), and where the next begins, "" at the end."""

    rows: list[Any]
    after: str


def letter_of(folded: str) -> str:
    """Return the letter under which a folded name stands."""
    first = folded[:1]
    if first and first in LATIN + ARABIC:
        return first
    return FIGURES if first < "a" else OTHERS


def stretch(kind: ShelfKind, *, letter: str = "", after: str = "", moment: datetime | None = None) -> Names:
    """Return the names under `letter` (all, without one) that follow `after`: one query, a walk along their index.

    `after` is what `Names.after` said of the stretch before, and raises `NoSuchPlace` if nothing ever did. Stories
    are counted of now alone: at another moment each name with any stands there without their number (None).
    """
    place = _place(after) if after else ()
    found: list[Any] = _stretch(*place, kind=kind, letter=letter, moment=moment)
    last = found[A_STRETCH - 1] if len(found) > A_STRETCH else None
    return Names(found[:A_STRETCH], f"{last.folded}.{last.pk}" if last else "")


@prepared
def _stretch(*place: str | int, kind: ShelfKind, letter: str, moment: datetime | None) -> QuerySet[Any, Any]:
    rows = _names(kind).filter(_stands(kind, moment))
    if letter:
        rows = rows.filter(_under(letter))
    if place:
        folded, key = place
        rows = rows.filter(Q(folded__gt=folded) | Q(folded=folded, pk__gt=key), folded__gte=folded)
    total = ShelfCount.objects.totals(kind if moment is None else "").filter(shelf=OuterRef("pk"))
    rows = rows.annotate(stories=Subquery(total.values("stories")[:1]))
    found: QuerySet[Any, Any] = rows.order_by("folded", "pk")[: A_STRETCH + 1]
    return found


def letters(kind: ShelfKind, moment: datetime | None = None) -> list[str]:
    """Return the letters under which any public name stands: one query, a look in an index for each letter there is."""
    found = _letters(kind=kind, moment=moment)
    return [letter for letter, is_held in zip(LETTERS, found[0], strict=True) if is_held] if found else []


@prepared
def _letters(*, kind: ShelfKind, moment: datetime | None) -> QuerySet[Any, Any]:
    names = _names(kind).filter(_stands(kind, moment))
    held = [Exists(names.filter(_under(letter))) for letter in LETTERS]
    return ShelfCount.objects.order_by().values_list(*held)[:1]


def _stands(kind: ShelfKind, moment: datetime | None) -> Exists:
    """Return whether anything public stands under a name: as it is counted, at another moment as it was."""
    if moment is None:
        return Exists(ShelfCount.objects.totals(kind).filter(shelf=OuterRef("pk")))
    row = "tag_rows__tag" if kind == ShelfKind.TAG else "byline_rows__contributor"
    return Exists(Edition.objects.at(moment).filter(**{row: OuterRef("pk")}))


def _names(kind: ShelfKind) -> QuerySet[Any]:
    model: Any = Tag if kind == ShelfKind.TAG else Contributor
    # Said so that no database begins with all that are no alias, nearly every one, and sorts them: names are in order.
    found: QuerySet[Any] = model.objects.exclude(alias_of__gt=0)
    return found


def _under(letter: str) -> Q:
    if letter == FIGURES:
        return Q(folded__lt="a")
    if letter == OTHERS:
        beyond = [chr(ord(last) + 1) for last in (LATIN[-1], ARABIC[-1])]
        return Q(folded__gte=beyond[0], folded__lt=ARABIC[0]) | Q(folded__gte=beyond[1])
    return Q(folded__gte=letter, folded__lt=chr(ord(letter) + 1))


def _place(after: str) -> tuple[str, int]:
    folded, dot, key = after.rpartition(".")
    if not dot or not (key.isascii() and key.isdigit() and len(key) < 19) or len(folded) > 200:
        raise NoSuchPlace(after)
    return folded, int(key)

"""Keeps, for the list of a contributor's pictures, whose names stand in a picture's credit or as its creator."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from django.db import transaction

from articles.models import Contributor, PictureCredit
from media.models import Picture
from newsroom.folding import fold_words

BATCH = 500
# Names by the contributor they stand for: folded words, between spaces.
Names = Mapping[int, frozenset[str]]


def credit_pictures(keys: Iterable[int]) -> None:
    """Derive the rows of these pictures anew. A picture that was merged into another has none."""
    every = list(keys)
    names = _names() if every else {}
    for start in range(0, len(every), BATCH):
        _write(every[start : start + BATCH], names)


def credit_contributor(contributor: Contributor) -> None:
    """Derive the rows of one contributor anew, after they came, were renamed or took another name in."""
    person = contributor.alias_of or contributor
    found = _pictures_of(_names(person)[person.pk])
    with transaction.atomic():
        PictureCredit.objects.filter(contributor__in={contributor.pk, person.pk}).delete()
        _keep(person, found)


def credit_new(contributor: Contributor) -> None:
    """Derive the rows of a contributor who has just come: none are there, and no other name is theirs."""
    if folded := _folded(contributor.name):
        _keep(contributor, _pictures_of([f" {folded} "]))


def _pictures_of(names: Iterable[str]) -> set[int]:
    found: set[int] = set()
    for name in names:
        rows = Picture.objects.standing().filter(search_text__contains=name)
        said = rows.only("credit", "creator").iterator(chunk_size=BATCH)
        found |= {row.pk for row in said if name in _said_of(row)}
    return found


def _keep(person: Contributor, pictures: Iterable[int]) -> None:
    rows = [PictureCredit(contributor=person, picture_id=key) for key in sorted(pictures)]
    PictureCredit.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def credit_all() -> int:
    """Derive every row anew and return how many pictures were looked at."""
    keys = list(Picture.objects.order_by("pk").values_list("pk", flat=True))
    credit_pictures(keys)
    return len(keys)


@transaction.atomic
def _write(keys: list[int], names: Names) -> None:
    pictures = Picture.objects.standing().filter(pk__in=keys).only("credit", "creator")
    PictureCredit.objects.filter(picture__in=keys).delete()
    rows = [
        PictureCredit(contributor_id=person, picture=picture)
        for picture in pictures
        for person in _credited(_said_of(picture), names)
    ]
    PictureCredit.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def _credited(said: str, names: Names) -> Iterator[int]:
    if said.strip():
        yield from (person for person, known in names.items() if any(name in said for name in known))


def _said_of(picture: Picture) -> str:
    """Return credit and creator in one spelling; no name can begin in the one and end in the other."""
    return f" {fold_words(picture.credit)} | {fold_words(picture.creator)} "


def _names(person: Contributor | None = None) -> dict[int, frozenset[str]]:
    """Return the names of every contributor in force (or of `person`), those merged into them included."""
    rows = Contributor.objects.all()
    if person is not None:
        rows = rows.filter(pk=person.pk) | rows.filter(alias_of=person)
    found: dict[int, set[str]] = {}
    for key, heir, name in rows.values_list("pk", "alias_of_id", "name"):
        if folded := _folded(name):
            found.setdefault(heir or key, set()).add(f" {folded} ")
    return {key: frozenset(known) for key, known in found.items()}


@lru_cache(maxsize=20_000)
def _folded(name: str) -> str:
    return fold_words(name)

"""Finds the tags and people that what was typed may mean, near spellings too, and how much each is used."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Contributor, Edition, EditionByline, EditionTag, NameKind, Spelling, Tag
from articles.models.dating import UNKNOWN
from articles.workflow.filing import LONGEST_TAG
from newsroom.folding import fold, plain_name
from newsroom.sounding import after, beginning, sound

MOST = 12
# What begins with less than this of a sound is too much to be meant.
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A tag or a person that may be meant, by which spelling, and whether that only sounds like what was typed."""

    row: Any
    as_printed: str = ""
    is_exact: bool = False
    is_near: bool = False

    @property
    def in_force(self) -> Any:
        """Return the name that counts: this one, or the one it was merged into."""
        return self.row.alias_of or self.row

    @property
    def shown(self) -> str:
        """Return the name as it is shown; one that leads to another with that one."""
        if self.row.alias_of:
            return f"{self.row.name} → {self.row.alias_of.name}"
        return f"{self.as_printed} → {self.row.name}" if self.as_printed else str(self.row.name)


@dataclass(frozen=True, slots=True)
class Use:
    """How many stories that readers see bear a name, and when the last one ran."""

    stories: int = 0
    last: datetime | None = None

    def __str__(self) -> str:
        if not self.stories:
            return "in no published story yet"
        many = f"{self.stories:,} {'story' if self.stories == 1 else 'stories'}"
        dated = self.last is not None and self.last > UNKNOWN
        return f"{many}, last {date_format(timezone.localtime(self.last), 'j M Y')}" if dated else many


NO_USE = Use()


def no_tag(name: str) -> str:
    """Return why this cannot be a tag's name, as a sentence, or nothing."""
    if len(name.strip()) > LONGEST_TAG:
        return f"A tag has at most {LONGEST_TAG} characters. Shorten it."
    return (
        "" if plain_name(name).strip("\0") else "This tag has no letter that could be read. Write its name."
    )


def people_called(typed: str) -> list[Found]:
    """Return whom a byline that was typed may mean: by slug, by name, a merged one too, else by how they were printed."""
    known = Contributor.objects.select_related("alias_of")
    named = known.filter(folded=fold(typed)[:200], name__iexact=typed)[:5]
    rows = list(known.filter(slug=typed)) or list(named)
    found = {(row.alias_of or row).pk: Found(row.alias_of or row) for row in rows}
    if not found:
        printed = Spelling.objects.filter(folded=fold(typed)[:200]).select_related("contributor__alias_of")
        for one in printed[:5]:
            person = one.contributor.alias_of or one.contributor
            found.setdefault(person.pk, Found(person, as_printed=one.as_printed))
    return list(found.values())


def names_of(kind: str) -> QuerySet[Any]:
    """Return all tags or all people, with what they stand for."""
    model: Any = Tag if kind == NameKind.TAGS else Contributor
    rows: QuerySet[Any] = model.objects.select_related("alias_of")
    return rows


def fitting(kind: str, typed: str, *, most: int = MOST) -> list[Found]:
    """Return up to `most` names that `typed` may mean: those that begin with it, those that sound so, those that hold it.

    Of the first two, and of the spellings in which people were printed, each is one walk along an index.
    """
    folded = fold(typed)
    if not folded:
        return []
    key, begins = sound(typed), beginning(typed)
    known = names_of(kind)
    found: dict[Any, Found] = {}

    def take(rows: Iterable[Any]) -> None:
        for row in rows:
            is_exact = row.name.casefold() == typed.casefold()
            near = not is_exact and (row.sound == key or row.folded == folded)
            found.setdefault((row.pk, ""), Found(row, is_exact=is_exact, is_near=near))

    take(known.filter(folded__gte=folded, folded__lt=after(folded)).order_by("folded", "pk")[:most])
    if kind == NameKind.PEOPLE:
        _take_printed(found, folded, most)
    take(known.filter(sound=key).order_by("name")[:most])
    if len(begins) >= SHORTEST and len(found) < most:
        take(known.filter(sound__gte=begins, sound__lt=after(begins)).order_by("sound", "name")[:most])
    if len(found) < most and len(folded) >= SHORTEST:
        within = known.filter(folded__contains=folded).exclude(pk__in=[row for row, _ in found])
        take(within.order_by("name")[: most - len(found)])
    return sorted(
        found.values(), key=lambda one: (not one.is_exact, not _begins(one, folded), not one.is_near)
    )[:most]


def _begins(found: Found, folded: str) -> bool:
    return fold(found.as_printed or found.row.name).startswith(folded)


def _seen_in_print() -> QuerySet[Spelling]:
    """Return the spellings that readers see over a story now: a withdrawn or a waiting one tells nobody its byline."""
    public = Edition.objects.at().filter(byline_rows__contributor=OuterRef("contributor"))
    return Spelling.objects.filter(Exists(public.filter(byline__contains=OuterRef("as_printed"))))


def _take_printed(found: dict[Any, Found], folded: str, most: int) -> None:
    """Add the people who were once printed so; where that is their name itself nothing is to be told of it."""
    printed = _seen_in_print().filter(folded__gte=folded, folded__lt=after(folded))
    for one in printed.select_related("contributor__alias_of").order_by("folded", "pk")[:most]:
        person = one.contributor.alias_of or one.contributor
        if fold(person.name) != one.folded:
            found.pop((one.contributor_id, ""), None)
            exact = one.folded == folded
            found[person.pk, one.as_printed] = Found(person, as_printed=one.as_printed, is_exact=exact)


def near(kind: str, name: str) -> list[Found]:
    """Return the names that are there already and may be meant where `name` is about to be made new."""
    rows = names_of(kind).filter(Q(sound=sound(name)) | Q(folded=fold(name))).order_by("name")[:MOST]
    return [Found(row, is_exact=row.name.casefold() == name.casefold(), is_near=True) for row in rows]


def uses_of(kind: str, keys: Collection[int]) -> Mapping[int, Use]:
    """Return how much each of these tags or people is used by what readers see: one query, answered by indexes alone."""
    if not keys:
        return {}
    rows: QuerySet[Any] = EditionTag.objects.all()
    column = "tag_id"
    if kind == NameKind.PEOPLE:
        rows, column = EditionByline.objects.all(), "contributor_id"
    last = Edition.objects.open().filter(story_id=OuterRef("story_number")).order_by()
    waiting = Edition.objects.waiting().order_by()
    before_those = Edition.objects.at().filter(story_id__in=waiting.values("story_id")).order_by()
    suppressed = Edition.objects.filter(suppressed_at__isnull=False).order_by()
    shown = (
        rows.filter(**{f"{column}__in": set(keys)})
        .filter(Q(edition_id=Subquery(last.values("pk")[:1])) | Q(edition_id__in=before_those.values("pk")))
        .exclude(edition_id__in=waiting.values("pk"))
        .exclude(edition_id__in=suppressed.values("pk"))
    )
    told = (
        shown.order_by()
        .values(name=F(column))
        .annotate(n=Count("story_number", distinct=True), last=Max("listed_at"))
    )
    return {one["name"]: Use(one["n"], one["last"]) for one in told}

"""What stands around a story on its page: the ones before and after it in its section, related ones, translations, sources.

One query, whatever there is: an index step for each direction, the rows that were worked out before, and no more.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    JSONField,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils import timezone

from articles.models import translation, where_from
from articles.models.dating import Dating
from articles.models.edition import Edition, EditionQuerySet
from articles.models.translation import Translation
from articles.models.where_from import Source
from newsroom.prepared import prepared

SHOWN = 5
BEFORE, AFTER, RELATED, TRANSLATION, SOURCE, NAMED = range(6)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A public story as another one's page names it; `is_original` of a translation: this one was made from it."""

    story_id: int
    slug: str
    headline: str
    kicker: str
    language: str
    section: str
    published_on: date | None
    dating: Dating
    is_original: bool = False

    def get_absolute_url(self) -> str:
        """Return the story's own address."""
        return f"/story/{self.story_id}/{self.slug}/"


@dataclass(slots=True)
class Neighbours:
    """What stands around a story, each part empty where there is nothing that readers may see.

    `named` are the stories that its text names by their address, by story ID.
    """

    before: Neighbour | None = None
    after: Neighbour | None = None
    related: list[Neighbour] = field(default_factory=list)
    translations: list[Neighbour] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    named: dict[int, Neighbour] = field(default_factory=dict)

    @property
    def original(self) -> Neighbour | None:
        """Return the story that this one was translated from, if readers may see it."""
        return next((one for one in self.translations if one.is_original), None)


def of(edition: Edition, moment: datetime | None = None, named: Collection[int] = ()) -> Neighbours:
    """Return what stands around a story whose edition in force is `edition`, as it stood at `moment`: one query.

    `named` are the IDs of stories that its text names; those that are public come with it.
    """
    around = (edition.story_id, edition.section_id, edition.listed_at)
    rows = _rows(*around, moment=moment, named=named) if moment or named else _rows_now(*around)
    return _read(sorted(rows, key=lambda row: row[:3]))


@prepared
def _rows_now(story_id: int, section: int | None, listed_at: datetime) -> QuerySet[Any, Any]:
    return _rows(story_id, section, listed_at)


def _rows(
    story_id: int,
    section: int | None,
    listed_at: datetime,
    *,
    moment: datetime | None = None,
    named: Collection[int] = (),
) -> QuerySet[Any, Any]:
    when = moment or timezone.now()
    public = Edition.objects.at(when)
    walks = [
        *_in_section(public, story_id, section, listed_at),
        _told(public.filter(story__nears__story=story_id), RELATED, F("story__nears__rank")),
        _translations(public, story_id),
        _sources(story_id, when),
    ]
    if named:
        walks.append(_told(public.filter(story_id__in=named), NAMED, Value(0)))
    first, *others = walks
    return first.union(*others, all=True)


def _in_section(
    public: EditionQuerySet, number: int, section: int | None, here: datetime
) -> list[QuerySet[Any, Any]]:
    """Return the stories before and after in the section's own list: one step along its index each way."""
    shelf = public.filter(section=section)
    earlier = Q(listed_at__lt=here) | Q(listed_at=here, story__lt=number)
    later = Q(listed_at__gt=here) | Q(listed_at=here, story__gt=number)
    before = shelf.filter(earlier, listed_at__lte=here).order_by("-listed_at", "-story")
    after = shelf.filter(later, listed_at__gte=here).order_by("listed_at", "story")
    return [
        _told(public.filter(pk=Subquery(walk.values("pk")[:1])), kind, Value(0))
        for kind, walk in ((BEFORE, before), (AFTER, after))
    ]


def _translations(public: EditionQuerySet, story_id: int) -> QuerySet[Any]:
    mine = Translation.objects.filter(story=story_id).values("original")
    is_original = Case(When(story__in=mine, then=Value(0)), default=Value(1), output_field=IntegerField())
    return _told(translation.beside(public, story_id), TRANSLATION, is_original)


def _told(rows: EditionQuerySet, kind: int, rank: Any) -> QuerySet[Any]:
    return rows.order_by().values_list(
        Value(kind, IntegerField()),
        Cast(rank, IntegerField()),
        "story_id",
        "slug",
        "headline",
        "kicker",
        "language",
        Cast(F("section__name"), CharField()),
        "published_at",
        "published_on",
        "is_time_known",
        "dated_earliest",
        "dated_latest",
        "dated_reason",
        Cast(Value(None), JSONField()),
        Cast(Value(None), JSONField()),
    )


def _sources(story_id: int, when: datetime) -> QuerySet[Any]:
    """Return the pages an imported story came from in the same columns, so that they come in the same query."""
    return where_from.rows_of(story_id, when).values_list(
        Value(SOURCE, IntegerField()),
        Cast(F("pk"), IntegerField()),
        Cast(F("edition"), IntegerField()),
        Cast(F("source__kind"), CharField()),
        Cast(F("source__address"), CharField()),
        Value("", CharField()),
        Value("", CharField()),
        Value("", CharField()),
        Cast(F("source__read_at"), DateTimeField()),
        Cast(Value(None), DateField()),
        Cast(F("is_teaser"), BooleanField()),
        Cast(Value(None), DateField()),
        Cast(Value(None), DateField()),
        Value("", TextField()),
        "facts",
        "repairs",
    )


def _read(rows: Sequence[Any]) -> Neighbours:
    found = Neighbours()
    for row in rows:
        kind = row[0]
        if kind == SOURCE:
            _, _, edition, page, address, _, _, _, read_at, _, is_teaser, _, _, _, facts, repairs = row
            has_text = edition is not None
            source = where_from.read(
                page, address, read_at, bool(is_teaser), facts, repairs, has_text=has_text
            )
            found.sources.append(source)
            continue
        one = _neighbour(row)
        if kind == BEFORE:
            found.before = one
        elif kind == AFTER:
            found.after = one
        elif kind == RELATED and len(found.related) < SHOWN:
            found.related.append(one)
        elif kind == TRANSLATION:
            found.translations.append(one)
        elif kind == NAMED:
            found.named[one.story_id] = one
    return found


def _neighbour(row: Sequence[Any]) -> Neighbour:
    kind, rank, story_id, slug, headline, kicker, language, section = row[:8]
    at, on, is_time_known, earliest, latest, reason = row[8:14]
    return Neighbour(
        story_id=story_id,
        slug=slug,
        headline=headline,
        kicker=kicker,
        language=language,
        section=section or "",
        published_on=on,
        dating=Dating(at, bool(is_time_known), earliest, latest, reason),
        is_original=kind == TRANSLATION and rank == 0,
    )

"""What editors put on the front page: which story held which place from when until when, kept for ever."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from articles.models.story import Story


class Place(models.TextChoices):
    """The places that can be held, in the order of their weight; the rest fills itself by recency and section."""

    LEAD = "lead", "lead"
    SECOND_1 = "second-1", "beside the lead, 1"
    SECOND_2 = "second-2", "beside the lead, 2"
    SECOND_3 = "second-3", "beside the lead, 3"
    SECOND_4 = "second-4", "beside the lead, 4"
    THIRD_1 = "third-1", "below the lead, 1"
    THIRD_2 = "third-2", "below the lead, 2"
    THIRD_3 = "third-3", "below the lead, 3"
    THIRD_4 = "third-4", "below the lead, 4"


PLACES: tuple[str, ...] = tuple(Place.values)


class FrontSlotQuerySet(QuerySet["FrontSlot"]):
    """Reading who holds which place."""

    def held_at(self, moment: datetime | None = None) -> Self:
        """Return what is held at `moment` (now, if none is given): at most one row a place, and one a story."""
        when = moment or timezone.now()
        return self.filter(Q(held_until__isnull=True) | Q(held_until__gt=when), held_from__lte=when)

    def held_between(self, first: datetime, last: datetime | None) -> Self:
        """Return what is held at some moment from `first` until before `last` (None: for ever)."""
        rows = self.filter(Q(held_until__isnull=True) | Q(held_until__gt=first))
        rows = rows.exclude(held_until__lte=F("held_from"))
        return rows if last is None else rows.filter(held_from__lt=last)

    def turned_between(self, first: datetime, last: datetime) -> Self:
        """Return what came to be held, or ceased to be, after `first` and until `last`."""
        begun = Q(held_from__gt=first, held_from__lte=last)
        return self.filter(begun | Q(held_until__gt=first, held_until__lte=last))

    def ahead(self, moment: datetime | None = None) -> Self:
        """Return what is held at `moment` or later, in the order in which it begins."""
        return self.held_between(moment or timezone.now(), None).order_by("held_from", "pk")


class FrontSlot(models.Model):
    """One story in one place of the front page, from a moment until a moment, or until released (`held_until` is None).

    A row says what was meant to stand there. What readers saw is this and `Edition.objects.at`: a story that is not
    public at the moment is not there, and the place fills itself. Past moments are never changed: to release a story
    is to end its row now, to put another in its place is to add a row. One that comes again when an act is taken back
    says of which it is the continuation (`again_of`).
    """

    place = models.CharField(max_length=10, choices=Place.choices)
    story = models.ForeignKey(Story, related_name="front_slots", on_delete=models.PROTECT)
    held_from = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)
    again_of = models.ForeignKey(
        "self", null=True, blank=True, related_name="came_again", on_delete=models.PROTECT
    )
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)

    objects = FrontSlotQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_place_is_held_forwards",
                condition=Q(held_until__isnull=True) | Q(held_until__gte=F("held_from")),
            ),
            models.CheckConstraint(name="a_place_is_known", condition=Q(place__in=Place.values)),
            models.UniqueConstraint(
                fields=["place"], condition=Q(held_until__isnull=True), name="one_open_hold_a_place"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["held_until", "held_from"], name="holds_by_end")]

    def __str__(self) -> str:
        return f"story {self.story_id} as {self.get_place_display()}"


class FrontPlan(models.Model):
    """The version of the front page's plan, so that no two editors overwrite each other unseen: one row."""

    version = models.PositiveBigIntegerField(default=0)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.PROTECT
    )
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="one_front_plan", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"front page, version {self.version}"

    @property
    def token(self) -> str:
        """Return what a change must say it was made on."""
        return str(self.version)


def plan() -> Any:
    """Return the plan as it stands, a blank one where nobody ever changed it: one query."""
    return FrontPlan.objects.select_related("changed_by").filter(pk=1).first() or FrontPlan(pk=1)

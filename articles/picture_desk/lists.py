"""What wants work in the library: each list once, as a condition, the fields that cure it, and a count."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, IntegerField, Max, Q, QuerySet, Subquery, Value
from django.utils import timezone

from articles.picture_desk.narrowing import Rule, used
from media.models import Likeness, Picture, PictureQuerySet, RightsState
from media.models.picture import ABSENT, EMPTY
from media.models.rights import in_state
from newsroom.prepared import prepared

ALIKE = "alike"


@dataclass(frozen=True, slots=True)
class WorkList:
    """Pictures that lack the same: its name in addresses, its heading, what to do, the condition, the fields to fill."""

    name: str
    heading: str
    help: str
    rule: Rule
    fields: tuple[str, ...]
    none: str

    @property
    def is_printed(self) -> bool:
        """Say whether what is filled in here is something that stories print."""
        return bool({"caption", "credit", "alt"} & set(self.fields))


@dataclass(frozen=True, slots=True)
class Counted:
    """A list with the number of pictures (or pairs) on it."""

    name: str
    heading: str
    count: int


def _ending(within: int) -> Rule:
    return lambda on: Q(rights_end_on__gte=on, rights_end_on__lte=on + timedelta(days=within))


_RIGHTS = ("rights_end_on", "rights_class")
LISTS = (
    WorkList(
        "no-caption", "No caption", "Nobody ever said anything, neither the file nor the library. Write what is to be seen, who, where and when; or say that it is left empty on purpose.",
        lambda on: ABSENT, ("caption",), "Every picture has a caption, or was left without one on purpose.",
    ),
    WorkList(
        "empty-caption", "Empty caption", "Somebody left the caption empty. Where that was right, leave it; where words are wanted, write them.",
        lambda on: EMPTY, ("caption",), "No caption was left empty.",
    ),
    WorkList(
        "no-alt", "No alternative text", "What would you tell someone on the phone? Say what the picture shows, not what the caption says already.",
        lambda on: Q(alt="") & ~Q(original=""), ("alt",), "Every picture that is here is also told in words.",
    ),
    WorkList(
        "no-credit", "No credit", "Nobody is named. Write the credit as it is to be printed.",
        lambda on: Q(credit=""), ("credit", "creator"), "Every picture names somebody.",
    ),
    WorkList(
        "no-file", "No file", "Known by number or caption only. Where the file turns up, attach it, and it stands wherever the picture is used.",
        lambda on: Q(original=""), ("file",), "No picture's file is lost.",
    ),
    WorkList(
        "rights-unknown", "Rights not known", "Nobody said on what ground these may be printed. Each asks for a reason at every publication until somebody does.",
        lambda on: in_state(RightsState.UNKNOWN, on), ("rights_class", "rights_holder"), "The rights in every picture are known.",
    ),
    WorkList(
        "rights-30", "Rights end within 30 days", "Renew them and write the new day, or have the pictures replaced in time.",
        _ending(30), _RIGHTS, "No rights end within 30 days.",
    ),
    WorkList(
        "rights-7", "Rights end within 7 days", "Renew them and write the new day, or have the pictures replaced this week.",
        _ending(7), _RIGHTS, "No rights end within a week.",
    ),
    WorkList(
        "rights-0", "Rights end today", "Today is the last day. Renew them and write the new day, or take the pictures out.",
        _ending(0), _RIGHTS, "No rights end today.",
    ),
    WorkList(
        "rights-ended", "Rights ran out", "Renew them and write the new day. Those that readers still see stand under “Rights that run out” as well.",
        lambda on: in_state(RightsState.EXPIRED, on), _RIGHTS, "No rights have run out.",
    ),
    WorkList(
        "unused", "Never used", "In no story, published or copy. Keywords and a place help somebody to find them.",
        lambda on: ~used(), ("keywords", "place"), "Every picture has been used.",
    ),
)  # fmt: skip
BY_NAME = {one.name: one for one in LISTS}


def wanting() -> PictureQuerySet:
    """Return the pictures that work is asked for at all: those neither merged nor withdrawn."""
    rows: PictureQuerySet = Picture.objects.standing()
    return rows.filter(killed_at__isnull=True)


def on_list(one: WorkList) -> PictureQuerySet:
    """Return the pictures on one list today, those most read first."""
    return wanting().filter(one.rule(timezone.localdate())).by_reads()


def counted() -> list[Counted]:
    """Return every list with its count: one query, whatever the number of lists."""
    *counts, pairs = next(iter(_counts(day=timezone.localdate())), [0] * (len(LISTS) + 1))
    rows = [Counted(one.name, one.heading, count) for one, count in zip(LISTS, counts, strict=True)]
    return [*rows, Counted(ALIKE, "Pictures that look alike", pairs or 0)]


@prepared
def _counts(*, day: date) -> QuerySet[Picture, Any]:
    counts = {one.name.replace("-", "_"): Count("pk", filter=one.rule(day)) for one in LISTS}
    pairs = (
        open_likenesses().order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    )
    rows: QuerySet[Picture, Any] = wanting().order_by().annotate(one=Value(1)).values("one")
    counted = rows.annotate(**counts, pairs=Max(Subquery(pairs, output_field=IntegerField())))
    return counted.values_list(*counts, "pairs")


def open_likenesses() -> QuerySet[Likeness]:
    """Return the pairs that look alike and about which nobody has decided, of pictures that still stand."""
    standing = Q(older__alias_of=None, newer__alias_of=None, older__killed_at=None, newer__killed_at=None)
    return Likeness.objects.filter(standing, settled_at=None)

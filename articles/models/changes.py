"""When what readers see changed: the moments at which editions began, of the whole paper or of one story.

Between two of them every page of the paper is the same. A story that was withdrawn has none: it is withheld at every
moment. Nothing here looks ahead: what is scheduled has not changed anything yet.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import QuerySet, Subquery

from articles.models.edition import Edition, EditionQuerySet

A_SECOND = timedelta(seconds=1)
_EVER = datetime(1, 1, 1, tzinfo=UTC)
_FOR_GOOD = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes around a page, each a moment or None: see `looks`. `began` is the paper's first of all."""

    began: datetime | None = None
    changed: datetime | None = None
    first: datetime | None = None
    earlier: datetime | None = None
    later: datetime | None = None
    last: datetime | None = None


def beginnings(story_id: int | None = None) -> EditionQuerySet:
    """Return the editions that readers can see, or could once, of the paper or of one story."""
    rows = Edition.objects.once_public().filter(suppressed_at__isnull=True)
    return rows if story_id is None else rows.filter(story_id=story_id)


def looks(moment: datetime | None, story_id: int | None = None) -> dict[str, QuerySet[Edition]]:
    """Return one row for each field of `Changes`, in a form that may stand in a union: one look in an index each.

    Without a moment only `changed` is asked: the newest change. With one, `changed` is the newest until then,
    `earlier` and `later` lie before and after the moment's second.
    """
    rows = beginnings(story_id)
    if moment is None:
        return {"changed": _one_of(rows, "-live_from")}
    second = moment.replace(microsecond=0)
    return {
        "began": _one_of(beginnings(), "live_from"),
        "changed": _one_of(rows.begun_between(_EVER, second + A_SECOND), "-live_from"),
        "first": _one_of(rows, "live_from"),
        "earlier": _one_of(rows.begun_between(_EVER, second), "-live_from"),
        "later": _one_of(rows.begun_between(second + A_SECOND, _FOR_GOOD), "live_from"),
        "last": _one_of(rows, "-live_from"),
    }


def _one_of(rows: EditionQuerySet, order: str) -> QuerySet[Edition]:
    return Edition.objects.filter(pk=Subquery(rows.order_by(order).values("pk")[:1])).order_by()


def first(story_id: int | None = None) -> datetime | None:
    """Return the first change: one query."""
    return beginnings(story_id).order_by("live_from").values_list("live_from", flat=True).first()


def last(story_id: int | None = None) -> datetime | None:
    """Return the newest change: one query."""
    return beginnings(story_id).order_by("-live_from").values_list("live_from", flat=True).first()


def until(second: datetime, story_id: int | None = None) -> datetime | None:
    """Return the last change that had happened when this second ended: one query."""
    rows = beginnings(story_id).begun_between(_EVER, second + A_SECOND)
    return rows.order_by("-live_from").values_list("live_from", flat=True).first()


def between(since: datetime, before: datetime, most: int, story_id: int | None = None) -> list[datetime]:
    """Return the seconds in which something changed, oldest first, of the first `most` editions that began."""
    rows = beginnings(story_id).begun_between(since, before).order_by("live_from")
    moments = rows.values_list("live_from", flat=True)[:most]
    return list(dict.fromkeys(moment.replace(microsecond=0) for moment in moments))


def after(second: datetime, story_id: int | None = None) -> datetime | None:
    """Return the first change after this second: one query."""
    rows = beginnings(story_id).begun_between(second + A_SECOND, _FOR_GOOD)
    return rows.order_by("live_from").values_list("live_from", flat=True).first()

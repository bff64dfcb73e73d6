"""Counts once a day what is missing in what readers see: dates, names, captions, files. Never while somebody reads."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from articles.models import Completeness, Edition, GapCount
from articles.models.gaps import GAPS
from media.models import CaptionState

# For a year each day is kept, after that the last of each month.
EACH_DAY_FOR = timedelta(days=366)
_READ = ("published_on", "byline", "section_id", "filed_tags", "completeness", "pictures", "shown_pictures")


def count_gaps(*, now: datetime | None = None) -> GapCount:
    """Count what is missing in what readers see now, keep it as today's count, and thin out what is older than a year.

    Reads every edition in force once, a few hundred at a time: about 20 seconds for a million stories.
    """
    moment = now or timezone.now()
    stories, missing = 0, Counter[str]()
    rows = Edition.objects.at(moment).order_by().values_list(*_READ)
    for row in rows.iterator(chunk_size=500):
        stories += 1
        missing.update(_lacking(*row))
    pictures = missing.pop("pictures", 0)
    facts = {
        "counted_at": moment,
        "stories": stories,
        "pictures": pictures,
        "missing": {name: missing[name] for name in GAPS},
    }
    today = timezone.localdate(moment)
    kept, _ = GapCount.objects.update_or_create(on=today, defaults=facts)
    _thin(today)
    return kept


def is_due(*, now: datetime | None = None) -> bool:
    """Say whether today's count is still to be made."""
    return not GapCount.objects.filter(on=timezone.localdate(now)).exists()


def _lacking(
    published_on: date | None,
    byline: str,
    section: int | None,
    tags: Sequence[Any],
    completeness: str,
    pictures: Sequence[Mapping[str, Any]],
    shown: Sequence[Mapping[str, Any]],
) -> Iterator[str]:
    """Give the name of each gap of a story, once a story or once a picture, and "pictures" for each picture."""
    if published_on is None:
        yield "no_date"
    if not byline:
        yield "no_byline"
    if section is None:
        yield "no_section"
    if not tags:
        yield "no_tags"
    if completeness in (Completeness.CUT, Completeness.TEASER):
        yield str(completeness)
    for printed, picture in _shown(pictures, shown):
        yield "pictures"
        yield from _lacking_under(printed, picture)


def _shown(
    pictures: Sequence[Mapping[str, Any]], shown: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Give each picture that readers are shown as it was printed and as it stands; not one that was withdrawn."""
    standing = list(shown)
    for printed in pictures:
        at = next((n for n, one in enumerate(standing) if one["media_id"] == printed["media_id"]), None)
        if at is None:
            continue
        picture = standing.pop(at)
        if "withdrawn_on" not in picture:
            yield printed, picture


def _lacking_under(printed: Mapping[str, Any], picture: Mapping[str, Any]) -> Iterator[str]:
    state = CaptionState.of(printed["caption"])
    if state != CaptionState.PRESENT:
        yield f"caption_{state}"
    if not printed["credit"]:
        yield "no_credit"
    if not printed["alt"]:
        yield "no_alt"
    if not picture["src"]:
        yield "no_file"


def _thin(today: date) -> None:
    """Keep of the days older than a year the last of each month."""
    old = GapCount.objects.filter(on__lt=today - EACH_DAY_FOR).order_by("on").values_list("on", flat=True)
    last = {(on.year, on.month): on for on in old}
    GapCount.objects.filter(on__lt=today - EACH_DAY_FOR).exclude(on__in=last.values()).delete()

"""Counts the notices that readers see, by year, section and kind, whenever one is made or a story is withdrawn."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import Correction, CorrectionKind, CorrectionTally


@transaction.atomic
def tally_story(story_id: int) -> None:
    """Count anew the years in which a story has notices; within the transaction of the verb that made or hid one."""
    made = Correction.objects.filter(story_id=story_id).values_list("made_at", flat=True)
    tally_years({timezone.localtime(at).year for at in made})


@transaction.atomic
def tally_years(years: Iterable[int]) -> None:
    """Count these years anew: what that costs grows with the notices of a year, not with the archive."""
    for year in sorted(years):
        first, last = (datetime(of, 1, 1, tzinfo=timezone.get_default_timezone()) for of in (year, year + 1))
        rows = Correction.objects.public().filter(made_at__gte=first, made_at__lt=last)
        counted = Counter(
            (None if kind == CorrectionKind.WITHDRAWAL else section, kind)
            for kind, section in rows.order_by().values_list("kind", F("edition__section"))
        )
        CorrectionTally.objects.filter(year=year).delete()
        CorrectionTally.objects.bulk_create(
            CorrectionTally(year=year, section_id=section, kind=kind, notices=count)
            for (section, kind), count in counted.items()
        )


def tally_all() -> None:
    """Count every year anew, for a timer: what was made before notices were counted, and what was filed elsewhere since."""
    ends = [
        Correction.objects.order_by(order).values_list("made_at", flat=True).first()
        for order in ("made_at", "-made_at")
    ]
    if ends[0] is None or ends[1] is None:
        return
    first, last = (timezone.localtime(at).year for at in ends if at)
    tally_years(range(first, last + 1))

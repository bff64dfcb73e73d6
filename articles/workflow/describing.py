"""Counts what each edition changed in the one before it, for the line that its story's history says of it."""

from collections.abc import Iterable

from articles.models import Edition, EditionChange
from articles.redline.versions import compare

BATCH = 100


def describe(edition: Edition, before: Edition) -> EditionChange:
    """Return what `edition` changed in the one `before` it, not yet saved. Bounded, however long they are."""
    found = compare(before, edition)
    return EditionChange(
        edition=edition, words_in=found.words_in, words_out=found.words_out, parts=found.changed
    )


def describe_all(made: Iterable[Edition]) -> None:
    """Keep what each of these saved editions changed, the first of their stories left out: one query for those before."""
    later = [one for one in made if one.number > 1]
    stories = {one.story_id for one in later}
    known = {(one.story_id, one.number): one for one in Edition.objects.filter(story_id__in=stories)}
    rows = [
        describe(one, before)
        for one in later
        if (before := known.get((one.story_id, one.number - 1))) is not None
    ]
    EditionChange.objects.bulk_create(rows, batch_size=200, ignore_conflicts=True)


def describe_due() -> int:
    """Keep what was never counted, of editions made before it was; return how many. For a timer, twice is harmless."""
    rows = Edition.objects.filter(number__gt=1, change__isnull=True).order_by("pk")
    done = 0
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        describe_all(batch)
        last = batch[-1].pk
        done += len(batch)
    return done

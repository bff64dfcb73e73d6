"""Counts what stands on the shelves already, and lists stories that nobody dated by both their bounds."""

from collections import Counter, defaultdict
from datetime import timedelta

from django.db import migrations
from django.db.models import F, Q
from django.utils import timezone

from articles.models.shelf_count import Filed

STEP = 500


def fill(apps, schema_editor):
    """Count every story that is public at this moment, some hundred at a time."""
    now = timezone.now()
    Edition, Shelved = (apps.get_model("articles", name) for name in ("Edition", "ShelvedStory"))
    open_still = Q(live_until__isnull=True) | Q(live_until__gt=now)
    public = Edition.objects.filter(open_still, live_from__lte=now, suppressed_at__isnull=True)
    counts, pairs, last = Counter(), Counter(), 0
    while batch := list(
        public.filter(story_id__gt=last)
        .order_by("story_id")
        .values_list("pk", "story_id", "section_id", "published_on")[:STEP]
    ):
        tags, people = _hanging(apps, [row[0] for row in batch])
        rows = []
        for edition, story, section, on in batch:
            filed = Filed(on, section, tuple(sorted(tags[edition])), tuple(sorted(people[edition])))
            counts.update(filed.counts())
            pairs.update(filed.pairs())
            kept = {"on": on, "section": section, "tags": list(filed.tags), "people": list(filed.people)}
            rows.append(Shelved(story_id=story, is_counted=True, **kept))
        Shelved.objects.bulk_create(rows, batch_size=100)
        last = batch[-1][1]
    _keep(apps.get_model("articles", "ShelfCount"), ("kind", "shelf", "period"), counts)
    _keep(apps.get_model("articles", "ShelfPair"), ("kind", "shelf", "other_kind", "other"), pairs)
    waiting = Edition.objects.filter(live_from__gt=now, live_until__isnull=True)
    for story, due_at in waiting.values_list("story_id", "live_from"):
        Shelved.objects.update_or_create(story_id=story, defaults={"due_at": due_at})


def _hanging(apps, editions):
    tags, people = defaultdict(set), defaultdict(set)
    filed = apps.get_model("articles", "EditionTag").objects.filter(edition__in=editions)
    for edition, tag in filed.values_list("edition_id", "tag_id"):
        tags[edition].add(tag)
    lines = apps.get_model("articles", "EditionByline").objects.filter(edition__in=editions, is_first=True)
    for edition, person in lines.values_list("edition_id", "contributor_id"):
        people[edition].add(person)
    return tags, people


def _keep(kept, names, counted):
    rows = (kept(**dict(zip(names, key, strict=True)), stories=stories) for key, stories in counted.items())
    kept.objects.bulk_create(rows, batch_size=STEP)


def empty(apps, schema_editor):
    """Take the counts out again."""
    for name in ("ShelfCount", "ShelfPair", "ShelvedStory"):
        apps.get_model("articles", name).objects.all().delete()


def list_by_both_bounds(apps, schema_editor):
    """List each undated story a microsecond later for each day between its bounds."""
    _shift(apps, 1)


def list_by_the_first(apps, schema_editor):
    """List them by the earliest bound alone again."""
    _shift(apps, -1)


def _shift(apps, sign):
    Edition = apps.get_model("articles", "Edition")
    undated = Edition.objects.filter(
        published_on__isnull=True, dated_earliest__isnull=False, dated_latest__gt=F("dated_earliest")
    )
    for key, earliest, latest in undated.values_list("pk", "dated_earliest", "dated_latest").iterator():
        shift = sign * timedelta(microseconds=(latest - earliest).days)
        for name, column in (
            ("Edition", "pk"),
            ("EditionTag", "edition_id"),
            ("EditionByline", "edition_id"),
        ):
            rows = apps.get_model("articles", name).objects.filter(**{column: key})
            for row, listed_at in rows.values_list("pk", "listed_at"):
                rows.filter(pk=row).update(listed_at=listed_at + shift)


class Migration(migrations.Migration):
    dependencies = [("articles", "0019_shelves_counted_and_a_front_page_edited")]

    operations = [
        migrations.RunPython(fill, empty),
        migrations.RunPython(list_by_both_bounds, list_by_the_first),
    ]

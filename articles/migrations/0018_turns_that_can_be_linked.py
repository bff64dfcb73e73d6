"""Gives the turns of interviews that are in the archive their links, and tables their frames; takes them away again."""

from django.db import migrations
from django.db.models import Q

from articles import linkable

BATCH = 200


def _rewrite(apps, change):
    edition = apps.get_model("articles", "Edition")
    rows = edition.objects.filter(Q(body_html__contains='<p class="turn ') | Q(body_html__contains="<table>"))
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        batch = list(edition.objects.filter(pk__in=keys[start : start + BATCH]).only("pk", "body_html"))
        for row in batch:
            row.body_html = change(row.body_html)
        edition.objects.bulk_update(batch, ["body_html"], batch_size=50)


def link(apps, schema_editor):
    _rewrite(apps, linkable.made)


def unlink(apps, schema_editor):
    _rewrite(apps, linkable.unmade)


class Migration(migrations.Migration):
    dependencies = [("articles", "0017_stories_near_each_other")]

    operations = [migrations.RunPython(link, unlink)]

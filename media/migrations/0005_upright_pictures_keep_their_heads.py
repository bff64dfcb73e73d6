"""Has the copies of upright pictures without a focal point made anew: they keep the upper third now, not the middle."""

from django.db import migrations
from django.db.models import F
from django.utils import timezone


def order_copies(apps, schema_editor):
    rows = apps.get_model("media", "Picture").objects.using(schema_editor.connection.alias)
    rows = rows.filter(focal_x=None, height__gte=F("width"), killed_at=None, alias_of=None).exclude(
        original=""
    )
    rows.update(copies_due_at=timezone.now(), copies_claimed_until=None)


class Migration(migrations.Migration):
    dependencies = [("media", "0004_copies_know_their_files")]

    operations = [migrations.RunPython(order_copies, order_copies, elidable=True)]

"""Has the editions that show pictures drawn anew: they tell machines of their makers and licences, and in less markup."""

from django.db import migrations
from django.db.models import Q
from django.utils import timezone


def order_editions(apps, schema_editor):
    rows = apps.get_model("media", "Picture").objects.using(schema_editor.connection.alias)
    shown = rows.filter(~Q(original="") | ~Q(creator=""), killed_at=None, alias_of=None, editions_due_at=None)
    shown.update(editions_due_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("media", "0005_upright_pictures_keep_their_heads")]

    operations = [migrations.RunPython(order_editions, order_editions, elidable=True)]

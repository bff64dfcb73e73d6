"""Where a picture stands is one walk along an index of its own: its rows say when their story is listed."""

import django.db.models.deletion
from django.db import migrations, models

FILL = """
UPDATE articles_editionpicture SET
    listed_at = (SELECT e.listed_at FROM articles_edition AS e WHERE e.id = edition_id),
    story_number = (SELECT e.story_id FROM articles_edition AS e WHERE e.id = edition_id)
"""


def _column(name, kind, *, is_filled):
    operation = migrations.AlterField if is_filled else migrations.AddField
    return operation(model_name="editionpicture", name=name, field=kind(null=not is_filled))


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0031_years_counted"),
        ("media", "0006_editions_tell_who_made_a_picture"),
    ]

    operations = [
        _column("listed_at", models.DateTimeField, is_filled=False),
        _column("story_number", models.BigIntegerField, is_filled=False),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        _column("listed_at", models.DateTimeField, is_filled=True),
        _column("story_number", models.BigIntegerField, is_filled=True),
        # Two indexes begin with it.
        migrations.AlterField(
            model_name="editionpicture",
            name="picture",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="edition_rows",
                to="media.picture",
            ),
        ),
        migrations.AddIndex(
            model_name="editionpicture",
            index=models.Index(fields=["picture", "-listed_at", "-story_number"], name="editions_by_picture"),
        ),
        migrations.AddIndex(
            model_name="editionpicture",
            index=models.Index(fields=["picture", "id"], name="uses_as_they_came"),
        ),
    ]

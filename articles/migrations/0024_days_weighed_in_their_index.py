"""The index of days holds what says which story led one: a month's page read every story of the month for that."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0023_words_found_by_what_is_alike")]
    operations = [
        migrations.RemoveIndex(model_name="edition", name="editions_by_day"),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                fields=[
                    "published_on",
                    "listed_at",
                    "story",
                    "section",
                    "completeness",
                    "live_from",
                    "live_until",
                    "suppressed_at",
                ],
                name="editions_by_day",
            ),
        ),
    ]

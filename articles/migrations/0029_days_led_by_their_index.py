"""The story that led a day is the last of its index: a month's page weighed every story of the month for that.

The index of all lists says which day a story is of and whether it is public, so that what a list passes by is not read; that of days has the slug, so that a sitemap reads no row but of a story with a picture.
"""

from django.db import migrations, models

PUBLIC = ["live_from", "live_until", "suppressed_at"]


class Migration(migrations.Migration):
    dependencies = [("articles", "0028_words_of_names")]
    operations = [
        migrations.RemoveIndex(model_name="edition", name="editions_listed"),
        migrations.RemoveIndex(model_name="edition", name="editions_by_day"),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                fields=["-listed_at", "-story", "published_on", *PUBLIC], name="editions_listed"
            ),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                fields=["published_on", "listed_at", "story", *PUBLIC, "slug"], name="editions_by_day"
            ),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                models.F("published_on"),
                models.Func(
                    models.F("completeness"),
                    template="(%(expressions)s <> 'teaser')",
                    output_field=models.BooleanField(),
                ),
                models.Func(
                    models.F("pictures"),
                    template="(%(expressions)s <> '[]')",
                    output_field=models.BooleanField(),
                ),
                models.F("listed_at"),
                models.F("story"),
                models.F("section"),
                *(models.F(name) for name in PUBLIC),
                condition=models.Q(
                    models.Func(
                        models.F("completeness"),
                        template="(%(expressions)s <> '')",
                        output_field=models.BooleanField(),
                    )
                ),
                name="editions_by_weight",
            ),
        ),
    ]

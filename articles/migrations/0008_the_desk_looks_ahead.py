"""Indexes for what is to come: editions by the moment they begin, copy by the end of its embargo."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_writing_desk")]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("embargo_until__isnull", False)),
                fields=["embargo_until"],
                name="articles_by_embargo",
            ),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["live_from"], name="editions_by_beginning"),
        ),
    ]

"""A correction keeps the lines it changed; editions are found by their slug."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_no_mail")]

    operations = [
        migrations.AddField(
            model_name="correction",
            name="changes",
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["slug"], name="editions_by_slug"),
        ),
    ]

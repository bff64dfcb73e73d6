"""What was read is kept packed from now on; what is there already stays as it is, and is read as it stands."""

from django.db import migrations

import articles.models.packed


class Migration(migrations.Migration):
    dependencies = [("articles", "0026_a_text_kept_once")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="sourcepage",
                    name="raw",
                    field=articles.models.packed.PackedField(null=True),
                ),
            ]
        ),
    ]

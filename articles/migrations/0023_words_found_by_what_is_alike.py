"""Words are found by what they sound like in an index of all of them: the one of some was passed over, and every word read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0022_search_index")]
    operations = [
        migrations.RemoveIndex(model_name="indexword", name="index_words_alike"),
        migrations.AddIndex(
            model_name="indexword", index=models.Index(fields=["alike"], name="index_words_by_alike")
        ),
    ]

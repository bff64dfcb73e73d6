from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("media", "0003_what_was_known")]

    operations = [migrations.RemoveField(model_name="rendition", name="file")]

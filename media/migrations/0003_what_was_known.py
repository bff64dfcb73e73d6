"""What the library knew before it had these columns: names of copies, captions said so far, words to be found by."""

from django.db import migrations
from django.utils import timezone

from newsroom.folding import fold_words

STEP = 500


def carry_over(apps, schema_editor):
    """Name copies without their format, keep what captions say as their first version, and order the new copies."""
    Rendition = apps.get_model("media", "Rendition")
    for row in Rendition.objects.iterator(STEP):
        row.name = row.name.removesuffix(".jpg")
        row.formats = ["jpg"]
        row.save(update_fields=["name", "formats"])
    Picture = apps.get_model("media", "Picture")
    CaptionVersion = apps.get_model("media", "CaptionVersion")
    now, versions = timezone.now(), []
    for row in Picture.objects.iterator(STEP):
        said = (row.media_id, row.caption, row.file_caption, row.alt, row.credit, row.original_name)
        row.search_text = f" {fold_words(' '.join(one for one in said if one))} "
        if row.original:
            row.format = row.original.name.rpartition(".")[2]
            row.copies_due_at = now
        row.save(update_fields=["search_text", "format", "copies_due_at"])
        versions += [
            CaptionVersion(
                picture=row, layer=layer, caption=caption, said_at=row.made_at, said_by=row.made_by
            )
            for layer, caption in (("file", row.file_caption), ("library", row.caption))
            if caption is not None
        ]
    CaptionVersion.objects.bulk_create(versions, batch_size=STEP)


def take_back(apps, schema_editor):
    """Give copies their files' names again; only what is a JPEG was there before."""
    Rendition = apps.get_model("media", "Rendition")
    Rendition.objects.exclude(slot="whole").delete()
    Rendition.objects.filter(superseded_at__isnull=False).delete()
    for row in Rendition.objects.iterator(STEP):
        row.name = f"{row.name}.jpg"
        row.file = row.name
        row.save(update_fields=["name", "file"])
    apps.get_model("media", "CaptionVersion").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("media", "0002_library")]

    operations = [migrations.RunPython(carry_over, take_back)]

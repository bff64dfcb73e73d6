"""Whose names stand in the credits of the pictures that were here before anybody asked."""

from django.db import migrations

from newsroom.folding import fold_words

STEP = 500


def credit(apps, schema_editor):
    """Give each contributor the pictures whose credit holds their name, or one that was merged into theirs."""
    Contributor = apps.get_model("articles", "Contributor")
    Picture = apps.get_model("media", "Picture")
    PictureCredit = apps.get_model("articles", "PictureCredit")
    names = [
        (f" {folded} ", heir or key)
        for key, heir, name in Contributor.objects.values_list("pk", "alias_of_id", "name")
        if (folded := fold_words(name))
    ]
    rows = []
    for picture in Picture.objects.exclude(credit="").only("credit").iterator(STEP):
        said = f" {fold_words(picture.credit)} "
        people = {person for name, person in names if name in said}
        rows += [PictureCredit(picture=picture, contributor_id=person) for person in sorted(people)]
    PictureCredit.objects.bulk_create(rows, batch_size=STEP, ignore_conflicts=True)


def forget(apps, schema_editor):
    """Take them all away: they are derived."""
    apps.get_model("articles", "PictureCredit").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_clearances")]

    operations = [migrations.RunPython(credit, forget)]

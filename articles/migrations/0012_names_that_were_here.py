"""Fills the keys of the names that were here, and keeps how each was printed over the stories so far."""

from django.db import migrations

from newsroom.folding import fold
from newsroom.sounding import sound

STEP = 500


def fill(apps, schema_editor):
    """Give each tag and contributor its keys, and each contributor the spellings that editions print."""
    for name in ("Tag", "Contributor"):
        _keys(apps.get_model("articles", name))
    _spellings(apps)


def _keys(model):
    last = 0
    while batch := list(model.objects.filter(pk__gt=last).order_by("pk").only("pk", "name")[:STEP]):
        for row in batch:
            row.folded, row.sound = fold(row.name)[:200], sound(row.name)[:100]
        model.objects.bulk_update(batch, ["folded", "sound"])
        last = batch[-1].pk


def _spellings(apps):
    people = dict(apps.get_model("articles", "Contributor").objects.values_list("slug", "pk"))
    Edition = apps.get_model("articles", "Edition")
    Spelling = apps.get_model("articles", "Spelling")
    last, seen = 0, set()
    while batch := list(
        Edition.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "bylines")[:STEP]
    ):
        said = {
            (people[line["contributor"]], line["as_printed"][:200])
            for _, lines in batch
            for line in lines
            if line.get("contributor") in people and line.get("as_printed")
        }
        _keep(Spelling, said - seen)
        seen |= said
        last = batch[-1][0]


def _keep(spellings, said):
    spellings.objects.bulk_create(
        [
            spellings(contributor_id=person, as_printed=printed, folded=fold(printed)[:200])
            for person, printed in sorted(said)
        ],
        batch_size=STEP,
        ignore_conflicts=True,
    )


def leave(apps, schema_editor):
    """Take nothing back: the keys go with their columns, and what was printed stays true."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0011_names_by_sound")]

    operations = [migrations.RunPython(fill, leave, elidable=False)]

"""The five roles, as groups of these names."""

from django.db import migrations

ROLES = ("reporter", "editor", "chief", "picture desk", "reader")


def add_roles(apps, schema_editor):
    """Make the groups that are not there."""
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.get_or_create(name=name)


def remove_roles(apps, schema_editor):
    """Take the groups out again."""
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_append_only"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(add_roles, remove_roles)]

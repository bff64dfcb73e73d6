"""The database itself refuses to change what held a place on the front page, but for letting it end earlier."""

from django.db import migrations

TABLE = "articles_frontslot"
FIXED = ("place", "story_id", "held_from", "again_of_id", "made_at", "made_by_id")
CHANGED = "what held a place on the front page is never changed, only ended"
DELETED = "what held a place on the front page is never deleted"


def _rules(vendor):
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    changed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in FIXED)
    longer = "OLD.held_until IS NOT NULL AND (NEW.held_until IS NULL OR NEW.held_until > OLD.held_until)"
    yield "stands", "UPDATE", f"{changed} OR ({longer})", CHANGED
    yield "not_deleted", "DELETE", "1 = 1", DELETED


def guard(apps, schema_editor):
    """Lay the triggers on the table of whichever engine this is."""
    vendor = schema_editor.connection.vendor
    for name, act, condition, message in _rules(vendor):
        on = f"CREATE TRIGGER {TABLE}_{name} BEFORE {act} ON {TABLE}"
        if vendor == "sqlite":
            schema_editor.execute(f"{on} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END")
        elif vendor == "postgresql":
            back = "OLD" if act == "DELETE" else "NEW"
            schema_editor.execute(
                f"CREATE FUNCTION {TABLE}_{name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
                f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; "
                f"END IF; RETURN {back}; END $guard$"
            )
            schema_editor.execute(f"{on} FOR EACH ROW EXECUTE FUNCTION {TABLE}_{name}()")


def unguard(apps, schema_editor):
    """Take the triggers off again."""
    vendor = schema_editor.connection.vendor
    for name, *_ in _rules(vendor):
        if vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{name}")
        elif vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{name} ON {TABLE}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {TABLE}_{name}()")


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_what_was_on_the_shelves")]

    operations = [migrations.RunPython(guard, unguard)]

"""The database itself refuses to change the record: events, revisions and the text of editions.

SQLite drops a table's triggers whenever a migration rebuilds that table: a migration that changes one of these
tables must run `guard` again afterwards. `tests/test_record.py` fails if it does not.
"""

from django.db import migrations

TEXT = [
    "story_id",
    "number",
    "kind",
    "reason",
    "language",
    "kicker",
    "headline",
    "slug",
    "standfirst",
    "dateline",
    "body",
    "section_as_printed",
    "byline",
    "pictures",
    "completeness",
    "previous_digest",
    "digest",
    "live_from",
    "made_at",
]
KEPT = {"articles_event": "an event", "articles_revision": "a revision"}


def _rules(vendor):
    """Return (table, name, act, condition under which it is refused, sentence) for each trigger."""
    differs, now = ("IS NOT", "strftime('%Y-%m-%d %H:%M:%f', 'now')")
    if vendor == "postgresql":
        differs, now = ("IS DISTINCT FROM", "clock_timestamp()")
    changed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in TEXT)
    highest = "(SELECT max(number) FROM articles_edition WHERE story_id = NEW.story_id)"
    edition = "articles_edition"
    yield edition, "text_stands", "UPDATE", changed, "the text of an edition is never changed"
    yield (
        edition,
        "not_deleted",
        "DELETE",
        f"OLD.live_from <= {now}",
        "an edition that readers have seen is never deleted",
    )
    skips = f"NEW.number <> 1 + coalesce({highest}, 0)"
    yield edition, "numbers_do_not_skip", "INSERT", skips, "the numbers of editions do not skip"
    for table, name in KEPT.items():
        yield table, "not_changed", "UPDATE", "1 = 1", f"{name} is never changed"
        yield table, "not_deleted", "DELETE", "1 = 1", f"{name} is never deleted"


def guard(apps, schema_editor):
    """Lay the triggers on the tables of whichever engine this is."""
    vendor = schema_editor.connection.vendor
    for table, name, act, condition, message in _rules(vendor):
        on = f"CREATE TRIGGER {table}_{name} BEFORE {act} ON {table}"
        if vendor == "sqlite":
            schema_editor.execute(f"{on} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END")
        elif vendor == "postgresql":
            back = "OLD" if act == "DELETE" else "NEW"
            schema_editor.execute(
                f"CREATE FUNCTION {table}_{name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
                f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; "
                f"END IF; RETURN {back}; END $guard$"
            )
            schema_editor.execute(f"{on} FOR EACH ROW EXECUTE FUNCTION {table}_{name}()")


def unguard(apps, schema_editor):
    """Take the triggers off again."""
    vendor = schema_editor.connection.vendor
    for table, name, *_ in _rules(vendor):
        if vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")
        elif vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_{name}()")


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_nouns")]
    operations = [migrations.RunPython(guard, unguard)]

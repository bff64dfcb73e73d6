"""The lexemes of a row stand in it as a text, and as a vector in their index alone; what is long stands beside the row."""

from django.db import migrations, models

import articles.models.search_index

FUNCTION = """
CREATE FUNCTION articles_lexemes(listed text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000
AS $$ BEGIN RETURN array_to_tsvector(string_to_array(listed, ' ')); END $$
"""
INDEX = "CREATE INDEX indexed_lexemes ON articles_indexededition USING gin ({}) WITH (fastupdate = off)"
# Of a row a search reads what is short.
BESIDE = "ALTER TABLE articles_indexededition SET (toast_tuple_target = 128)"
WITHIN = "ALTER TABLE articles_indexededition " + ", ".join(
    f"ALTER {name} SET STORAGE MAIN" for name in ("language", "filed", "kinds")
)
# A server may have been built without it.
PACKED = """
DO $$ BEGIN
    ALTER TABLE articles_indexededition ALTER lexemes SET COMPRESSION lz4, ALTER said_a SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN NULL;
END $$
"""


def emptied(apps, schema_editor):
    """Empty the table: its rows are written anew by `keep_index`, which `serve` runs, as after every change of what they hold."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("TRUNCATE articles_indexededition")
        schema_editor.execute("DROP INDEX IF EXISTS indexed_lexemes")


def indexed(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in (FUNCTION, INDEX.format("articles_lexemes(lexemes)"), BESIDE, WITHIN, PACKED):
            schema_editor.execute(statement, params=None)


def not_indexed(apps, schema_editor):
    emptied(apps, schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION articles_lexemes")


def indexed_as_before(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(INDEX.format("lexemes"))


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0029_days_led_by_their_index"),
    ]

    operations = [
        migrations.RunPython(emptied, indexed_as_before),
        # The table is empty.
        *(
            migrations.RemoveField(model_name="indexededition", name=name)
            for name in ("lexemes", "people", "tags")
        ),
        migrations.AddField(
            model_name="indexededition",
            name="lexemes",
            field=models.TextField(default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="indexededition",
            name="filed",
            field=articles.models.search_index.KeysField(default="{}"),
            preserve_default=False,
        ),
        migrations.RunPython(indexed, not_indexed),
    ]

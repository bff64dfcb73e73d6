"""Of an edition's text one form is kept (decision 23), behind the narrow columns; and no index that another begins with.

On SQLite a table is made anew beside the old one and takes its place: one pass, whatever its size, in one transaction, so that
a run that ends anywhere is begun again. Indexes and triggers are laid anew as they stood; PostgreSQL rewrites in place.
"""

import django.db.models.deletion
from django.db import migrations, models

from articles import prose

# Each is the beginning of an index that stays.
DOUBLE = {
    "articles_edition_story_id_34bfe376": ("articles_edition", "story_id"),
    "articles_edition_section_id_02a7db8c": ("articles_edition", "section_id"),
    "articles_editionbyline_edition_id_44a57044": ("articles_editionbyline", "edition_id"),
    "articles_editionbyline_contributor_id_b9c78d07": ("articles_editionbyline", "contributor_id"),
    "articles_editiontag_edition_id_80da13c4": ("articles_editiontag", "edition_id"),
    "articles_editiontag_tag_id_0f902dbb": ("articles_editiontag", "tag_id"),
    "articles_editionpicture_edition_id_75589eb1": ("articles_editionpicture", "edition_id"),
}
BATCH = 500


def _remake(schema_editor, model, computed):
    """Put a table of the shape of `model` in the place of the one that stands; `computed` gives columns by expression."""
    table = model._meta.db_table
    new = f"new_{table}"
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = %s AND type IN ('index', 'trigger') AND sql IS NOT NULL",
            [table],
        )
        laid = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    # An index that a constraint wants is among those that stand; nothing is left to be done at the end.
    later = list(schema_editor.deferred_sql)
    made, values = schema_editor.table_sql(model)
    schema_editor.deferred_sql[:] = later
    schema_editor.execute(made.replace(f'"{table}"', f'"{new}"', 1), values)
    columns = [field.column for field in model._meta.local_concrete_fields]
    named = ", ".join(f'"{name}"' for name in columns)
    taken = ", ".join(computed.get(name, f'"{name}"') for name in columns)
    # The old table's pages are not worth being blanked one by one, which takes as much memory as the table is long.
    schema_editor.execute("PRAGMA secure_delete = OFF")
    schema_editor.execute(f'INSERT INTO "{new}" ({named}) SELECT {taken} FROM "{table}" ORDER BY "id"')  # noqa: S608
    schema_editor.execute(f'DROP TABLE "{table}"')
    schema_editor.execute(f'ALTER TABLE "{new}" RENAME TO "{table}"')
    if last:
        schema_editor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        schema_editor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last[0]])
    for sql in laid:
        schema_editor.execute(sql, params=None)


def once(apps, schema_editor):
    for name in DOUBLE:
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")
    schema_editor.execute("DROP INDEX IF EXISTS editions_by_word")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE articles_edition DROP COLUMN body_text, ALTER COLUMN body_html DROP NOT NULL,"
            " ALTER COLUMN body_html TYPE text USING NULLIF(body_html, body)"
        )
        schema_editor.execute("ALTER TABLE articles_edition RENAME COLUMN body_html TO rendered")
        schema_editor.execute(
            "ALTER TABLE articles_editionword DROP CONSTRAINT a_word_once_an_edition,"
            " ADD CONSTRAINT a_word_once_an_edition UNIQUE (word, edition_id)"
        )
    else:
        edition, word = (apps.get_model("articles", name) for name in ("Edition", "EditionWord"))
        _remake(schema_editor, edition, {"rendered": "NULLIF(body_html, body)"})
        _remake(schema_editor, word, {})
    schema_editor.execute("CREATE INDEX words_of_edition ON articles_editionword (edition_id)")


def in_each_form(apps, schema_editor):
    """The way back: every form is derived again and kept."""
    schema_editor.execute("DROP INDEX words_of_edition")
    if schema_editor.connection.vendor == "postgresql":
        _in_each_form_in_place(schema_editor)
    else:
        connection = schema_editor.connection
        connection.connection.create_function("plain_text", 1, prose.plain, deterministic=True)
        edition, word = (apps.get_model("articles", name) for name in ("Edition", "EditionWord"))
        _remake(
            schema_editor,
            edition,
            {"body_html": "COALESCE(rendered, body)", "body_text": "plain_text(body)"},
        )
        _remake(schema_editor, word, {})
    schema_editor.execute("CREATE INDEX editions_by_word ON articles_editionword (word, edition_id)")
    for name, (table, column) in DOUBLE.items():
        schema_editor.execute(f"CREATE INDEX {name} ON {table} ({column})")


def _in_each_form_in_place(schema_editor):
    schema_editor.execute("ALTER TABLE articles_edition RENAME COLUMN rendered TO body_html")
    schema_editor.execute(
        "ALTER TABLE articles_edition ADD COLUMN body_text text NOT NULL DEFAULT '',"
        " ALTER COLUMN body_html TYPE text USING COALESCE(body_html, body), ALTER COLUMN body_html SET NOT NULL"
    )
    schema_editor.execute(
        "ALTER TABLE articles_editionword DROP CONSTRAINT a_word_once_an_edition,"
        " ADD CONSTRAINT a_word_once_an_edition UNIQUE (edition_id, word)"
    )
    last = 0
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT id, body FROM articles_edition WHERE id > %s ORDER BY id LIMIT %s", [last, BATCH]
            )
            rows = cursor.fetchall()
            if not rows:
                break
            told = [(prose.plain(body), key) for key, body in rows]
            cursor.executemany("UPDATE articles_edition SET body_text = %s WHERE id = %s", told)
            last = rows[-1][0]
    schema_editor.execute("ALTER TABLE articles_edition ALTER COLUMN body_text DROP DEFAULT")


def _key(name, to, related, deletion=django.db.models.deletion.CASCADE, **more):
    model, field = name.split(".")
    key = models.ForeignKey(db_index=False, on_delete=deletion, related_name=related, to=to, **more)
    return migrations.AlterField(model_name=model, name=field, field=key)


PROTECT = django.db.models.deletion.PROTECT
STATE = [
    migrations.RemoveField(model_name="edition", name="body_html"),
    migrations.RemoveField(model_name="edition", name="body_text"),
    # Taken out and put in again: last.
    migrations.RemoveField(model_name="edition", name="body"),
    migrations.AddField(model_name="edition", name="body", field=models.TextField(blank=True)),
    migrations.AddField(model_name="edition", name="rendered", field=models.TextField(blank=True, null=True)),
    _key("edition.story", "articles.story", "editions", PROTECT),
    _key("edition.section", "articles.section", "editions", PROTECT, blank=True, null=True),
    _key("editionbyline.edition", "articles.edition", "byline_rows"),
    _key("editionbyline.contributor", "articles.contributor", "byline_rows", PROTECT),
    _key("editiontag.edition", "articles.edition", "tag_rows"),
    _key("editiontag.tag", "articles.tag", "tag_rows"),
    _key("editionpicture.edition", "articles.edition", "picture_rows"),
    migrations.RemoveIndex(model_name="editionword", name="editions_by_word"),
    migrations.RemoveConstraint(model_name="editionword", name="a_word_once_an_edition"),
    migrations.AddConstraint(
        model_name="editionword",
        constraint=models.UniqueConstraint(fields=("word", "edition"), name="a_word_once_an_edition"),
    ),
    migrations.AddIndex(
        model_name="editionword", index=models.Index(fields=["edition"], name="words_of_edition")
    ),
]


class Migration(migrations.Migration):
    dependencies = [("articles", "0025_words_of_revisions")]

    # Each way sees the models of the shape that it makes.
    operations = [
        migrations.RunPython(migrations.RunPython.noop, in_each_form),
        migrations.SeparateDatabaseAndState(state_operations=STATE),
        migrations.RunPython(once, migrations.RunPython.noop),
    ]

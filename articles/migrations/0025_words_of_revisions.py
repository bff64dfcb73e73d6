from django.db import migrations, models

import articles.models.search_index

# What has which word, and nothing of where it stands or what the text was: a fraction of the text, and added to only.
WORDS = (
    "CREATE VIRTUAL TABLE articles_revisionwords"
    " USING fts5(words, content='', detail='none', tokenize='ascii')"
)


def words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE INDEX revision_lexemes ON articles_indexedrevision USING gin (lexemes)")
    else:
        schema_editor.execute(WORDS)


def no_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS revision_lexemes")
    else:
        schema_editor.execute("DROP TABLE IF EXISTS articles_revisionwords")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0024_days_weighed_in_their_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="IndexedRevision",
            fields=[
                ("revision", models.BigIntegerField(primary_key=True, serialize=False)),
                ("lexemes", articles.models.search_index.LexemesField(null=True)),
            ],
        ),
        migrations.RunPython(words, no_words),
    ]

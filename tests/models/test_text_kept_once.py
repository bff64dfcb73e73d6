"""Of an edition's text one form is kept, the others follow from it; and archives that kept each are carried over and back."""

import os
import subprocess
import sys

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from articles import prose
from articles.models import Edition, EditionWord
from articles.workflow import verifying
from tests import builders
from tests.laws.tree import ROOT

BEFORE = "0025_words_of_revisions"
PLAIN = "<p>Fish &amp; chips, she said.</p>\n<p>Nets 5 &lt; 6.</p>"
INTERVIEW = '<p class="question" data-speaker="Q">Who?</p><p class="answer">The captain.</p>'
TEXTS = ("id", "body", "body_html", "body_text", "digest")


def go_to(name=None):
    """Migrate to this state, or to the newest."""
    executor = MigrationExecutor(connection)
    executor.migrate([("articles", name)] if name else executor.loader.graph.leaf_nodes("articles"))


def asked(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def kept():
    rows = Edition.objects.order_by("pk")
    return [tuple(str(getattr(row, name)) for name in TEXTS) for row in rows]


def refused(statement):
    with pytest.raises(IntegrityError), transaction.atomic():
        statement()


def there_and_back(editor):
    """Go to the schema of the version before and come back; say what went wrong by failing."""
    plain = builders.make_published(editor, headline="Plain ferry", body=PLAIN)
    builders.make_published(editor, headline="Spoken ferry", body=INTERVIEW)
    now = kept()
    words = set(EditionWord.objects.values_list("edition", "word"))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    go_to(BEFORE)
    was = asked(f"SELECT {', '.join(TEXTS)} FROM articles_edition ORDER BY id")
    assert [tuple(map(str, row)) for row in was] == now
    go_to()
    assert asked("SELECT rendered IS NULL FROM articles_edition ORDER BY id") == [(True,), (False,)]
    assert kept() == now
    assert set(EditionWord.objects.values_list("edition", "word")) == words
    assert list(verifying.problems()) == []
    refused(lambda: Edition.objects.filter(pk=plain.pk).update(body="<p>Other words</p>"))
    refused(lambda: Edition.objects.filter(pk=plain.pk).delete())
    later = builders.make_published(editor, headline="After it", body=PLAIN)
    assert later.pk > plain.pk + 1
    refused(lambda: EditionWord.objects.create(edition=later, word="after"))


ALONE = """
import django
django.setup()
from tests import builders
from tests.models.test_text_kept_once import there_and_back
there_and_back(builders.make_person("editor", "editor", builders.make_desk()))
"""


def test_what_each_form_was_is_there_after_the_upgrade_and_after_the_way_back(tmp_path, set_up, request):
    if connection.vendor == "postgresql":
        request.getfixturevalue("db")
        there_and_back(request.getfixturevalue("editor"))
        return
    # SQLite makes a table anew only where no transaction is open.
    own = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "STORAGE_URL")}
    settings = {"VAR_DIR": str(set_up(tmp_path)), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    done = subprocess.run(
        [sys.executable, "-c", ALONE],
        cwd=ROOT,
        env=own | settings,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_a_text_that_is_shown_as_it_stands_is_kept_once(editor):
    plain = Edition.objects.get(pk=builders.make_published(editor, headline="Plain ferry", body=PLAIN).pk)
    spoken = Edition.objects.get(pk=builders.make_published(editor, headline="Spoken", body=INTERVIEW).pk)
    assert (plain.rendered, plain.body_html) == (None, plain.body)
    assert spoken.rendered == spoken.body_html == prose.render(spoken.body, {}) != spoken.body
    assert plain.body_text == "Fish & chips, she said.\nNets 5 < 6."


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="reads SQLite's list of indexes")
@pytest.mark.django_db
def test_no_index_of_what_grows_with_the_archive_is_the_beginning_of_another():
    for table in (
        "edition",
        "editionbyline",
        "editiontag",
        "editionpicture",
        "editionword",
        "event",
        "story",
        "shelvedstory",
    ):
        laid = {}
        for _, name, _, _, is_partial in asked(f"PRAGMA index_list(articles_{table})"):
            if not is_partial:
                laid[name] = [(row[2], row[3]) for row in asked(f"PRAGMA index_xinfo({name})") if row[5]]
        for name, columns in laid.items():
            others = [other for key, other in laid.items() if key != name]
            assert columns not in [other[: len(columns)] for other in others], f"{name} is not needed"

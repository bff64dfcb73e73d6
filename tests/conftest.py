"""The cast: one person for each role, on the foreign desk unless the role has no desk; and a site that is set up."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from django.db import connection

from tests import builders, migrated


@pytest.fixture(scope="session")
def of_the_run(tmp_path_factory):
    """Return the folder that all processes of the run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def set_up_once(of_the_run):
    """Return the database of a site that is set up, made once for all processes of the run, or of several runs."""
    return migrated.made_in(Path(os.environ.get("NEWSROOM_MIGRATED") or of_the_run / "migrated"))


@pytest.fixture(scope="session")
def set_up_on_server(of_the_run):
    """Return the name of a database that is set up on the run's PostgreSQL, to make others after."""
    with migrated.made_on(os.environ["DATABASE_URL"], of_the_run / "migrated-on-server") as name:
        yield name


@pytest.fixture(scope="session")
def set_up(set_up_once):
    """Put the database of a site that is set up into a folder, and return the folder: `set_up(folder)`.

    For tests with processes of their own, whose subject the migrations are not: a copy takes no time.
    """

    def copied(folder):
        shutil.copyfile(set_up_once, folder / migrated.NAME)
        return folder

    return copied


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, request):
    """Begin the run's database with a copy of the one that is set up, so that nothing is left to migrate."""
    if connection.vendor != "sqlite":
        connection.settings_dict["TEST"]["TEMPLATE"] = request.getfixturevalue("set_up_on_server")
        yield
        return
    held = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
    with sqlite3.connect(request.getfixturevalue("set_up_once")) as made:
        made.backup(held)
    made.close()
    yield
    held.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let each process ask its database once what it can do: what queries cost is counted without that."""
    with django_db_blocker.unblock():
        assert connection.features.supports_json_field


@pytest.fixture
def reporter(db):
    return builders.make_person("reporter", "reporter", builders.make_desk())


@pytest.fixture
def editor(db):
    return builders.make_person("editor", "editor", builders.make_desk())


@pytest.fixture
def chief(db):
    return builders.make_person("chief", "chief")


@pytest.fixture
def picture_desk(db):
    return builders.make_person("picture_desk", "picture desk")


@pytest.fixture
def reader(db):
    return builders.make_person("reader", "reader")

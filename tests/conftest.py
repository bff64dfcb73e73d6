"""The cast: one person for each role, on the foreign desk unless the role has no desk; and a site that is set up."""

import os
import shutil

import pytest

from tests import builders, migrated


@pytest.fixture(scope="session")
def set_up(tmp_path_factory):
    """Put the database of a site that is set up into a folder, and return the folder: `set_up(folder)`.

    For tests with processes of their own, whose subject the migrations are not: a copy takes no time.
    """
    of_the_run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        of_the_run = of_the_run.parent
    made = migrated.made_in(of_the_run / "migrated")

    def copied(folder):
        shutil.copyfile(made, folder / migrated.NAME)
        return folder

    return copied


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

"""The cast: one person for each role, on the foreign desk unless the role has no desk."""

import pytest

from tests import builders


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

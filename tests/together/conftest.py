"""The story that the room's people talk about."""

import pytest

from tests import builders


@pytest.fixture
def article(reporter):
    return builders.make_article(reporter)

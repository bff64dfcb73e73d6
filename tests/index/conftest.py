"""What the tests of the search share."""

import pytest

from articles.index import reindex


@pytest.fixture(params=["plain", "disk", "due"])
def engine_state(request, db):
    """Tell a test to ask with nothing but rows, with all on disk, or with all of it due beside an empty index."""
    return request.param


@pytest.fixture
def settled(engine_state):
    """Give what brings the index into the state under trial: called once stories are there."""
    if engine_state == "due":
        assert reindex()

    def settle():
        if engine_state == "disk":
            assert reindex()

    return settle

"""Pictures of these tests are kept in a folder of their own, so that what is left over can be counted."""

import copy

import pytest


@pytest.fixture(autouse=True)
def stores(settings, tmp_path):
    laid = copy.deepcopy(settings.STORAGES)
    for name in ("originals", "renditions"):
        laid[name]["OPTIONS"]["location"] = tmp_path / name
    settings.STORAGES = laid
    return tmp_path

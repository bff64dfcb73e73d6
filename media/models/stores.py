"""Where files lie: originals in private, copies where readers' browsers fetch them."""

from django.core.files.storage import Storage, storages


def originals() -> Storage:
    """Return the private store of files as they came in."""
    return storages["originals"]


def renditions() -> Storage:
    """Return the store of copies made for readers."""
    return storages["renditions"]

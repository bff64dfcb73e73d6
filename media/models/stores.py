"""Where files lie: originals in private, copies where readers' browsers fetch them; and what is raised when a store is away."""

import sys

from django.core.files.storage import Storage, storages

# Where what speaks to S3 has its errors. They are not imported: half a second at the start of every process.
_ERRORS = (
    ("boto3.exceptions", "Boto3Error"),
    ("botocore.exceptions", "BotoCoreError"),
    ("botocore.exceptions", "ClientError"),
)


def away() -> tuple[type[Exception], ...]:
    """Return the errors of a store that does not answer: an `except` clause asks only when something was raised.

    A process that has loaded nothing that speaks to S3 gets none of its errors either.
    """
    loaded = ((sys.modules.get(module), name) for module, name in _ERRORS)
    return (OSError, *(getattr(module, name) for module, name in loaded if module is not None))


def originals() -> Storage:
    """Return the private store of files as they came in."""
    return storages["originals"]


def renditions() -> Storage:
    """Return the store of copies made for readers."""
    return storages["renditions"]

"""Where files lie: originals in private, copies where readers' browsers fetch them; and what is raised when a store is away."""

from django.core.files.storage import Storage, storages

try:
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError
except ImportError:
    # Without the S3 extra, pictures lie in local folders.
    AWAY: tuple[type[Exception], ...] = (OSError,)
else:
    AWAY = (OSError, Boto3Error, BotoCoreError, ClientError)


def originals() -> Storage:
    """Return the private store of files as they came in."""
    return storages["originals"]


def renditions() -> Storage:
    """Return the store of copies made for readers."""
    return storages["renditions"]

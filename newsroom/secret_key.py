"""Makes the site's secret key once and keeps it in a file only its owner can read."""

import os
import secrets
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def read_or_make(path: Path) -> str:
    """Give the key kept in `path`, making it (64 random bytes, mode 600) when there is none.

    Two processes that start together get the same key: the file appears whole or not at all, and the
    second to finish reads the first one's. Raises `ImproperlyConfigured` with a sentence when the file
    can be neither read nor written.
    """
    try:
        if not path.exists():
            _write_whole(path, secrets.token_urlsafe(64))
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(
            f"The secret key cannot be kept in {path} ({error}). "
            "Make the folder writable, name another with VAR_DIR, or set SECRET_KEY."
        ) from error
    if not key:
        raise ImproperlyConfigured(f"{path} is empty. Delete it, and a new key is made at the next start.")
    return key


def _write_whole(path: Path, key: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(unfinished, path)
        except FileExistsError:
            pass
    finally:
        os.unlink(unfinished)

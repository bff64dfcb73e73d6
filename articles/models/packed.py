"""A column of bytes that are kept packed and read as they were: what is kept as proof, and asked for once in a year."""

import zlib
from typing import Any

from django.db import models

# What was kept before began with something else: it is read as it stands.
MARK = b"\x00zlib\x00"


def packed(raw: bytes) -> bytes:
    """Return bytes as the column keeps them."""
    return MARK + zlib.compress(raw)


class PackedField(models.BinaryField):  # type: ignore[type-arg]
    """Bytes, packed in the database alone."""

    def get_prep_value(self, value: Any) -> Any:
        """Return what is kept."""
        return None if value is None else packed(bytes(value))

    def from_db_value(self, value: Any, *_asked: Any) -> bytes | None:
        """Return what was given."""
        if value is None:
            return None
        kept = bytes(value)
        return zlib.decompress(kept[len(MARK) :]) if kept.startswith(MARK) else kept

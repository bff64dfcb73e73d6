"""Cursors that name a place in a list by the row it stood at, never by a page number, and the list they are of."""

import base64
import binascii
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zlib import crc32

from django.http import HttpRequest

EPOCH = datetime(1, 1, 1, tzinfo=UTC)


def micros(moment: datetime) -> int:
    """Return a moment as one whole number: the microseconds since the year 1 began."""
    return (moment - EPOCH) // timedelta(microseconds=1)


class BadCursor(ValueError):
    """The cursor in an address was not made by us, was damaged on the way, or is of another list."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row shown: the moment it is listed under and its number; `mark` tells of which list, 0 of none."""

    listed_at: datetime
    number: int
    mark: int = 0

    def __str__(self) -> str:
        """Return the cursor as it stands in an address: letters, digits, `-` and `_` only."""
        return (
            base64.urlsafe_b64encode(f"{micros(self.listed_at)}.{self.number}.{self.mark}".encode())
            .decode()
            .rstrip("=")
        )

    def of(self, name: str) -> "Cursor":
        """Return the same place in the list that goes by `name` for ever, whatever its address."""
        return replace(self, mark=crc32(name.encode()))

    def require(self, name: str) -> None:
        """Raise `BadCursor` unless this is a place in the list of that name: another's rows are not where this leads."""
        if self.mark != crc32(name.encode()):
            raise BadCursor(
                "This address goes on in another list. Start again from the first page of this one."
            )

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Read a cursor from an address; raise `BadCursor` for anything that `str()` did not make."""
        if not text or len(text) > 64:
            raise BadCursor("This list address is damaged. Start again from the first page of the list.")
        try:
            decoded = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode(
                "ascii"
            )
            parts = decoded.split(".")
            if len(parts) != 3 or not all(part.isdigit() and len(part) < 19 for part in parts):
                raise ValueError(decoded)
            after, number, mark = map(int, parts)
            return cls(EPOCH + timedelta(microseconds=after), number, mark)
        except (ValueError, OverflowError, binascii.Error) as error:
            raise BadCursor(
                "This list address is damaged. Start again from the first page of the list."
            ) from error


def cursor_in(request: HttpRequest, name: str | None = None) -> Cursor | None:
    """Return the place to go on from that `?after=` says, None for the beginning of the list.

    Raises `BadCursor` for a damaged one, and where a `name` is given for one that is not of that list.
    """
    text = request.GET.get("after")
    if text is None:
        return None
    cursor = Cursor.read(text)
    if name is not None:
        cursor.require(name)
    return cursor

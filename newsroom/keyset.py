"""Cursors that name a place in a list by the row it stood at, never by a page number."""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1, 1, 1, tzinfo=UTC)


class BadCursor(ValueError):
    """The cursor in an address was not made by us, or was damaged on the way."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row shown: the moment it is listed under and its number."""

    listed_at: datetime
    number: int

    def __str__(self) -> str:
        """Return the cursor as it stands in an address: letters, digits, `-` and `_` only."""
        micros = (self.listed_at - _EPOCH) // timedelta(microseconds=1)
        return base64.urlsafe_b64encode(f"{micros}.{self.number}".encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Read a cursor from an address; raise `BadCursor` for anything that `str()` did not make."""
        if not text or len(text) > 64:
            raise BadCursor("This list address is damaged. Start again from the first page of the list.")
        try:
            decoded = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode(
                "ascii"
            )
            micros, _, number = decoded.partition(".")
            if not (micros.isdigit() and number.isdigit() and len(number) < 19 and len(micros) < 19):
                raise ValueError(decoded)
            return cls(_EPOCH + timedelta(microseconds=int(micros)), int(number))
        except (ValueError, OverflowError, binascii.Error) as error:
            raise BadCursor(
                "This list address is damaged. Start again from the first page of the list."
            ) from error

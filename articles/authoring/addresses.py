"""Numbers in the desk's addresses: as long as a database can look up, and no longer."""

from django.urls import register_converter


class RowNumber:
    """Digits that fit 63 bits; anything longer is an address that does not exist."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        """Read it."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Write it."""
        return str(value)


register_converter(RowNumber, "row")

"""Which of the notices to readers an address asks for: of one kind, on one section, of one year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from articles.models.correction import Correction, CorrectionKind, CorrectionQuerySet
from articles.models.shelf import FIRST_YEAR, LAST_YEAR

PATH, DATA = "/corrections/", "/corrections.json"
LONGEST_SLUG = 80


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a reader wants to see of the notices; "" and None for all."""

    kind: str = ""
    section: str = ""
    year: int | None = None

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Narrowing":
        """Read it from what an address says; raise ValueError for what names no list."""
        kind, section, year = (given.get(name, "") for name in ("kind", "section", "year"))
        if (kind and kind not in CorrectionKind.values) or len(section) > LONGEST_SLUG:
            raise ValueError(kind or section)
        is_year = year.isascii() and year.isdigit() and len(year) == 4
        if year and not (is_year and FIRST_YEAR <= int(year) <= LAST_YEAR):
            raise ValueError(year)
        return cls(kind, section, int(year) if year else None)

    def rows(self, moment: datetime | None = None) -> CorrectionQuerySet:
        """Return the notices that are wanted of those a reader sees at `moment`."""
        rows = Correction.objects.public(moment)
        if self.kind:
            rows = rows.of_kind(self.kind)
        if self.section:
            rows = rows.in_section(self.section)
        return rows.made_in(self.year) if self.year else rows

    def path(self, stem: str = PATH, **other: Any) -> str:
        """Return the address of this list, or of one that differs from it in `other`: its page's, or that at `stem`."""
        asked = {"kind": self.kind, "section": self.section, "year": self.year or ""} | other
        query = urlencode({name: value for name, value in asked.items() if value}, errors="replace")
        return f"{stem}?{query}" if query else stem

    @property
    def list_name(self) -> str:
        """Return what a cursor knows this list by."""
        return self.path()

    @property
    def is_any(self) -> bool:
        """Say whether it narrows anything."""
        return bool(self.kind or self.section or self.year)

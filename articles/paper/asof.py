"""The moment at which a page under `/at/` stands: read from its address, said in words, put in front of addresses.

A moment is a whole second, in UTC, and stands for its end: what became public within it is seen.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from articles import seeking
from articles.index import Order, Place
from articles.models.changes import A_SECOND, Changes
from articles.models.narrowing import Narrowing
from newsroom.date_forms import formatted
from newsroom.keyset import BadCursor, Cursor

PREFIX = "/at/"
# The pages that are what was asked for: their address is not whole without it.
_SEARCH = re.compile(r"(?:/at/[0-9]{14}|/timegate)?/search(?:/|\.json$)")
_NOTICES = re.compile(r"(?:/at/[0-9]{14}|/timegate)?/corrections(?:/|\.json$)")
_STORY = re.compile(r"/story/[0-9]+/[^/]+/")
# The parts that a shorter form leaves out are the least there are: 2016 is the first second of 2016.
_LEAST = "00000101000000"
_ALMOST = A_SECOND - timedelta(microseconds=1)


def read_stamp(digits: str) -> datetime:
    """Return the second that 4, 6, 8, 10, 12 or 14 digits name; raise ValueError for one that no calendar has."""
    full = digits + _LEAST[len(digits) :]
    year, *rest = (int(full[:4]), *(int(full[at : at + 2]) for at in range(4, 14, 2)))
    return datetime(year, rest[0], rest[1], rest[2], rest[3], rest[4], tzinfo=UTC)


def stamp_of(moment: datetime) -> str:
    """Return a moment as it stands in an address: 20161104120000."""
    utc = moment.astimezone(UTC)
    return f"{utc.year:04}{utc:%m%d%H%M%S}"


def path_at(moment: datetime, path: str) -> str:
    """Return the address under which the page at `path` is seen as it stood."""
    return f"{PREFIX}{stamp_of(moment)}{path}"


def in_words(moment: datetime) -> str:
    """Return a moment in words, in UTC, its seconds only where there are any: Friday, 4 November 2016, 12:00 UTC."""
    utc = moment.astimezone(UTC)
    form = gettext("l, j F Y, H:i:s") if utc.second else gettext("l, j F Y, H:i")
    return f"{formatted(utc, form)} UTC"


class BeforeThePaper(Http404):
    """The moment lies before the first story of all."""


@dataclass(slots=True)
class AsOf:
    """Where a reader stands in time: `second` as asked, `moment` to be passed on, `path` of the page without `/at/`."""

    second: datetime
    moment: datetime
    path: str
    story_id: int | None = None
    changes: Changes | None = None

    @classmethod
    def read(cls, second: datetime, path: str, story_id: int | None = None) -> "AsOf":
        """Return the standpoint at the end of `second`, never later than now: nobody sees ahead."""
        here = path.removeprefix(f"{PREFIX}{stamp_of(second)}")
        return cls(second, min(second + _ALMOST, timezone.now()), here, story_id)

    @property
    def prefix(self) -> str:
        """Return what stands before an address that is to stay at this moment."""
        return f"{PREFIX}{stamp_of(self.second)}"

    @property
    def in_words(self) -> str:
        """Return the moment in words."""
        return in_words(self.second)

    @property
    def earlier(self) -> str:
        """Return the address of this page at the change before, "" where there is none."""
        return self._at(self.changes.earlier if self.changes else None)

    @property
    def later(self) -> str:
        """Return the address of this page at the change after, "" where there is none."""
        return self._at(self.changes.later if self.changes else None)

    @property
    def versions(self) -> str:
        """Return where all versions of the story on this page are listed, "" where it did not change after the moment."""
        is_changed = self.changes is not None and self.changes.later is not None
        return f"{self.path}editions/" if is_changed and _STORY.fullmatch(self.path) else ""

    def _at(self, moment: datetime | None) -> str:
        return path_at(moment, self.path) if moment else ""


def of(request: HttpRequest) -> AsOf | None:
    """Return where the reader stands in time, None for the present."""
    found: AsOf | None = getattr(request, "as_of", None)
    return found


def with_place(path: str, request: HttpRequest) -> str:
    """Return `path` with what the request names of the parameters that make another page: place, search, narrowing.

    What was not made by us is left off.
    """
    given, is_search = request.GET, _SEARCH.match(path) is not None
    query = seeking.query_of(given) if is_search else _narrowing(path, given)
    after = _place(given.get("after", ""), seeking.read(given).order if is_search else None)
    whole = "&".join(part for part in (query, f"after={after}" if after else "") if part)
    return f"{path}?{whole}" if whole else path


def _narrowing(path: str, given: Mapping[str, str]) -> str:
    if _NOTICES.match(path) is None:
        return ""
    try:
        return Narrowing.of(given).path("").removeprefix("?")
    except ValueError:
        return ""


def can_be_told(path: str, request: HttpRequest) -> bool:
    """Say whether `with_place` gives the address of this very page: not of a search longer than headers hold."""
    if _SEARCH.match(path) is None or seeking.read(request.GET).is_empty:
        return True
    return bool(seeking.query_of(request.GET))


def _place(text: str, order: Order | None) -> str:
    try:
        place = Cursor.read(text) if order is None else Place.read(text, order)
    except BadCursor:
        return ""
    return quote(str(place))

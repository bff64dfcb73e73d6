"""What the address of a search asks for: its parameters read once for pages, feeds and data, and written again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from articles.index import Asked, Order, Place, ask
from articles.index.asking import LONGEST, days
from articles.models.tag import TagKind
from newsroom.keyset import BadCursor

PATH = "/search/"
# In the order in which an address has them.
PARAMETERS = ("q", "section", "tag", "kind", "by", "from", "to", "language", "pictures", "sort")
# What narrows a search, one value of each at most.
NARROWINGS = PARAMETERS[1:-1]
LONGEST_VALUE = 200
# A letter more than the index reads, so that it says that it did not read on.
LONGEST_QUESTION = LONGEST + 1
# The question of a longer address is not told in headers.
LONGEST_IN_HEADER = 600
WITH, WITHOUT = "yes", "no"


@dataclass(frozen=True, slots=True)
class Search:
    """A search as its address has it: `q`, what it is narrowed by, and in which order. `said`: what was wrong with it."""

    q: str = ""
    narrowed: Mapping[str, str] = field(default_factory=dict)
    order: Order = Order.RELEVANCE
    said: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is asked for."""
        return not self.q.strip() and not self.narrowed

    @property
    def asked(self) -> Asked:
        """Return the question as the index understands it: ask for it once, and keep it."""
        has, pictures = self.narrowed, self.narrowed.get("pictures")
        first, last = days(has.get("from", "")), days(has.get("to", ""))
        return ask(
            self.q,
            section=has.get("section"),
            tag=has.get("tag"),
            by=has.get("by"),
            first=first[0] if first else None,
            last=last[1] if last else None,
            language=has.get("language"),
            has_picture=None if pictures is None else pictures == WITH,
            kind=has.get("kind"),
        )

    @property
    def query(self) -> str:
        """Return what stands behind the question mark, always in the same order; "" where nothing is asked for."""
        told = {"q": self.q, **self.narrowed}
        if self.order is not Order.RELEVANCE:
            told["sort"] = self.order.value
        return "&".join(_written(name, told[name]) for name in PARAMETERS if told.get(name))

    def at(self, path: str = PATH, after: Place | None = None) -> str:
        """Return the address of this search at `path`, or of the page of it behind `after`."""
        further = f"after={after.of(self.query)}" if after else ""
        query = "&".join(part for part in (self.query, further) if part)
        return f"{path}?{query}" if query else path

    def place(self, given: Mapping[str, str]) -> Place | None:
        """Return the place an address goes on from, None for the beginning; raise `BadCursor` for another search's."""
        if "after" not in given:
            return None
        place = Place.read(given["after"], self.order)
        if place != place.of(self.query):
            raise BadCursor(_("This list does not go on from there. Start from the beginning of the list."))
        return place

    def but(self, **narrowings: str) -> "Search":
        """Return the same search narrowed otherwise: `from_` for `from`; "" takes a narrowing off."""
        changed = {name.removesuffix("_"): value for name, value in narrowings.items()}
        whole = {**self.narrowed, **changed}
        return replace(self, narrowed={name: value for name, value in whole.items() if value})

    def sorted_by(self, order: Order) -> "Search":
        """Return the same search in another order."""
        return replace(self, order=order)

    def asking(self, q: str) -> "Search":
        """Return the same search for other words."""
        return replace(self, q=q)


# A page of results has dozens of links, which differ in one part each.
@lru_cache(256)
def _written(name: str, value: str) -> str:
    return urlencode({name: value}, errors="replace")


def read(given: Mapping[str, str]) -> Search:
    """Return the search that an address names. What cannot be meant is left out, and a sentence in `said` says so."""
    narrowed: dict[str, str] = {}
    said: list[str] = []
    for name in NARROWINGS:
        # Half a character is in no name, and in no address that we write.
        value = given.get(name, "").strip()[:LONGEST_VALUE].encode(errors="replace").decode()
        if not value:
            continue
        if wrong := _wrong_with(name, value):
            said.append(wrong)
        else:
            narrowed[name] = value
    if _is_backwards(narrowed):
        said.append(_("The first day lies behind the last one: nothing can have run between them."))
    sort = given.get("sort", "")
    order = Order(sort) if sort in list(Order) else Order.RELEVANCE
    return Search(given.get("q", "")[:LONGEST_QUESTION], narrowed, order, tuple(said))


def query_of(given: Mapping[str, str]) -> str:
    """Return the question of an address as headers tell it; "" where there is none, or one too long for them."""
    found = read(given).query
    return found if len(found) <= LONGEST_IN_HEADER else ""


def _wrong_with(name: str, value: str) -> str:
    """Return a sentence on a value that narrows nothing, "" for one that may."""
    if name in ("from", "to") and days(value) is None:
        return _("“%(date)s” is no date. Write 2016, 2016-11 or 2016-11-03.") % {"date": value[:40]}
    if name == "pictures" and value not in (WITH, WITHOUT):
        return _("“%(value)s” was left out: pictures are “yes” or “no”.") % {"value": value[:40]}
    if name == "kind" and value not in TagKind.values:
        return _("“%(value)s” is no kind of tag, and was left out.") % {"value": value[:40]}
    return ""


def _is_backwards(narrowed: Mapping[str, str]) -> bool:
    first, last = (days(narrowed.get(name, "")) for name in ("from", "to"))
    return bool(first and last and first[0] > last[1])


def span(search: Search) -> tuple[date | None, date | None]:
    """Return the first and the last day that a search is narrowed to."""
    first, last = (days(search.narrowed.get(name, "")) for name in ("from", "to"))
    return first[0] if first else None, last[1] if last else None

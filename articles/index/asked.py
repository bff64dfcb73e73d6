"""What was asked, as a small tree: words, phrases and fields, and how they are joined; and a place in the answer."""

import base64
import binascii
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, StrEnum
from zlib import crc32

from django.utils.translation import gettext as _

from newsroom.keyset import BadCursor


class Zone(StrEnum):
    """A part of a story that words are looked for in; each is within the next of the first three."""

    HEADLINE = "h"
    LEAD = "l"
    TEXT = "a"
    BYLINE = "b"
    CAPTION = "c"
    PLACE = "p"


# From the narrowest: a story stands in the first of these in which all that was asked for is met.
TIERS = (Zone.HEADLINE, Zone.LEAD, Zone.TEXT)


class Order(StrEnum):
    """In which order the stories found stand."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Filing(Enum):
    """What a story is filed under by name."""

    TAG = "tag"
    SECTION = "section"
    PERSON = "by"


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any of its inflections, and under any spelling of it as a name; in all of a story, or in one zone."""

    exact: str
    stem: str
    zone: Zone | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order and these forms."""

    words: tuple[str, ...]
    zone: Zone | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins so."""

    start: str
    zone: Zone | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """Filed under a name that has all these words, or whose address is `slug`."""

    filing: Filing
    words: tuple[str, ...]
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """Stated to have run from `first` to `last`, both included; either may be None."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Shows:
    """Prints the picture of this Media ID."""

    media_id: str


@dataclass(frozen=True, slots=True)
class Written:
    """Written in a language."""

    language: str


@dataclass(frozen=True, slots=True)
class Pictured:
    """Has a picture, or has none."""

    is_so: bool


@dataclass(frozen=True, slots=True)
class Kinded:
    """Filed under a tag of this kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """What no story meets: a shelf that does not exist."""


@dataclass(frozen=True, slots=True)
class Not:
    """Whatever does not meet `part`."""

    part: "Part"


@dataclass(frozen=True, slots=True)
class All:
    """Whatever meets every part."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Whatever meets a part."""

    parts: tuple["Part", ...]


Leaf = Word | Phrase | Prefix | Filed | Dated | Shows | Written | Pictured | Kinded | Nothing
Part = Leaf | Not | All | Either


@dataclass(slots=True)
class Marks:
    """By which other words names are marked in the stories found: filled when they are looked for, so that marking asks nothing again."""

    spellings: dict[Word, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was understood: never the engine's language, and never a reason to raise.

    `sentences` tell the reader what was not understood or left out. `number` is set where the text is a number and
    nothing else: a story ID or Media ID. `words` is what was typed; `narrowed` what a form narrowed it by.
    """

    text: str
    words: All = All(())
    narrowed: All = All(())
    sentences: tuple[str, ...] = ()
    number: int | None = None
    marks: Marks = field(default_factory=Marks, compare=False, repr=False)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was asked for: then there is no answer, and nothing to look up."""
        return not self.words.parts and not self.narrowed.parts

    @property
    def whole(self) -> All:
        """Return words and narrowings in one."""
        return All((*self.words.parts, *self.narrowed.parts))


# A story's place among all: seconds since year 1, then its number, in 64 bits; later ones are greater.
NUMBER_BITS = 27
LAST_SPOT = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Place:
    """The last story shown: in which order, in which tier (0 where there are none), and its spot among all.

    `mark` tells of what was found for which question, 0 of none.
    """

    order: Order
    tier: int
    spot: int
    mark: int = 0

    def __str__(self) -> str:
        """Return the place as it stands in an address: letters, figures, `-` and `_` only."""
        told = f"{self.order.value[0]}.{self.tier}.{self.spot}.{self.mark}"
        return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")

    def of(self, question: str) -> "Place":
        """Return the same place in what is found for `question`."""
        return replace(self, mark=crc32(question.encode()))

    @classmethod
    def read(cls, text: str, order: Order) -> "Place":
        """Read a place in `order` from an address; raise `BadCursor` (a ValueError) for what `str()` did not make."""
        said = _("This list address is damaged. Start again from the first page of the list.")
        if not text or len(text) > 64:
            raise BadCursor(said)
        try:
            told = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            letter, *numbers = told.decode("ascii").split(".")
            place = cls(order, *map(int, numbers))
            is_ours = 0 <= place.spot <= LAST_SPOT and 0 <= place.tier <= len(TIERS)
            if letter != order.value[0] or not is_ours or str(place) != text:
                raise ValueError(text)
        except (ValueError, TypeError, binascii.Error) as error:
            raise BadCursor(said) from error
        return place

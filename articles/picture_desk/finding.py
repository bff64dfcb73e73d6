"""Finds pictures for the desk: reads what an address asks of the library, and walks what fits page by page."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, Subquery, Value
from django.utils import timezone
from django.utils.formats import date_format

from articles import roles
from articles.index import ask
from articles.models import Article, Edition, EditionPicture, Placement
from articles.picture_desk.known import known_to
from articles.picture_desk.narrowing import NARROWINGS
from articles.picture_desk.showing import with_thumbnails
from articles.picture_desk.worded import rule
from media.models import Picture, PictureQuerySet
from media.numbers import as_typed
from newsroom.folding import fold_words

LONGEST = 200
ORDERS = {"newest": "newest first", "reads": "most read first", "oldest": "oldest first"}
VIEWS = {"grid": "Grid", "list": "List"}
# What a page of many pictures shows; the long columns (what the file said, what is searched) stay where they are.
SHOWN = (
    "media_id", "headline", "caption", "file_caption", "alt", "credit", "rights_class", "rights_begin_on",
    "rights_end_on", "rights_holder", "uses", "taken_on", "original", "width", "height", "is_made_by_ai", "killed_at", "reads", "version",
)  # fmt: skip
_CURSOR = re.compile(r"[0-9]{1,18}(-[0-9]{1,18})?", re.ASCII)
_SPOKEN = re.compile(r"^\s*media\s*id\b|[\s:#.\-\u2010-\u2015]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of pictures, the cursor of the next one ("" on the last), and how many fit in all."""

    pictures: list[Picture]
    next: str
    count: int


@dataclass
class Finding:
    """What is asked of the library, as it stands in an address; `said` holds a sentence for each part that was no use.

    `exact` is the row of the picture whose Media ID was typed, in whatever digits and groups; of a merged one, the row
    that it stands for. `unseen` is how many notices its person has not seen, None for who is told nothing.
    """

    words: str = ""
    credit: str = ""
    first: date | None = None
    last: date | None = None
    section: str = ""
    states: dict[str, str] = field(default_factory=dict)
    order: str = "newest"
    view: str = "grid"
    after: tuple[int, int] | None = None
    sections: dict[str, str] = field(default_factory=dict)
    exact: int | None = None
    unseen: int | None = None
    said: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, asked: Mapping[str, str], user: Any) -> "Finding":
        """Read an address's parameters, those that mean nothing left out: one query, that of `known_to`."""
        found = cls()
        found.words = found._worth_looking_for(asked)
        beside = known_to(user, spoken(found.words))
        found.sections, found.exact, found.unseen = beside.sections, beside.exact, beside.unseen
        found.credit = _short(asked.get("credit", ""))
        found.first = found._day(asked, "from")
        found.last = found._day(asked, "to")
        if found.first and found.last and found.first > found.last:
            found.first, found.last = found.last, found.first
        found.section = found._one_of(asked, "section", found.sections, "No section is called")
        for name, narrowing in NARROWINGS.items():
            known = {value: choice.words for value, choice in narrowing.choices.items()}
            chosen = found._one_of(asked, name, known, f"{narrowing.label} cannot be")
            if chosen:
                found.states[name] = chosen
        found.order = found._one_of(asked, "order", ORDERS, "There is no order") or "newest"
        found.view = found._one_of(asked, "view", VIEWS, "There is no view") or "grid"
        found.after = found._cursor(asked.get("after", ""))
        return found

    def pictures(self, user: Any) -> PictureQuerySet:
        """Return all that fits, in no order; `user` decides whose copy counts as a section's use."""
        rows: PictureQuerySet = Picture.objects.standing()
        if self.words:
            rows = self._worded(rows, user)
        rows = rows.credited(self.credit).taken_between(self.first, self.last)
        for name, value in self.states.items():
            rows = rows.filter(NARROWINGS[name].choices[value].rule(timezone.localdate()))
        return rows.filter(_used_in(self.section, user)) if self.section else rows

    def page(self, user: Any, size: int) -> Page:
        """Return the pictures after the cursor, `size` at most, with their smallest copies: one query."""
        fitting = self.pictures(user)
        counted = fitting.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
        rows = self._walk(fitting).only(*SHOWN).annotate(fitting=Subquery(counted))
        pictures = list(with_thumbnails(rows)[: size + 1])
        following = self._cursor_of(pictures[size - 1]) if len(pictures) > size else ""
        count = getattr(pictures[0], "fitting", 0) if pictures else 0
        return Page(pictures[:size], following, count)

    def parameters(self) -> dict[str, str]:
        """Return what is asked as an address holds it: nothing that is as usual, and no cursor."""
        usual = {"order": "newest", "view": "grid"}
        every = {
            "q": self.words,
            "credit": self.credit,
            "from": self.first.isoformat() if self.first else "",
            "to": self.last.isoformat() if self.last else "",
            "section": self.section,
            **self.states,
            "order": self.order,
            "view": self.view,
        }
        return {name: value for name, value in every.items() if value and usual.get(name) != value}

    def address(self, **changed: str) -> str:
        """Return the query of an address that asks the same but for `changed` ("" takes a part away)."""
        every = {name: value for name, value in (self.parameters() | changed).items() if value}
        return f"?{urlencode(every)}"

    @property
    def unknown_number(self) -> str:
        """Return the Media ID that was typed where no picture has it, else ""."""
        return as_typed(self.words) if self.exact is None else ""

    def chips(self) -> list[tuple[str, str]]:
        """Return (words, query without it) for each part that narrows what is found."""
        days = {"from": self.first, "to": self.last}
        said = {"q": f"“{self.words}”", "credit": f"credit: {self.credit}"}
        said["section"] = f"used in {self.sections.get(self.section, '')}"
        said |= {name: f"taken {name} {date_format(day, 'j F Y')}" for name, day in days.items() if day}
        for name, value in self.states.items():
            said[name] = f"{NARROWINGS[name].label}: {NARROWINGS[name].choices[value].words}"
        asked = self.parameters()
        return [(words, self.address(**{name: ""})) for name, words in said.items() if name in asked]

    def _worded(self, rows: PictureQuerySet, user: Any) -> PictureQuerySet:
        if self.exact is not None:
            return rows.filter(pk=self.exact)
        number = spoken(self.words)
        meets = rule(ask(self.words), lambda section: _used_in(section, user))
        return rows.filter(meets | Q(search_text__contains=f" {number}")) if number else rows.filter(meets)

    def _walk(self, rows: PictureQuerySet) -> PictureQuerySet:
        if self.order == "oldest":
            rows = rows.order_by("pk")
            return rows.filter(pk__gt=self.after[1]) if self.after else rows
        if self.order == "reads":
            rows = rows.by_reads()
            return after_reads(rows, self.after) if self.after else rows
        rows = rows.order_by("-pk")
        return rows.filter(pk__lt=self.after[1]) if self.after else rows

    def _worth_looking_for(self, asked: Mapping[str, str]) -> str:
        typed = _short(asked.get("q", ""))
        if typed and not fold_words(typed):
            self.said.append(f"“{typed}” holds no word and no number, so it was left out.")
            return ""
        self.said += ask(typed).sentences
        return typed

    def _cursor_of(self, picture: Picture) -> str:
        return f"{picture.reads}-{picture.pk}" if self.order == "reads" else str(picture.pk)

    def _cursor(self, typed: str) -> tuple[int, int] | None:
        if not typed:
            return None
        cursor = cursor_of(typed)
        if cursor is None or (self.order == "reads") != ("-" in typed):
            self.said.append("The address names no place in this list, so here is its beginning.")
            return None
        return cursor

    def _day(self, asked: Mapping[str, str], name: str) -> date | None:
        typed = _short(asked.get(name, ""))
        if not typed:
            return None
        try:
            if len(typed) != 10:
                raise ValueError(typed)
            return date.fromisoformat(typed)
        except ValueError:
            self.said.append(f"“{typed}” is no day, so it was left out. Write it as 2016-11-03.")
            return None

    def _one_of(self, asked: Mapping[str, str], name: str, known: Mapping[str, str], why: str) -> str:
        typed = _short(asked.get(name, ""))
        if typed and typed not in known:
            self.said.append(f"{why} “{typed}”, so that was left out.")
            return ""
        return typed


def spoken(typed: str) -> str:
    """Return the digits of a Media ID as people write and say it ("Media ID 5536 1435"), "" for anything else."""
    plain = _SPOKEN.sub("", typed)
    if not (4 <= len(plain) <= 12 and all(letter.isdecimal() for letter in plain)):
        return ""
    return "".join(str(unicodedata.decimal(letter)) for letter in plain)


def cursor_of(typed: str) -> tuple[int, int] | None:
    """Read a cursor: (reads, row) or (0, row); None for anything that is none."""
    if not _CURSOR.fullmatch(typed):
        return None
    reads, _, row = typed.rpartition("-")
    return int(reads or 0), int(row)


def after_reads(rows: PictureQuerySet, cursor: tuple[int, int]) -> PictureQuerySet:
    """Return the pictures that come after a cursor where the most read come first."""
    reads, row = cursor
    return rows.filter(Q(reads__lt=reads) | Q(reads=reads, pk__lt=row), reads__lte=reads)


def _used_in(section: str, user: Any) -> Q:
    """Return the pictures that a section's stories showed, or that stand in its copy as far as `user` may read it."""
    printed = Edition.objects.once_public().filter(section__slug=section)
    copy = Article.objects.filter(roles.readable_by(user), section__slug=section)
    shown = EditionPicture.objects.filter(edition__in=printed.values("pk"))
    placed = Placement.objects.filter(article__in=copy.values("pk"))
    return Q(pk__in=shown.values("picture")) | Q(pk__in=placed.values("picture"))


def _short(typed: str) -> str:
    return " ".join(typed.replace("\0", " ").split())[:LONGEST]

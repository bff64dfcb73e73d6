"""The newspaper whose archive comes in: its hosts, what it calls itself, its own accounts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from articles.importing.reading.folding import words

_YEAR = re.compile(r"(?:19|20)\d\d")
_SEPARATORS = (" | ", " - ", " – ", " — ", " « ", " » ", " : ", " · ")


@dataclass(frozen=True, slots=True)
class Paper:
    """What tells this paper's pages from another's.

    `hosts` are host names, "*." in front for all below one. `marks` are sets of words of which one set must be in its
    name; `name_words` may stand with them; `slogan_words` may stand in the line above each page.
    """

    name: str
    hosts: tuple[str, ...]
    marks: tuple[frozenset[str], ...]
    name_words: frozenset[str]
    slogan_words: frozenset[str]
    own_slugs: tuple[str, ...]

    def has_host(self, host: str) -> bool:
        """Whether an address with this host is the paper's own."""
        host = host.lower().rstrip(".")
        return any(
            host == known.removeprefix("*.") or (known.startswith("*.") and host.endswith(known[1:]))
            for known in self.hosts
        )

    def is_name(self, text: str) -> bool:
        """Whether this is the site's name and nothing else ("ASHARQ AL-AWSAT English Archive 2005 -2017")."""
        return self._made_of(text, self.name_words)

    def is_slogan(self, text: str) -> bool:
        """Whether this is the line that stands above every page: the name with the paper's slogan."""
        return self._made_of(text, self.name_words | self.slogan_words)

    def is_organisation(self, text: str) -> bool:
        """Whether this names the paper as a dateline or a speaker's label does, typing errors included."""
        if not 5 <= len(text) <= 3 * len(self.name):
            return False
        given = "".join(words(text)).removeprefix("the")
        wanted = "".join(words(self.name))
        if not 0.6 * len(wanted) <= len(given) <= 1.4 * len(wanted):
            return False
        return given == wanted or SequenceMatcher(None, given, wanted).ratio() >= 0.8

    def is_own_slug(self, slug: str) -> bool:
        """Whether an account of this slug is the paper's own and no person's."""
        plain = slug.replace("-", "").lower()
        return any(own in plain for own in self.own_slugs)

    def _made_of(self, text: str, allowed: frozenset[str]) -> bool:
        if len(text) > 160:
            return False
        given = words(text)
        if not any(mark <= set(given) for mark in self.marks):
            return False
        return all(word in allowed or _YEAR.fullmatch(word) for word in given)

    def split_name(self, text: str) -> tuple[str, str, str]:
        """Take the site's name off a page's title: what is left, the separator, the name ("" twice when there is none).

        Only a part that is the site's name and nothing else is taken, so a headline with " - " in it stays whole.
        """
        starts = sorted(
            (at, separator)
            for separator in _SEPARATORS
            for at in _finds(text, separator)
            if len(text) - at <= 120
        )
        for at, separator in starts:
            if self.is_name(text[at + len(separator) :]):
                return text[:at].rstrip(), separator, text[at + len(separator) :]
        for separator in ("|", "- ", " -", "– ", " –"):
            at = text.rfind(separator)
            name = text[at + len(separator) :]
            if at >= 0 and self.is_name(name) and len(words(name)) > len(words(self.name)):
                return text[:at].rstrip(), separator, name
        return text, "", ""


def _finds(text: str, part: str) -> list[int]:
    """All places of a part in the last 140 characters of a text."""
    found = []
    at = text.find(part, max(0, len(text) - 140))
    while at >= 0:
        found.append(at)
        at = text.find(part, at + 1)
    return found


ASHARQ_AL_AWSAT = Paper(
    name="Asharq Al-Awsat",
    hosts=("*.aawsat.com",),
    marks=(frozenset({"asharq", "awsat"}), frozenset({"aawsat"}), frozenset({"asharq", "alawsat"})),
    name_words=frozenset(
        {
            "asharq",
            "al",
            "awsat",
            "alawsat",
            "aawsat",
            "english",
            "archive",
            "archives",
            "edition",
            "newspaper",
            "online",
        }
        | {"the", "website", "com"}
    ),
    slogan_words=frozenset(
        {
            "middle",
            "east",
            "arab",
            "world",
            "news",
            "opinion",
            "opinions",
            "international",
            "and",
            "from",
            "latest",
        }
        | {"analysis", "of", "home", "daily", "politics", "leading"}
    ),
    own_slugs=("aawsat", "awsat", "asharq", "admin", "editor", "staff"),
)

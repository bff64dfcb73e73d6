"""Reads what was typed or pasted into Ctrl-K: words, a number, or an address and what it leads to."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from articles.models import heading_words
from media.numbers import as_typed
from newsroom.folding import fold_words

# How much is read at most; an address is longer than words ever are.
LONGEST, LONGEST_ADDRESS, MOST_WORDS = 100, 1_000, 8
Found = dict[str, str]
# How many of a kind are shown.
OF_A_KIND = 6
_LEADS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("story", r"/story/([1-9][0-9]{7})(?=[/.]|$)"),
        ("story", r"/articles/article/([1-9][0-9]{7})(?=/|$)"),
        ("media_id", r"/media/([0-9]{4,12})(?=[/.]|$)"),
        ("picture", r"/media/picture/([0-9]{1,12})(?=/|$)"),
        ("file", r"/images/([\w-]{1,80})\.\w{2,5}$"),
        ("section", r"/section/([^/]+)(?=/|$)"),
        ("tag", r"/tag/([^/]+)(?=/|$)"),
        ("person", r"/by/([^/]+)(?=/|$)"),
    )
)


@dataclass(frozen=True)
class Asked:
    """What was typed, white space made single; `path` is that of an address, "" where none was pasted."""

    typed: str
    path: str = ""

    @classmethod
    def read(cls, sent: str) -> "Asked":
        """Read what the page sent, whatever it is."""
        typed = " ".join(sent[:LONGEST_ADDRESS].replace("\x00", "").split())
        path = _path(typed)
        return cls(typed if path else typed[:LONGEST].strip(), path)

    @cached_property
    def words(self) -> list[str]:
        """The folded words, each once, of which every one begins a word of what is found; none of an address."""
        return [] if self.path else list(dict.fromkeys(fold_words(self.typed).split()))[:MOST_WORDS]

    @property
    def tells(self) -> bool:
        """Say whether the words tell anything of a headline: a letter alone begins one in every other."""
        return any(len(word) > 1 for word in self.words)

    @cached_property
    def number(self) -> int | None:
        """The digits that were typed as a number, with their words around them or in groups."""
        digits = "" if self.path else as_typed(self.typed)
        return int(digits) if digits else None

    @property
    def digits(self) -> str:
        """The same as typed: a Media ID may begin with a nought."""
        return "" if self.path else as_typed(self.typed)

    @cached_property
    def leads(self) -> dict[str, str]:
        """What the address names, by kind: a story ID, a Media ID, a slug."""
        found = ((kind, pattern.search(self.path)) for kind, pattern in _LEADS)
        return {kind: one[1] for kind, one in found if one}

    def fits(self, *texts: str) -> bool:
        """Say whether every word typed begins a word of `texts`."""
        known = heading_words(*texts)
        return all(any(word.startswith(begun) for word in known) for begun in self.words)


def _path(typed: str) -> str:
    """Return the path of an address, with or without its host and scheme; "" for anything else."""
    text = typed.strip("<>\"'")
    if "/" not in text or " " in text:
        return ""
    host, _, rest = text.partition("/")
    if "://" not in text and host and not ("." in host or host.startswith("localhost")):
        return ""
    try:
        parts = urlsplit(text if "://" in text or not host else f"//{host}/{rest}")
    except ValueError:
        return ""
    return unquote(parts.path)[:LONGEST_ADDRESS].replace("\x00", "") if parts.path.startswith("/") else ""

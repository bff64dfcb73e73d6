"""Reads what was typed into a tree: words, "phrases", -not, OR, brackets, prefix*, fields. Never raises, on any text.

What cannot be understood is looked for as words, or left out, and a sentence says so.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from articles.index.asked import (
    All,
    Asked,
    Dated,
    Either,
    Filed,
    Filing,
    Kinded,
    Not,
    Nothing,
    Part,
    Phrase,
    Pictured,
    Prefix,
    Shows,
    Word,
    Written,
    Zone,
)
from articles.index.words import exact_words, figures, tokens
from articles.models.contributor import Contributor
from articles.models.section import Section
from articles.models.tag import Tag, TagKind

# The language in one line, for the desk's forms.
IN_SHORT = 'as readers search: "phrases", -not, OR, harb*, headline: byline: caption: tag: place: from: to:'
# More is cut off, and said to be.
LONGEST, MOST_WORDS, DEEPEST, SHORTEST_PREFIX, MOST_PREFIXES = 2_000, 40, 8, 2, 5
ZONES = {
    "headline": Zone.HEADLINE, "عنوان": Zone.HEADLINE, "العنوان": Zone.HEADLINE,
    "byline": Zone.BYLINE, "by": Zone.BYLINE, "كاتب": Zone.BYLINE, "الكاتب": Zone.BYLINE, "بقلم": Zone.BYLINE,
    "caption": Zone.CAPTION, "تعليق": Zone.CAPTION, "التعليق": Zone.CAPTION,
    "place": Zone.PLACE, "مكان": Zone.PLACE, "المكان": Zone.PLACE,
}  # fmt: skip
FILINGS = {
    "tag": Filing.TAG, "وسم": Filing.TAG, "الوسم": Filing.TAG,
    "section": Filing.SECTION, "قسم": Filing.SECTION, "القسم": Filing.SECTION,
}  # fmt: skip
FROM, TO = {"from", "من"}, {"to", "إلى", "الى"}
NUMBERS = {"mediaid", "صورة", "الصورة"}
FIELDS = {*ZONES, *FILINGS, *FROM, *TO, *NUMBERS}
OR, AND, NOT = {"OR", "|", "||", "أو"}, {"AND", "&", "&&"}, {"NOT"}
_QUOTES = str.maketrans(dict.fromkeys("“”„«»＂", '"') | {"（": "(", "）": ")", "：": ":", "＊": "*"})
# A comma between two words lists them; between two figures it belongs to a number.
_LISTED = re.compile(r"(?<!\d)[,;،؛]|[,;،؛](?!\d)")
_INNER = re.compile("[“”„«»＂]")
_MINUS = "-−"
# So many minuses and fields within each other; what comes deeper is left out.
_DEEPEST = 30
_PIECE = re.compile(r'"[^"]*"?|[()]|[^\s()"]+')
_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?\Z")
_LANGUAGE = re.compile(r"[A-Za-z-]{1,8}\Z")
_NUMBER = re.compile(r"\d{1,3}(?:[ ,.'’٬٫\u00a0\u202f_-]?\d{1,4})*\Z")


def ask(
    text: str,
    *,
    section: Section | str | None = None,
    tag: Tag | str | None = None,
    by: Contributor | str | None = None,
    first: date | None = None,
    last: date | None = None,
    language: str | None = None,
    has_picture: bool | None = None,
    kind: str | None = None,
) -> Asked:
    """Return `text` as it was understood, narrowed by what a form says: rows or their slugs, days, a kind of tag.

    Whatever is None narrows nothing; a shelf that does not exist narrows to nothing. Raises on no text at all.
    """
    narrowed: list[Part] = []
    for filing, which in ((Filing.SECTION, section), (Filing.TAG, tag), (Filing.PERSON, by)):
        slug: str | None = which if isinstance(which, str) or which is None else str(which.slug)
        if slug is not None:
            narrowed.append(Filed(filing, (), slug[:200]) if slug.isprintable() and slug else Nothing())
    if first or last:
        narrowed.append(Dated(first, last))
    if language is not None:
        narrowed.append(Written(language) if _LANGUAGE.match(language) else Nothing())
    if has_picture is not None:
        narrowed.append(Pictured(has_picture))
    if kind is not None:
        narrowed.append(Kinded(kind) if kind in TagKind.values else Nothing())
    reading = _Reading(text)
    words = reading.whole()
    return Asked(text, words, All(tuple(narrowed)), tuple(reading.sentences), _number(text))


@dataclass
class _Reading:
    """One pass over a text. `pieces` are cut once; nothing is looked at twice, so the work grows with the length alone."""

    text: str
    sentences: list[str] = field(default_factory=list)
    at: int = 0
    words: int = 0
    deep: int = 0
    prefixes: int = 0

    def __post_init__(self) -> None:
        text = _quoted_alike(self.text).replace("\0", " ")
        if len(text) > LONGEST:
            text = text[:LONGEST]
            self.say(_("Only the first %(count)s characters were looked for.") % {"count": f"{LONGEST:,}"})
        self.pieces = _PIECE.findall(text)

    def say(self, sentence: str) -> None:
        if sentence not in self.sentences:
            self.sentences.append(sentence)

    def whole(self) -> All:
        """Return all that was understood, the outermost brackets balanced or not."""
        parts: list[Part] = []
        while self.at < len(self.pieces):
            found = self.either(0, None)
            parts += [found] if found else []
            if self.at < len(self.pieces):
                # A bracket that closes nothing.
                self.at += 1
        if self.text.strip() and not parts and not self.sentences:
            self.say(_("There is no word in that to look for."))
        made = parts[0] if len(parts) == 1 else All(tuple(parts))
        return made if isinstance(made, All) else All((made,))

    def either(self, depth: int, zone: Zone | None) -> Part | None:
        """Read up to a closing bracket: runs of parts, with OR between them."""
        runs: list[list[Part]] = [[]]
        while self.at < len(self.pieces) and self.pieces[self.at] != ")":
            piece = self.pieces[self.at]
            if piece in OR:
                self.at += 1
                runs.append([])
            elif piece in AND:
                self.at += 1
            elif (part := self.one(depth, zone)) is not None:
                runs[-1].append(part)
        # What is said twice is looked for once.
        single = [list(dict.fromkeys(run)) for run in runs if run]
        joined = list(dict.fromkeys(run[0] if len(run) == 1 else All(tuple(run)) for run in single))
        if not joined:
            return None
        return joined[0] if len(joined) == 1 else Either(tuple(joined))

    def one(self, depth: int, zone: Zone | None) -> Part | None:
        """Read one part; None where it says nothing. Always moves on."""
        if self.deep >= _DEEPEST:
            self.at += 1
            return None
        self.deep += 1
        try:
            return self._one(depth, zone)
        finally:
            self.deep -= 1

    def _one(self, depth: int, zone: Zone | None) -> Part | None:
        piece = self.pieces[self.at]
        follows = self.at + 1 < len(self.pieces)
        if (piece in NOT and follows) or (piece in _MINUS and len(piece) == 1 and self._touches_next()):
            self.at += 1
            return self._not(depth, zone)
        if piece[0] in _MINUS and len(piece) > 1:
            self.pieces[self.at] = piece.lstrip(_MINUS)
            if self.pieces[self.at]:
                return self._not(depth, zone)
            piece = "-"
        self.at += 1
        if piece == "(":
            return self._brackets(depth, zone)
        if piece[0] == '"':
            return self._phrase(piece.strip('"'), zone)
        name, colon, rest = piece.partition(":")
        known = name.casefold() if name.casefold() in FIELDS else name
        if colon and known in FIELDS:
            return self._field(known, rest, depth)
        return self._words(piece, zone)

    def _touches_next(self) -> bool:
        return self.at + 1 < len(self.pieces) and self.pieces[self.at + 1][0] in '("'

    def _not(self, depth: int, zone: Zone | None) -> Part | None:
        if self.at >= len(self.pieces) or self.pieces[self.at] == ")":
            return None
        part = self.one(depth, zone)
        if isinstance(part, Not):
            return part.part
        return Not(part) if part is not None else None

    def _brackets(self, depth: int, zone: Zone | None) -> Part | None:
        if depth >= DEEPEST:
            self.say(_("Brackets so deep within each other were read as if they were not there."))
            return None
        found = self.either(depth + 1, zone)
        self.at += 1
        return found

    def _phrase(self, text: str, zone: Zone | None) -> Part | None:
        words = exact_words(text)
        taken = words[: self._room(len(words))]
        return Phrase(tuple(taken), zone) if taken else None

    def _words(self, text: str, zone: Zone | None) -> Part | None:
        is_prefix = text.endswith("*")
        found = list(tokens(text))
        found = found[: self._room(len(found))]
        parts: list[Part] = [Word(one.exact, one.stem, zone) for one in found]
        if (
            len(found) > 1
            and not is_prefix
            and any(_is_piece(one.exact) for one in found)
            and not _LISTED.search(text.strip(",;،؛"))
        ):
            return Phrase(tuple(one.exact for one in found), zone)
        if is_prefix and parts:
            last = parts.pop()
            assert isinstance(last, Word)
            if self._may_begin(last.exact):
                parts.append(Prefix(last.exact, zone))
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _may_begin(self, start: str) -> bool:
        if len(start) < SHORTEST_PREFIX:
            self.say(
                _("“%(start)s*” is too short: at least %(count)s letters must stand before the asterisk.")
                % {"start": start, "count": SHORTEST_PREFIX}
            )
            return False
        if self.prefixes == MOST_PREFIXES:
            said = _("Only the first %(count)s words with an asterisk were looked for.")
            self.say(said % {"count": MOST_PREFIXES})
            return False
        self.prefixes += 1
        return True

    def _room(self, wanted: int) -> int:
        room = max(0, MOST_WORDS - self.words)
        if wanted > room:
            self.say(_("Only the first %(count)s words were looked for.") % {"count": MOST_WORDS})
        self.words += min(wanted, room)
        return room

    def _field(self, name: str, rest: str, depth: int) -> Part | None:
        if not rest and (self.at >= len(self.pieces) or self.pieces[self.at] == ")"):
            return self._no_value(name)
        if name in (*ZONES, *FILINGS) and rest[:1] in (*_MINUS,) and rest.strip(_MINUS):
            # Whoever writes “tag:-boats” means what “-tag:boats” says.
            part = self._field(name, rest.lstrip(_MINUS), depth)
            return Not(part) if part is not None and not isinstance(part, Not) else part
        if name in ZONES:
            if rest:
                return self._words(rest, ZONES[name])
            before = self.at
            part = self.one(depth, ZONES[name]) if self._is_value() else None
            return part if part is not None or self.at > before else self._no_value(name)
        value = rest or self._value()
        read: Callable[[str, str], Part | None] = (
            self._filed if name in FILINGS else self._shows if name in NUMBERS else self._dated
        )
        return read(name, value) if value else self._no_value(name)

    def _is_value(self) -> bool:
        """Say whether the next piece can stand behind a field's colon: not another field, an OR or a minus."""
        piece = self.pieces[self.at]
        name, colon, _rest = piece.partition(":")
        return not (piece in OR or piece in AND or (colon and name.casefold() in FIELDS))

    def _value(self) -> str:
        if self.pieces[self.at] == "(" or not self._is_value():
            return ""
        self.at += 1
        piece: str = self.pieces[self.at - 1]
        return piece.strip('"')

    def _no_value(self, name: str) -> Part | None:
        self.say(_("“%(name)s:” says nothing behind the colon and was left out.") % {"name": name})
        return None

    def _filed(self, name: str, value: str) -> Part | None:
        words = exact_words(value)
        words = words[: self._room(len(words))]
        return Filed(FILINGS[name], tuple(words)) if words else self._no_value(name)

    def _shows(self, name: str, value: str) -> Part | None:
        number = "".join(letter for letter in figures(value).casefold() if letter.isalnum())[:40]
        return Shows(number) if number else self._no_value(name)

    def _dated(self, name: str, value: str) -> Part | None:
        bounds = days(value)
        if bounds is None:
            said = _("“%(date)s” is no date. Write 2016, 2016-11 or 2016-11-03.")
            self.say(said % {"date": value[:40]})
            return None
        return Dated(bounds[0], None) if name in FROM else Dated(None, bounds[1])


def days(text: str) -> tuple[date, date] | None:
    """Return the first and last day that `text` names: a year, a month or a day; None where there is none such."""
    found = _DAY.match(figures(text.strip()))
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


def _is_piece(word: str) -> bool:
    """Say whether a word means little without what it is written on to: the figures of 3.5, the letters of U.S. or AT&T."""
    return len(word) == 1 or word.isdigit()


def _quoted_alike(text: str) -> str:
    """Return a text with one kind of quotes, brackets, colons and asterisks; what is quoted in a quotation ends it not."""
    if '"' not in text or text.isascii():
        return text.translate(_QUOTES)
    parts = text.split('"')
    # Every second part stands within quotes; of an odd number the last never ends.
    within = len(parts) - 1 + len(parts) % 2
    return '"'.join(
        _INNER.sub(" ", part) if number % 2 and number < within else part.translate(_QUOTES)
        for number, part in enumerate(parts)
    )


def _number(text: str) -> int | None:
    plain = figures(text.strip()[:60])
    if len(text) > 60 or not _NUMBER.match(plain):
        return None
    told = "".join(letter for letter in plain if letter.isdigit())
    return int(told) if len(told) <= 18 else None

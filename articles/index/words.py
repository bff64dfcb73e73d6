"""The one normaliser: cuts a text into words, and says of each its exact form and its stem, for every engine alike.

Exact: folded for case, accents, Arabic marks and letters, figures of any script, apostrophes. Stem: what an English
word has in common with its inflections, an Arabic one without its article and what is written on to that. Whether the first
two letters of an Arabic word are its article is not always to be seen: an alif with a hamza or madda is the word's own
(“colours”), a plain one may be either (“the city”, “commitment”). So such a word is indexed, and looked for, both ways;
and so is one that begins with two lams (“to the city”, “to Lebanon”). One that begins with “and” is indexed without it as well.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from sys import intern
from typing import NamedTuple

import tantivy

from newsroom.folding import fold

# Longer words are found by so much of them.
LONGEST_WORD = 60
# So many words' forms are kept: whoever answers needs a few, whoever indexes the archive's whole vocabulary.
MOST_KEPT = 250_000
# Marks that stand on or between the letters of a word, in Latin and Arabic, what joins its parts, and where it may be divided.
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c\u200d\u00ad\u2060\ufeff"
_APOSTROPHES = "'’‘ʼʻ`´"
# Letters to Unicode, and apostrophes or half rings in the names of the Pacific and of the Arab world: of no word's exact form.
SIGNS_OF_NAMES = "ʻʼʽʾʿ"
_FOOTNOTE = re.compile(r"(?<=[^\W\d_]{3})[¹²³⁰⁴-⁹]+\Z")
_WORD = re.compile(rf"[^\W_](?:[{_MARKS}]|[^\W_]|[{_APOSTROPHES}](?=[^\W_]))*")
# Of a text in plain letters: what stands between words, and apostrophes that join nothing. Cut so, it takes a third of the time.
_PLAIN = "".join(sign if (sign := chr(code)).isalnum() or sign in "'`" else " " for code in range(128))
_LOOSE = re.compile(r"['`](?:(?<![0-9A-Za-z]['`])|(?![0-9A-Za-z]))")
_SIGNS = (("’", "'"), ("‘", "'"), ("“", " "), ("”", " "), ("–", " "), ("—", " "), ("…", " "), ("\u00a0", " "))
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]\Z")
# “We'll”, “I'd”: the word is what stands before. Run together it would be another: a well, an id.
_CONTRACTED = re.compile(
    rf"\A(i|you|he|she|it|we|they|who|what|that|there|these|those|this|how|where|when|why|would|could|should|might|must|may)"
    rf"[{_APOSTROPHES}](?:m|re|ve|ll|d)(?:[{_APOSTROPHES}]ve)?\Z",
    re.IGNORECASE,
)
_ARABIC = re.compile("[\u0621-\u06ff]")
_EACH_MARK = re.compile(f"[{_MARKS}]")
_OWN_ALIF = re.compile(r"\A[وف]?[بك]?[أإآ]ل")
_WRITTEN_ON = re.compile(r"\A(?:[وف]?[بك]?ال|[وف]?لل)(?=\w{2})")
_AND = re.compile(r"\Aو(\w{3,})\Z")
# “To Lebanon”: of two lams the second may be the word's own, where that begins with one; one that follows an article's is not written.
_OWN_LAM = re.compile(r"\A[وف]?ل(?=ل\w{2})")
_ENGLISH = re.compile(r"[a-z]{3,}\Z")


class Token(NamedTuple):
    """A word of a text: where it stands in it, and its two forms."""

    start: int
    end: int
    exact: str
    stem: str


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of `text` in order, with their places in it."""
    for found in _WORD.finditer(text):
        exact, stem = forms(found[0])
        if exact:
            yield Token(found.start(), found.end(), exact, stem)


def written(text: str) -> list[str]:
    """Return the words of `text` as they are written, whichever apostrophe joins them; some may have no form."""
    if not text.isascii():
        plain = _printed_plainly(text)
        if not plain.isascii():
            return _WORD.findall(text)
        text = plain
    plain = text.translate(_PLAIN)
    if "'" in plain or "`" in plain:
        plain = _LOOSE.sub(" ", plain)
    return plain.split()


def _printed_plainly(text: str) -> str:
    """Return `text` without the quotation marks and dashes of print, as far as they change no word."""
    for sign, plain in _SIGNS:
        text = text.replace(sign, plain)
    return text


def places(text: str) -> Iterator[re.Match[str]]:
    """Yield where the words of `text` stand that `written` returns."""
    return _WORD.finditer(text)


def places_of(openings: Iterable[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the words of `text`, as `places` does, but mostly those whose exact form begins in one of these ways.

    In a text of plain letters the others are passed over: to see a word takes longer than to find it.
    """
    plain = text if text.isascii() else _printed_plainly(text)
    return _beginning(frozenset(openings)).finditer(plain) if plain.isascii() else _WORD.finditer(text)


# Beyond so many ways to begin, only their first letters are looked at.
_MOST_WAYS = 4


@lru_cache(maxsize=1_000)
def _beginning(openings: frozenset[str]) -> re.Pattern[str]:
    ways = sorted(one.lower() for one in openings if one.isascii() and one.isalnum())
    if not ways:
        return re.compile(r"(?!)")
    signs = "".join(sorted({each for one in ways for each in one[0] + one[0].upper()}))
    further = ""
    if len(ways) <= _MOST_WAYS:
        # An apostrophe may stand between the letters.
        each = ("".join(f"['`]?[{sign}{sign.upper()}]" for sign in one[1:]) for one in ways)
        further = f"(?:{'|'.join(f'(?<=[{one[0]}{one[0].upper()}]){rest}' for one, rest in zip(ways, each, strict=True))})"
    # Not within a word, nor behind an apostrophe that joins two.
    return re.compile(
        rf"[{signs}](?<![0-9A-Za-z].)(?<![0-9A-Za-z]['`].){further}[0-9A-Za-z]*(?:['`][0-9A-Za-z]+)*"
    )


class Kept(dict[str, str]):
    """What is made of a word, kept: a look-up costs no call of ours. All is forgotten when it grows too large."""

    def __init__(self, made: Callable[[str], str]) -> None:
        super().__init__()
        self._made = made

    def __missing__(self, word: str) -> str:
        # One text for all that is the same: what is looked up next is where it was looked up last.
        found = intern(self._made(word))
        if len(self) >= MOST_KEPT:
            self.clear()
        self[intern(word)] = found
        return found


def forms(word: str) -> tuple[str, str]:
    """Return the exact form of a word and its stem; both "" for what is no word."""
    exact = _exact[word]
    return exact, exact if _has_own_alif(word) else _stem[exact]


def exacts(words: Iterable[str]) -> list[str]:
    """Return the exact form of each of these words as they are written; what has none is left out."""
    return list(filter(None, every_exact(words)))


def every_exact(words: Iterable[str]) -> Iterator[str]:
    """Yield the exact form of each of these words as they are written, "" for what has none."""
    return map(_exact.__getitem__, words)


def stems(exact: Iterable[str]) -> list[str]:
    """Return the stems of words in their exact form."""
    return list(map(_stem.__getitem__, exact))


# Snowball's for English (Porter2), compiled: a word takes a hundredth of the time that it takes in Python.
_stemmer = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.stemmer("english")).build()
)


def _made_exact(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word.lower()[:LONGEST_WORD]
    plain = fold(_FOOTNOTE.sub("", _CONTRACTED.sub(r"\1", _POSSESSIVE.sub("", word))))
    letters = (letter for letter in plain if letter.isalnum() and letter not in SIGNS_OF_NAMES)
    return "".join(map(_figure, letters))[:LONGEST_WORD]


def _made_stem(exact: str) -> str:
    if _ENGLISH.match(exact):
        return next(iter(_stemmer.analyze(exact)), "") or exact
    if _ARABIC.search(exact):
        return _WRITTEN_ON.sub("", exact)
    return exact


def _has_own_alif(word: str) -> bool:
    if word.isascii() or not _ARABIC.search(word):
        return False
    return _OWN_ALIF.match(_EACH_MARK.sub("", unicodedata.normalize("NFC", word))) is not None


def _made_indexed(word: str) -> str:
    exact, stem = forms(word)
    return (
        " ".join(dict.fromkeys((stem, *_own_forms(exact), *_behind_and(exact))))
        if _ARABIC.search(exact)
        else stem
    )


def _behind_and(exact: str) -> tuple[str, ...]:
    """Return what an Arabic word is if it begins with “and”, which is written on to it: names, above all, in a row of them.

    Only in an index: what begins with the letter by itself is not to be looked for as another word.
    """
    found = _AND.match(exact)
    return (found[1],) if found else ()


def _own_forms(exact: str) -> tuple[str, ...]:
    """Return an Arabic word as it stands, and as it is where the second lam is its own."""
    own = _OWN_LAM.sub("", exact)
    return (exact,) if own == exact else (exact, own)


_exact, _stem, _indexed = Kept(_made_exact), Kept(_made_stem), Kept(_made_indexed)


def exact_of(word: str) -> str:
    """Return the exact form of a word, "" for what is none."""
    return _exact[word]


def stem_of(exact: str) -> str:
    """Return the stem of a word in its exact form."""
    return _stem[exact]


def opening_of(stem: str) -> str:
    """Return how every word begins of which this is the stem; of a short one its first letter ("die" is the stem of "dying")."""
    return stem[:3] if len(stem) > 4 else stem[:1]


def stems_written(words: Iterable[str]) -> list[str]:
    """Return the stems under which words stand in an index, as they are written: of some Arabic ones two, or three."""
    return " ".join(filter(None, map(_indexed.__getitem__, words))).split()


def stems_sought(exact: str, stem: str | None = None) -> set[str]:
    """Return the stems by which a word is looked for, of which the exact form is known, and the stem if it was seen written."""
    return {_stem[exact] if stem is None else stem, *(_own_forms(exact) if _ARABIC.search(exact) else ())}


def starts_sought(start: str) -> set[str]:
    """Return how stems begin by which a beginning is looked for: in Arabic, with an article or without; none in other letters."""
    return {start, _stem[start]} if _ARABIC.search(start) else set()


def is_arabic(text: str) -> bool:
    """Say whether there is an Arabic letter in a text."""
    return not text.isascii() and _ARABIC.search(text) is not None


def exact_words(text: str) -> list[str]:
    """Return the exact forms of the words of `text`."""
    return exacts(_WORD.findall(text))


def figures(text: str) -> str:
    """Return `text` with the figures of every script as 0 to 9."""
    return "".join(_figure(letter) for letter in text)


def _figure(letter: str) -> str:
    if letter.isascii():
        return letter
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)

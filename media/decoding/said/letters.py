"""Turns the bytes of old metadata into clean text: the stated character set, else UTF-8, else the likeliest old one."""

import re
import unicodedata

LONGEST_TEXT = 8_000

# What IPTC dataset 1:90 states: ISO 2022 escapes, the ones that are met.
_STATED = {
    b"\x1b%G": "utf-8",
    b"\x1b%/G": "utf-8",
    b"\x1b%/H": "utf-8",
    b"\x1b%/I": "utf-8",
    b"\x1b(B": "ascii",
    b"\x1b.A": "cp1252",
    b"\x1b-A": "cp1252",
    b"\x1b-B": "iso8859-2",
    b"\x1b-L": "iso8859-5",
    b"\x1b-G": "iso8859-6",
    b"\x1b-F": "iso8859-7",
    b"\x1b-H": "iso8859-8",
    b"\x1b-M": "iso8859-9",
}
_HIGH = re.compile(rb"[\x80-\xff]")
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
# Arabic, by how often each letter stands in newspaper prose, in thousandths.
_ARABIC = dict(
    zip(
        "اليمونرتبةعدسفهكقحجطشصخضذثزغظىأإآءئؤ",
        (
            *(130, 120, 80, 62, 60, 58, 50, 48, 36, 36, 34, 30, 27, 26, 25, 24, 23, 21, 14, 13, 12, 11, 10),
            *(9, 9, 8, 8, 5, 4, 12, 20, 8, 4, 6, 6, 3),
        ),
        strict=True,
    )
)
# What prose in Arabic comes to is about 50; a few stray bytes, rarely used letters of it, are no prose.
_LEAST_LIKE_PROSE = 15
_JOINERS = "\u200c\u200d"


def stated(escape: bytes | None) -> str:
    """Return the character set that dataset 1:90 names, or "" where it names none that is known."""
    return _STATED.get((escape or b"").strip(b"\0 "), "")


def text(raw: bytes, charset: str = "", old: str = "") -> str:
    """Return `raw` as text: by `charset` where it is stated and fits, else as UTF-8, else by `old`, else by likeness.

    A text in UTF-8 that was cut inside its last letter loses that letter and no more.
    """
    for name in dict.fromkeys(filter(None, (charset, "utf-8"))):
        try:
            return raw.decode(name)
        except UnicodeDecodeError as bad:
            if name == "utf-8" and bad.reason == "unexpected end of data" and bad.start:
                whole = raw[: bad.start]
                if _HIGH.search(whole) or charset == "utf-8":
                    return whole.decode(name)
    return _decoded(raw, old or likeliest(raw))


def likeliest(raw: bytes) -> str:
    """Return the one-byte character set that `raw` is likeliest in: Arabic, Western, or a Mac's.

    Words of nothing but high bytes are a script of its own; high bytes among ASCII letters are accents. Which accents
    stand where (no capital behind a small letter, quotes at the edges of words) tells Windows from Macintosh.
    """
    if not _HIGH.search(raw):
        return "cp1252"
    foreign = sum(len(word) for word in _WORD.findall(raw) if len(word) > 1 and all(b > 127 for b in word))
    accents = sum(len(_HIGH.findall(word)) for word in _WORD.findall(raw) if any(byte < 128 for byte in word))
    if foreign > accents:
        best = max(("windows-1256", "iso8859-6", "mac_arabic"), key=lambda name: _arabic(_decoded(raw, name)))
        if _arabic(_decoded(raw, best)) > _LEAST_LIKE_PROSE:
            return best
    return max(("cp1252", "mac_roman"), key=lambda name: _western(_decoded(raw, name)))


def _decoded(raw: bytes, charset: str) -> str:
    try:
        return raw.decode(charset)
    except UnicodeDecodeError:
        return raw.decode("latin-1" if charset in {"cp1252", "mac_roman"} else charset, "replace")


def _arabic(found: str) -> float:
    high = [letter for letter in found if ord(letter) > 127]
    weight = sum(_ARABIC.get(letter, 4 if "\u0600" <= letter <= "\u06ff" else -120) for letter in high)
    return weight / max(1, len(high)) - 20 * found.count("\ufffd")


def _western(found: str) -> int:
    padded = f" {found} "
    return sum(
        _fits(padded[at - 1], padded[at], padded[at + 1])
        for at in range(1, len(padded) - 1)
        if ord(padded[at]) > 127
    )


def _fits(before: str, letter: str, behind: str) -> int:
    """Say how well a letter stands between its neighbours: 1 well, 0 perhaps, below that badly."""
    if letter.isalpha() and letter not in "ªºƒˆπΩ":
        if letter.isupper() and (before.islower() or (before.isupper() and behind.islower())):
            return -2
        return 1 if before.isalpha() or behind.isalpha() else 0
    if letter in "“‘«„‚":
        return 1 if not before.isalnum() and not behind.isspace() else -1
    if letter in "”’»…":
        is_apostrophe = letter == "’" and before.isalpha()
        return 1 if is_apostrophe or (not before.isspace() and not behind.isalnum()) else -1
    if letter in "–—•·":
        return (
            1 if before.isspace() and behind.isspace() else -1 if before.isalpha() and behind.isalpha() else 0
        )
    return 0 if letter in "©®™°€£§\xa0½¼¾×" else -1


def tidy(found: str, most: int = LONGEST_TEXT) -> str:
    """Return text fit to be kept: one form of each letter, no controls, no blank ends, at most `most` characters."""
    lines = unicodedata.normalize("NFC", found[: most * 4]).splitlines()
    return "\n".join(_printable(line) for line in lines).strip()[:most].rstrip()


def _printable(line: str) -> str:
    kept = (
        letter if letter.isprintable() or letter in _JOINERS else " " if letter.isspace() else ""
        for letter in line
        if not "\ud800" <= letter <= "\udfff"
    )
    return "".join(kept).rstrip()

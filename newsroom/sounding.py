"""Says under which key the spellings of one name meet, in Latin letters or Arabic: Moussa, Musa and موسى are one."""

import re

from newsroom.folding import fold

LONGEST = 100

# Names that only their vowels tell apart, though others of the same consonants are one name in many spellings.
_APART = {
    **dict.fromkeys(("hassan", "hasan", "hassane", "حسن"), "hsan"),
    **dict.fromkeys(("mahmoud", "mahmud", "mahmood", "mahmoed", "محمود"), "mhmud"),
}
_LATIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d", "ß": "ss"}
)
_APOSTROPHES = re.compile("['\u02bb-\u02bf]")
_SERVANT = re.compile(r"\b(abd)[\s-]?[aeiou][lrnstzd][\s-]?(?=[a-z]{2})")
_ARABIC_SERVANT = re.compile(r"\bعبد\s?ال(?=\w{2})")
_ARTICLE = re.compile(r"\b(?:a[lnrstzd]|as[hs]|el|es|ul)-|\b(?:al|el|ul|the)\s+(?=\w)")
_ARABIC_ARTICLE = re.compile(r"\b(?:وال|ال|لل)(?=\w{2})")
_SON = re.compile(r"\b(?:ibn|ben|bin)\b")
_ARABIC_SON = re.compile(r"\b(?:ابن|بن)\b")
# In this order: what several letters stand for before what one does. "x" is the sound of "sh".
_TOGETHER = [
    (re.compile(pattern), key)
    for pattern, key in (
        (r"tsch|tch|sch|sh|ch(?![rl])", "x"),
        (r"dj|g(?=[ei])", "j"),
        (r"kh|gh|gu(?=[ei])|ck|ch|q", "k"),
        (r"c(?=[eiy])", "s"),
        (r"ph", "f"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"\bou(?=[aeiou])", "w"),
        (r"ah\b", "a"),
        (r"(?<=[^aeiouy\W]{1})e\b", ""),
    )
]
_ONE = str.maketrans({"g": "k", "c": "k", "p": "b", "v": "f", "x": "x"})
_ARABIC = str.maketrans(
    {
        **dict(zip("بتثجحخدذرزسشصضطظغفقكلمنهپچڤگژ", "bttjhkddrzsxsdtzkfkklmnhbxfkj", strict=True)),
        **dict.fromkeys("ءعئؤ", ""),
    }
)
_IS_ARABIC = re.compile("[\u0621-\u06ff]")
_WORD = re.compile(r"\w+")
_TWICE = re.compile(r"([^\W\d])\1+")
_VOWELS = "aeiouy"


def sound(text: str) -> str:
    """Return the key of a name: its consonants as they sound, and that it begins or ends with a vowel.

    Case, accents, articles, doubled letters, spaces and the vowels within a word do not count. Arabic letters and
    their usual transliterations share a key; some share one that are different names. At most `LONGEST` characters;
    empty only where nothing was written.
    """
    plain = fold(text[: 4 * LONGEST]).translate(_LATIN)
    plain = _APOSTROPHES.sub("", plain)
    plain = _SERVANT.sub(r"\1 ", _SON.sub("bn", plain))
    plain = _ARTICLE.sub("", _ARABIC_SERVANT.sub("عبد ", plain))
    plain = _ARABIC_SON.sub("بن", _ARABIC_ARTICLE.sub("", plain))
    words = _WORD.findall(plain.replace("_", " "))
    return "".join(_key(word) for word in words)[:LONGEST] or plain[:LONGEST]


def beginning(text: str) -> str:
    """Return what the key of every name begins with that goes on as `text` does; its last vowel may not be the last."""
    key = sound(text)
    return key[:-1] if len(key) > 1 and key.endswith("a") else key


def after(key: str) -> str:
    """Return the first text that sorts behind everything that begins with `key`: the end of a walk along an index.

    Surrogates are passed over, for no database keeps them; behind the last character of all stands the key, prolonged.
    """
    following = ord(key[-1]) + 1
    if following == 0xD800:
        following = 0xE000
    return key[:-1] + chr(following) if following <= 0x10FFFF else key + key[-1]


def _key(word: str) -> str:
    if word in _APART:
        return _APART[word]
    key = _arabic(word) if _IS_ARABIC.search(word) else _latin(word)
    return key if set(key) - {"a"} else word


def _latin(word: str) -> str:
    for pattern, key in _TOGETHER:
        word = pattern.sub(key, word)
    word = _TWICE.sub(r"\1", word.translate(_ONE))
    first, last = word[:1], word[-1:]
    begins = "a" if first in _VOWELS[:-1] else first if first in "yw" else ""
    rest = word[1:] if begins else word
    inside = "".join(letter for letter in rest if letter not in _VOWELS and letter != "w")
    return begins + inside + ("a" if last in _VOWELS and len(word) > 1 else "")


def _arabic(word: str) -> str:
    bare = word.rstrip("ءع") or word
    begins = "a" if bare[0] in "اعء" else {"ي": "y", "و": "w"}.get(bare[0], "")
    is_open = bare[-1] in "اويه" or bare.endswith("اح")
    inside = bare[1:] if begins else bare
    inside = inside[:-1] if is_open else inside
    inside = inside.replace("لل", "ل")
    for vowel in "اوي":
        inside = inside.replace(vowel, "")
    return begins + inside.translate(_ARABIC) + ("a" if is_open and len(bare) > 1 else "")

"""Where a caption ends and its credit begins."""

from __future__ import annotations

import re

from articles.importing.reading.vocabulary import ABBREVIATIONS, CREDIT_WORDS, SIDES

_AGENCY = re.compile(
    r"(?<![^\W_])(?:reuters|afp|ap photo|ap|epa|epa-efe|efe|spa|kuna|wam|bna|qna|ona|sana|saba|mena|irna|isna|mehr|fars|dpa|upi|upa|tass"
    r"|itar-tass|ria novosti|xinhua|anadolu|ansa|petra|getty(?: images)?|corbis|nna|map|tap|aps|suna|wafa|maan|rex|sipa|gamma"
    r"|bloomberg|asharq al-awsat|aawsat|al-awsat|al-hayat|dalati|nohra|handout|courtesy|pool|file photo|photo|photograph(?:er)?"
    r"|archive|picture|images?|twitter|facebook|youtube|instagram|wikipedia|wikimedia|flickr)(?![^\W_])",
    re.IGNORECASE,
)
_START = re.compile(
    r"\((?=[^()]{0,80}\))|(?<![^\W_])(?:To match |REUTERS ?/|Reuters ?/|AFP[ /]|AP ?Photo|AP ?/|EPA ?/|Getty|Photo(?:graph)?(?: by|:)|Courtesy|Handout|Image:"
    r"|Source:|Credit:|SPA\b|KUNA\b|WAM\b)"
)
_TAIL = 260


def split_credit(caption: str) -> tuple[str, str | None]:
    """Split a caption into its text and its credit as printed, which may stand without a space behind the last stop.

    Whatever stands behind the last sentence and names an agency, or is in brackets, is the credit, with a date or an
    agency's own heading ("To match Insight …") that stands there too. In a last sentence without a stop the credit begins
    at the agency's name.
    """
    text = caption.strip()
    if text[-1:] not in ")],." and not _AGENCY.search(text[-_TAIL:]):
        return text, None
    bare = text[:-1] if text.endswith((").", "),")) else text
    floor = max(0, len(bare) - 600)
    last = 0
    for end in _sentence_ends(bare, floor):
        if bare[end:].strip():
            last = end
    tail = bare[last:].strip()
    if last and _is_credit(tail):
        return bare[:last].strip(), tail
    if (
        not last
        and len(bare) <= 120
        and _is_credit(tail)
        and _AGENCY.search(tail[:40])
        and "(" not in tail[1:]
    ):
        return "", tail
    for found in _START.finditer(bare, max(last, len(bare) - _TAIL)):
        rest = bare[found.start() :]
        glued = found.start() > last and bare[found.start() - 1].isalnum() and rest[0] != "("
        if not glued and _is_ending(rest):
            return bare[: found.start()].strip(" ,;-–"), rest.strip()
    return text, None


def has_credit(text: str) -> bool:
    """Whether a text ends as captions do."""
    return split_credit(text)[1] is not None


def names_agency(text: str) -> bool:
    """Whether a picture agency is named, as in the organisation of a dateline."""
    return _AGENCY.search(text) is not None


def _sentence_ends(text: str, floor: int) -> list[int]:
    """Where sentences end, outside brackets: the place behind the stop and its closing quotes."""
    ends = []
    depth = 0
    for at in range(floor, len(text)):
        character = text[at]
        if character == "(":
            depth = 1 if text.find(")", at) > at else 0
        elif character == ")":
            depth = 0
        elif depth == 0 and character in ".!?…":
            if character == "." and _abbreviates(text, at):
                continue
            end = at + 1
            while end < len(text) and text[end] in ".”’\"'":
                end += 1
            glued = text[end : end + 1].isdecimal() and text[at - 1 : at].isalpha()
            if end >= len(text) or text[end] in " (" or glued or _START.match(text, end):
                ends.append(end)
    return ends


def _abbreviates(text: str, at: int) -> bool:
    start = at
    while start > 0 and at - start < 8 and text[start - 1].isalpha():
        start -= 1
    word = text[start:at].lower()
    initial = len(word) == 1 and text[start:at].isupper() and text[at + 1 : at + 2] != "("
    return initial or word in ABBREVIATIONS


def _is_credit(tail: str) -> bool:
    """Whether what stands behind the last sentence is a credit and no beginning of another sentence."""
    if not tail or len(tail) > 220:
        return False
    if tail[0] in "([":
        close = tail.find(")" if tail[0] == "(" else "]")
        return (
            close > 0 and (len(tail) - close <= 40 or _AGENCY.search(tail) is not None) and _few_words(tail)
        )
    return _AGENCY.search(tail) is not None and _few_words(tail)


def _few_words(tail: str) -> bool:
    """No running text outside the brackets."""
    outside = re.sub(r"\([^()]*\)", " ", tail)
    running = [
        word for word in re.findall(r"[^\W\d_]+", outside) if word.islower() and word not in CREDIT_WORDS
    ]
    return not running


def _is_ending(rest: str) -> bool:
    """Whether a credit begins here, in a sentence that has no stop."""
    if not _few_words(rest) or not 2 <= len(rest) <= 220:
        return False
    if rest[0] != "(":
        return True
    close = rest.find(")")
    inside = rest[1:close].strip()
    if inside.lower() in SIDES or close < 0:
        return False
    if _AGENCY.search(inside):
        return True
    return close == len(rest) - 1 and "/" in inside

"""Tells the mending of a spelling, which readers need not be told of, from a change that they must know."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from articles import prose
from articles.models import Contents

# More words than this are no slips of the pen; a word may lose, gain or swap so many letters.
MOST_WORDS = 12
LONG_WORD, FEW_LETTERS, MORE_LETTERS = 5, 1, 2
TEXTS = {
    "kicker": "kicker",
    "headline": "headline",
    "standfirst": "standfirst",
    "dateline": "dateline",
    "body": "text",
}
SAME = {
    "slug": "the address", "language": "the language", "section": "the section", "bylines": "the byline",
}  # fmt: skip
# Words that turn a sentence round: never a slip.
TURNING = frozenset(
    re.split(
        " ",
        "no not never none nobody nothing nor neither without all every only hardly cannot can't don't didn't won't "
        "isn't wasn't aren't weren't doesn't لا لم لن ليس ليست غير بلا دون بدون ما كل فقط",
    )
)
# Words that may come or go by themselves.
LITTLE = frozenset(("a", "an", "the", "of", "to", "in", "on", "at", "and", "or", "that"))
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_ENDS_BEFORE = re.compile(r"(?:^|[.!?:؟]['\"’”)]*\s+|[\"“‘(\[]\s*)$")
INSTEAD = "Publish it as a correction if it was wrong, or as an update if it is new."


def more_than_spelling(before: Contents, after: Contents) -> list[str]:
    """Return why `after` does more than mend the spelling of `before`, each a sentence; nothing where it does not."""
    reasons = [
        f"{said[0].upper()}{said[1:]} changed, which is more than a spelling. {INSTEAD}"
        for name, said in SAME.items()
        if getattr(before, name) != getattr(after, name)
    ]
    if [(one.picture, one.credit) for one in before.pictures] != [
        (one.picture, one.credit) for one in after.pictures
    ]:
        reasons.append(f"The pictures or their credits changed, which is more than a spelling. {INSTEAD}")
    if prose.media_ids(before.body) != prose.media_ids(after.body):
        reasons.append(f"A picture moved in the text, which is more than a spelling. {INSTEAD}")
    if _links(before.body) != _links(after.body):
        reasons.append(f"A link changed, which is more than a spelling. {INSTEAD}")
    changed = 0
    for was, now in _texts(before, after):
        changed += _compare(was, now, reasons)
    if changed > MOST_WORDS:
        reasons.append(f"{changed} words changed; a silent fix mends at most {MOST_WORDS}. {INSTEAD}")
    return list(dict.fromkeys(reasons))


def _links(body: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', body)


def _texts(before: Contents, after: Contents) -> Iterator[tuple[str, str]]:
    """Give each text of the story as it was and as it is, line by line where it has lines."""
    for name in TEXTS:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield (prose.plain(was), prose.plain(now)) if name == "body" else (was, now)
    for one, other in zip(before.pictures, after.pictures, strict=False):
        yield one.caption or "", other.caption or ""
        yield one.alt, other.alt


def _compare(was: str, now: str, reasons: list[str]) -> int:
    """Add to `reasons` what changed between two texts beyond a spelling; return how many words did."""
    left, right = list(_WORD.finditer(was)), list(_WORD.finditer(now))
    if len(left) + len(right) > 20_000:
        left, right = left[:10_000], right[:10_000]
    matcher = SequenceMatcher(None, [one[0] for one in left], [one[0] for one in right], autojunk=False)
    changed = 0
    for change, start, stop, begin, end in matcher.get_opcodes():
        if change == "equal":
            continue
        gone, new = left[start:stop], right[begin:end]
        changed += max(len(gone), len(new))
        if changed <= MOST_WORDS:
            reasons += _more(was, gone, now, new)
    return changed


def _more(was: str, gone: list[re.Match[str]], now: str, new: list[re.Match[str]]) -> Iterator[str]:
    before, after = " ".join(one[0] for one in gone), " ".join(one[0] for one in new)
    told = (
        f"“{before}” became “{after}”"
        if before and after
        else f"“{before or after}” {'went' if before else 'came'}"
    )
    words = [one[0] for one in (*gone, *new)]
    if any(any(sign.isdigit() for sign in word) for word in words):
        yield f"{told}: a number changed. {INSTEAD}"
    elif any(_is_name(was, one) for one in gone) or any(_is_name(now, one) for one in new):
        yield f"{told}: a name or another word with a capital changed. {INSTEAD}"
    elif any(word.casefold().replace("’", "'") in TURNING for word in words):
        yield f"{told}: that may turn the sentence round. {INSTEAD}"
    elif not _is_slip([one[0].casefold() for one in gone], [one[0].casefold() for one in new], was, gone):
        yield f"{told}: that is another word, not another spelling. {INSTEAD}"


def _is_name(text: str, word: re.Match[str]) -> bool:
    """Say whether a word has a capital that no beginning of a sentence gives it."""
    if not any(sign.isupper() for sign in word[0]):
        return False
    begins = (
        _ENDS_BEFORE.search(text[max(0, word.start() - 6) : word.start()])
        or "\n" in text[max(0, word.start() - 1) : word.start()]
    )
    return not (begins and word[0][1:] == word[0][1:].lower())


def _is_slip(gone: list[str], new: list[str], was: str, found: list[re.Match[str]]) -> bool:
    one, other = "".join(gone).replace("-", ""), "".join(new).replace("-", "")
    if one == other:
        return True
    if not gone or not new:
        words = gone or new
        return (bool(gone) and _stands_twice(was, found)) or all(word in LITTLE for word in words)
    if len(gone) != len(new):
        return _apart(one, other) <= FEW_LETTERS
    return all(_is_near(left, right) for left, right in zip(gone, new, strict=True))


def _stands_twice(text: str, words: list[re.Match[str]]) -> bool:
    """Say whether the words that went stand right before or behind themselves, as a slip repeats them."""
    said = [one[0].casefold() for one in words]
    before = [
        one.casefold() for one in _WORD.findall(text[max(0, words[0].start() - 400) : words[0].start()])
    ]
    after = [one.casefold() for one in _WORD.findall(text[words[-1].end() : words[-1].end() + 400])]
    return said in (before[-len(said) :], after[: len(said)])


def _is_near(one: str, other: str) -> bool:
    if one in LITTLE and other in LITTLE:
        return True
    most = MORE_LETTERS if min(len(one), len(other)) >= LONG_WORD else FEW_LETTERS
    return abs(len(one) - len(other)) <= most and _apart(one, other) <= most


def _apart(one: str, other: str) -> int:
    """Return how many letters must be changed, put in, taken out or swapped with the next to make one word the other."""
    two_back: list[int] = []
    back = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        row = [i]
        for j, right in enumerate(other, start=1):
            least = min(back[j] + 1, row[j - 1] + 1, back[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                least = min(least, two_back[j - 2] + 1)
            row.append(least)
        two_back, back = back, row
    return back[-1]

"""What a Word file says beside its text: comments with the words they hang from, tracked changes, heads and feet, properties."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from lxml import etree

from articles.authoring.word.marks import Part, replace, words
from articles.authoring.word.opening import Word

LONGEST_PASSAGE = 80
_WORD = re.compile(r"\w+")
_ONLY_A_PAGE_NUMBER = re.compile(
    r"[\W\d_]*(page|seite|صفحة|страница|стр)?[\W\d_]*(of|von|من|из)?[\W\d_]*", re.I
)
# What is no letter and ends a word.
BETWEEN_WORDS = (
    "tab", "br", "cr", "softHyphen", "noBreakHyphen", "footnoteReference", "endnoteReference", "sym", "drawing", "pict",
)  # fmt: skip
_CORE = "docProps/core.xml"


def comments_marked(part: Part, comments: dict[str, str]) -> None:
    """Put a note where each comment stands, with the words it hangs from; those used are taken out of `comments`."""
    passages: dict[str, list[str]] = {}
    opened: set[str] = set()
    for one in part.tree.iter():
        kind = etree.QName(one).localname if isinstance(one.tag, str) else ""
        if kind == "commentRangeStart":
            opened.add(part.value(one, "id"))
        elif kind == "commentRangeEnd":
            opened.discard(part.value(one, "id"))
        elif kind == "t":
            for key in opened:
                passages.setdefault(key, []).append(one.text or "")
    for one in part.all("commentReference"):
        key = part.value(one, "id")
        said = comments.pop(key, "")
        on = " ".join("".join(passages.get(key, ())).split())
        if len(on) > LONGEST_PASSAGE:
            on = on[:LONGEST_PASSAGE].rpartition(" ")[0] + "…"
        replace(one, *([part.note(_said_on(said, on))] if said else ()))


def _said_on(said: str, passage: str) -> str:
    who, _, words_said = said.partition("\n")
    return f"{who}{f' on “{passage}”' if passage else ''}: {words_said}"


def comments_of(word: Word) -> dict[str, str]:
    """Return the comments by their id: who said it on the first line, then what was said."""
    found = {}
    for name in word.parts("comments") or [f"{word.main.rpartition('/')[0]}/comments.xml"]:
        tree = word.tree(name)
        part = Part(word, name, tree, []) if tree is not None else None
        for one in part.all("comment") if part else ():
            said = (
                " / ".join(text for text in map(words, one.iter(f"{{{part.space}}}p")) if text)
                if part
                else ""
            )
            if part and said:
                who = " ".join(part.value(one, "author").split()) or "Comment"
                found[part.value(one, "id")] = f"{who}\n{said}"
    return found


def changes_in(part: Part) -> Counter[str]:
    """Count the tracked changes of a part."""
    kinds = {"ins": "insertions", "moveTo": "insertions", "del": "deletions", "moveFrom": "deletions"}
    counted: Counter[str] = Counter()
    for name, kind in kinds.items():
        for one in part.all(name):
            if next(one.iter(part.w("t"), part.w("delText")), None) is not None:
                counted[kind] += 1
    return counted


def paragraphs(part: Part) -> list[str]:
    """Return the words of each paragraph of a part as they stand when its changes are accepted."""
    found: dict[Any, list[str]] = {}
    for one in part.tree.iter(part.w("t"), *map(part.w, BETWEEN_WORDS)):
        own = _standing_in(part, one)
        if own is not None:
            found.setdefault(own, []).append((one.text or "") if one.tag == part.w("t") else " ")
    return [" ".join("".join(texts).split()) for texts in found.values()]


def _standing_in(part: Part, text: etree._Element) -> etree._Element | None:
    """Return the paragraph of a text, None where it was deleted."""
    own = None
    for one in text.iterancestors():
        if one.tag in (part.w("del"), part.w("moveFrom")):
            return None
        if one.tag == part.w("tr") and part.under(one, "trPr", "del") is not None:
            return None
        if own is None and one.tag == part.w("p"):
            own = one
    return own


def lost(wanted: Iterable[str], kept: Iterable[str]) -> list[str]:
    """Return the paragraphs of which any word is not among those kept, each word counted as often as it stands."""
    there = Counter(found for text in kept for found in _WORD.findall(text))
    missing = []
    for paragraph in wanted:
        own = Counter(_WORD.findall(paragraph))
        if any(there[one] < times for one, times in own.items()):
            missing.append(paragraph)
        there.subtract(own)
    return missing


def heads_and_feet(word: Word) -> list[str]:
    """Return what stands over and under the pages, each once; page numbers are not said."""
    found = []
    for kind, name in (("header", "Head"), ("footer", "Foot")):
        for part_name in word.parts(kind):
            tree = word.tree(part_name)
            said = words(tree) if tree is not None else ""
            if said and not _ONLY_A_PAGE_NUMBER.fullmatch(said):
                found.append(f"{name} of the Word file’s pages: {said}")
    return list(dict.fromkeys(found))


def properties(word: Word) -> tuple[str, str]:
    """Return the document's title and its author, as its properties state them."""
    try:
        tree = word.tree(_CORE)
    except etree.LxmlError:
        return "", ""
    said = {etree.QName(one).localname: one.text or "" for one in tree} if tree is not None else {}
    return " ".join(said.get("title", "").split()), " ".join(said.get("creator", "").split())

"""Is what runs in the bounded process: opens the Word file, prepares, converts and accounts for it, leaves what it found."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from lxml import etree

from articles.authoring.word import told
from articles.authoring.word.blocks import Blocks, language_of, note
from articles.authoring.word.converting import Pictures, converted, rewritten
from articles.authoring.word.marks import Part
from articles.authoring.word.opening import DAMAGE, Word, opened
from articles.authoring.word.preparing import prepare
from articles.authoring.word.refusing import DAMAGED, TOO_MUCH, Refused
from articles.authoring.word.styles import Styles
from newsroom import bounds

MEMORY = 1024 * 1024**2
PROCESSOR_SECONDS = 12
LARGEST_WRITTEN = 200 * 1024**2
DEEPEST = 2_000
FOUND_NO_PLACE = "These words of the Word file found no place in the text: "


def main(file: str, folder: str, order: str = "{}") -> None:
    """Read the Word file `file`; `order` (JSON) may say the `language` of the story it comes into."""
    bounds.limit(memory=MEMORY, seconds=PROCESSOR_SECONDS, largest_file=LARGEST_WRITTEN)
    sys.setrecursionlimit(DEEPEST)
    try:
        result = read(Path(file), Path(folder), str(json.loads(order).get("language") or ""))
    except Refused as refused:
        result = {"refused": str(refused)}
    except (MemoryError, RecursionError):
        result = {"refused": TOO_MUCH}
    except DAMAGE:
        result = {"refused": DAMAGED}
    bounds.leave(Path(folder), result)


def read(file: Path, folder: Path, language: str) -> dict[str, Any]:
    """Return the text of a Word file as blocks, and what there is to say of it; its pictures are put into `folder`."""
    word = opened(file)
    comments = told.comments_of(word)
    noted = len(comments)
    notes: list[str] = []
    wanted, changes = _prepared(word, file, comments, notes)
    notes += [": ".join(said.split("\n", 1)) for said in comments.values()]
    pictures = Pictures(folder)
    html = converted(file, pictures)
    spoken = language or language_of(wanted)
    text = Blocks("rtl" if spoken == "ar" else "ltr", notes)
    text.read(html)
    beside = told.heads_and_feet(word)
    missing = told.lost(wanted, text.texts())
    beside += [f"{FOUND_NO_PLACE}{one}" for one in missing]
    title, author = told.properties(word)
    return {
        "headline": text.headline,
        "standfirst": text.standfirst,
        "blocks": text.blocks + [note(one) for one in beside],
        "language": spoken,
        "kinds": pictures.kinds,
        "title": title,
        "author": author,
        "counts": {
            **changes,
            "comments": noted,
            "footnotes": text.footnotes,
            "notes": len(notes) - noted + len(beside),
        },
    }


def _prepared(
    word: Word, file: Path, comments: dict[str, str], notes: list[str]
) -> tuple[list[str], Counter[str]]:
    """Prepare the parts that hold text, in the file itself, and return their paragraphs and how much was tracked."""
    styles = Styles(word)
    wanted: list[str] = []
    changes: Counter[str] = Counter()
    changed: list[tuple[str, bytes]] = []
    folder = word.main.rpartition("/")[0]
    for kind in ("", "footnotes", "endnotes"):
        names = (word.parts(kind) or [f"{folder}/{kind}.xml"]) if kind else [word.main]
        for name in names:
            tree = word.tree(name)
            if tree is None:
                continue
            part = Part(word, name, tree, notes)
            changes += told.changes_in(part)
            prepare(part, styles)
            told.comments_marked(part, comments)
            wanted += told.paragraphs(part)
            changed.append((name, etree.tostring(tree, encoding="UTF-8", xml_declaration=True)))
    rewritten(file, changed)
    return wanted, changes

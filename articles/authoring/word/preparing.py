"""Makes a Word file's text plain before the library converts it: what the library would drop is unwrapped, named or marked."""

import re
from collections.abc import Callable

from lxml import etree

from articles.authoring.word.marks import RIGHT_TO_LEFT, Part, replace, words
from articles.authoring.word.styles import Styles

DEEPEST_LIST = 4
_LEFT = {"chart": "A chart", "diagram": "A diagram", "chartex": "A chart"}
LONGEST_WORDS = 2_000
NO_FILE = "A picture of the Word file could not be read out of it. Drop its file here, or press Picture."
_WAY = re.compile(r"\{[^}]*/relationships\}(id|embed|link)")


def prepare(part: Part, styles: Styles) -> None:
    """Change a part's tree, so that nothing in it is lost and each thing is called by the name that says what it is."""
    steps: tuple[Callable[[Part], None], ...] = (
        without_bookmarks, alternatives_chosen, ways_that_lead_nowhere, drawings_named, text_boxes_out, unwrapped, formulas_as_text,
        hidden_told, embedded_told, bold_as_written, lists_not_too_deep,
    )  # fmt: skip
    for step in steps:
        step(part)
    for paragraph in part.all("p"):
        styles.name_kind(part, paragraph)
        if styles.is_right_to_left(part, paragraph):
            _first(part, paragraph, part.bookmark(RIGHT_TO_LEFT))


def _first(part: Part, paragraph: etree._Element, mark: etree._Element) -> None:
    properties = part.under(paragraph, "pPr")
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, mark)


def without_bookmarks(part: Part) -> None:
    """Take the file's own bookmarks out: nothing in a story leads to them, and their names could be ours."""
    for name in ("bookmarkStart", "bookmarkEnd"):
        for one in part.all(name):
            replace(one)


def alternatives_chosen(part: Part) -> None:
    """Of what is there in two ways keep the older, which the library reads, unless it says less."""
    for either in list(part.tree.iter("{*}AlternateContent")):
        ways = [one for one in either if isinstance(one.tag, str)]
        older = [one for one in ways if etree.QName(one).localname == "Fallback"]
        best = max([*older, *[one for one in ways if one not in older]], key=_said, default=None)
        replace(either, *(best if best is not None else ()))


def _said(way: etree._Element) -> int:
    pictures = len(list(way.iter("{*}blip", "{*}imagedata")))
    return len(words(way)) + 20 * pictures


def ways_that_lead_nowhere(part: Part) -> None:
    """Keep the words of a link whose address is missing, and say where a picture or a footnote is: the library would give up."""
    known = {one.key for one in part.word.related(part.name)}
    for one in list(part.tree.iter(part.w("hyperlink"), "{*}blip", "{*}imagedata", "{*}hlinkClick")):
        for name in [name for name in one.attrib if _WAY.fullmatch(name) and one.get(name) not in known]:
            del one.attrib[name]
            if etree.QName(one).localname in ("blip", "imagedata"):
                _tell_beside(part, one, NO_FILE)
    for kind in ("footnote", "endnote"):
        there = part.word.note_ids(kind)
        for one in part.all(f"{kind}Reference"):
            if part.value(one, "id") not in there:
                replace(one, part.note(f"A {kind} of the Word file is missing from it here."))


def _tell_beside(part: Part, element: etree._Element, sentence: str) -> None:
    run = next(element.iterancestors(part.w("r")), None)
    if run is not None:
        run.addnext(part.note(sentence))


def drawings_named(part: Part) -> None:
    """Give each picture of a group a place of its own, and a note for what is drawn by a program: charts, diagrams."""
    targets = {one.key: one.target for one in part.word.related(part.name)}
    for drawing in part.all("drawing"):
        for graphic in drawing.iter("{*}graphicData"):
            kind = (graphic.get("uri") or "").rpartition("/")[2]
            if kind in _LEFT:
                keys = [value for one in graphic for value in one.attrib.values()]
                trees = [part.word.tree(targets[key]) for key in keys if key in targets]
                said = " ".join(words(tree) for tree in trees if tree is not None)[:LONGEST_WORDS]
                told = f" Its words: {said}" if said else ""
                drawing.addnext(part.note(f"{_LEFT[kind]} of the Word file could not be taken in.{told}"))
        _ungroup(drawing)


def _ungroup(drawing: etree._Element) -> None:
    graphic = next(drawing.iter("{*}graphicData"), None)
    pictures = list(drawing.iter("{*}pic"))
    if graphic is not None and pictures and pictures[0].getparent() is not graphic:
        for one in pictures:
            graphic.append(one)


def text_boxes_out(part: Part) -> None:
    """Let the paragraphs of a drawn text box follow the paragraph that it hangs from."""
    for box in part.all("txbxContent"):
        if next(box.iterancestors(part.w("drawing")), None) is None:
            continue  # the older kind, which the library reads
        outer = list(box.iterancestors(part.w("p")))
        if outer:
            for block in reversed(list(box)):
                outer[-1].addnext(block)


def unwrapped(part: Part) -> None:
    """Take off what the library does not know and what only wraps text: fields, changes of direction, readings."""
    for name in ("fldSimple", "dir", "bdo", "rubyBase", "ruby"):
        for one in reversed(part.all(name)):
            replace(one, *one)


def formulas_as_text(part: Part) -> None:
    """Write each formula as its signs in a row, and ask the editor to look at it."""
    for name in ("oMathPara", "oMath"):
        for one in list(part.tree.iter(f"{{*}}{name}")):
            text = "".join(sign.text or "" for sign in one.iter("{*}t"))
            if text:
                told = f"A formula of the Word file stands here as plain text: {text} Check it."
                replace(one, part.run(text), part.note(told))


def hidden_told(part: Part) -> None:
    """Hidden text is not printed by Word and is not to be printed here: it becomes a note."""
    for run in part.all("r"):
        if part.is_on(part.under(run, "rPr", "vanish")):
            said = words(run)
            replace(run, *([part.note(f"Hidden text of the Word file: {said}")] if said else []))


def embedded_told(part: Part) -> None:
    """Say where another file is embedded in the text, which Word alone can read."""
    for one in part.all("altChunk"):
        paragraph = etree.Element(part.w("p"))
        told = "Part of the Word file is another file embedded in it, and was not read. Copy it from Word and paste it here."
        paragraph.append(part.note(told))
        replace(one, paragraph)


def bold_as_written(part: Part) -> None:
    """Arabic and Hebrew have marks of their own for bold and italic: they count where the others say nothing."""
    for run in part.all("r"):
        properties = part.under(run, "rPr")
        if properties is None or not part.is_on(part.under(properties, "rtl")):
            continue
        for name in ("b", "i"):
            is_there = part.is_on(part.under(properties, f"{name}Cs"))
            if is_there and part.under(properties, name) is None:
                etree.SubElement(properties, part.w(name))


def lists_not_too_deep(part: Part) -> None:
    """A line deeper than the library counts stands at the deepest that it does."""
    for level in part.all("ilvl"):
        digits = part.value(level)
        if digits.isdigit() and int(digits) > DEEPEST_LIST:
            level.set(part.w("val"), str(DEEPEST_LIST))

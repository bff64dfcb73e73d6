"""What a Word file's styles make of a paragraph, theirs and the ones they are based on: heading, quotation, caption, direction."""

from dataclasses import dataclass

from lxml import etree

from articles.authoring.word.marks import Part
from articles.authoring.word.opening import Word

# The names that our map of styles knows (`converting.STYLES`), and all that begin with these.
KNOWN = frozenset(
    {
        "title", "subtitle", "caption", "quote", "intense quote", "block text", "quotations", "pull quote",
        "illustration", "figure", "drawing",
    }
)  # fmt: skip
HEADING = "heading "
HIGHEST = 9


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph style: its name in small letters, what it is based on, its level in the outline, its direction."""

    key: str
    name: str
    based_on: str
    level: int | None
    is_right_to_left: bool | None


class Styles:
    """The paragraph styles of a file by their id."""

    def __init__(self, word: Word) -> None:
        self.by_key: dict[str, Style] = {}
        self.standard = ""
        for name in word.parts("styles"):
            tree = word.tree(name)
            if tree is not None:
                self._read(Part(word, name, tree, []))
        self.by_name = {one.name: one.key for one in self.by_key.values()}

    def _read(self, part: Part) -> None:
        for one in part.all("style"):
            if part.value(one, "type") not in ("paragraph", ""):
                continue
            key = part.value(one, "styleId")
            level, bidi = part.under(one, "pPr", "outlineLvl"), part.under(one, "pPr", "bidi")
            self.by_key[key] = Style(
                key=key,
                name=part.value(part.under(one, "name")).strip().lower(),
                based_on=part.value(part.under(one, "basedOn")),
                level=_level(part.value(level)),
                is_right_to_left=None if bidi is None else part.is_on(bidi),
            )
            if part.value(one, "default") in ("1", "true"):
                self.standard = key

    def chain(self, key: str) -> list[Style]:
        """Return a style and those it is based on, nearest first."""
        found: list[Style] = []
        while key in self.by_key and self.by_key[key] not in found:
            found.append(self.by_key[key])
            key = found[-1].based_on
        return found

    def is_right_to_left(self, part: Part, paragraph: etree._Element) -> bool:
        """Say whether a paragraph runs from right to left, by its own word or its style's."""
        own = part.under(paragraph, "pPr", "bidi")
        if own is not None:
            return part.is_on(own)
        key = part.value(part.under(paragraph, "pPr", "pStyle")) or self.standard
        return next(
            (one.is_right_to_left for one in self.chain(key) if one.is_right_to_left is not None), False
        )

    def name_kind(self, part: Part, paragraph: etree._Element) -> None:
        """Let a paragraph whose style is made from a heading, a quotation and so on bear that one's name."""
        style = part.under(paragraph, "pPr", "pStyle")
        chain = self.chain(part.value(style))
        kind = next((one for one in chain if one.name in KNOWN or one.name.startswith(HEADING)), None)
        if kind is not None and style is not None:
            style.set(part.w("val"), kind.key)
            return
        own = _level(part.value(part.under(paragraph, "pPr", "outlineLvl")))
        level = own if own is not None else next((one.level for one in chain if one.level is not None), None)
        if level is None or level >= HIGHEST:
            return
        properties = part.under(paragraph, "pPr")
        if properties is None:
            return
        if style is None:
            style = etree.Element(part.w("pStyle"))
            properties.insert(0, style)
        style.set(part.w("val"), f"Heading{min(level, 5) + 1}")


def _level(said: str) -> int | None:
    return int(said) if said.isdigit() and len(said) < 3 else None

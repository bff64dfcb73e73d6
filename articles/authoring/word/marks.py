"""Signs put into a Word file's XML before the library reads it, so that what it would drop is found again in its HTML."""

from lxml import etree

from articles.authoring.word.opening import Word

# Bookmarks are what the library hands on untouched, as the id of an empty link.
RIGHT_TO_LEFT = "newsroom-rtl"
NOTE = "newsroom-note-"


class Part:
    """One part of the text (the body, the footnotes) as a tree to be changed, with its own namespace's names."""

    def __init__(self, word: Word, name: str, tree: etree._Element, notes: list[str]) -> None:
        self.word, self.name, self.tree, self.notes = word, name, tree, notes
        self.space = etree.QName(tree).namespace or ""

    def w(self, local: str) -> str:
        """Return the full name of one of Word's elements or attributes."""
        return f"{{{self.space}}}{local}"

    def all(self, local: str) -> list[etree._Element]:
        """Return all elements of a name, in the order of the text, as they stand now."""
        return list(self.tree.iter(self.w(local)))

    def value(self, element: etree._Element | None, name: str = "val") -> str:
        """Return an attribute, "" where there is no such element or attribute."""
        return "" if element is None else element.get(self.w(name)) or ""

    def is_on(self, element: etree._Element | None) -> bool:
        """Say whether a switch such as <w:b/> is there and on."""
        return element is not None and self.value(element) not in ("0", "false", "off")

    def under(self, element: etree._Element, *path: str) -> etree._Element | None:
        """Return the first element down a path of children."""
        return element.find("/".join(self.w(one) for one in path))

    def bookmark(self, name: str) -> etree._Element:
        """Return a bookmark, to be put where something is to be found again."""
        mark = etree.Element(self.w("bookmarkStart"))
        mark.set(self.w("id"), "0")
        mark.set(self.w("name"), name)
        return mark

    def note(self, sentence: str) -> etree._Element:
        """Return the sign that leaves a note to the editor behind the paragraph in which it is put."""
        self.notes.append(sentence)
        return self.bookmark(f"{NOTE}{len(self.notes) - 1}")

    def run(self, text: str) -> etree._Element:
        """Return a run of plain text."""
        run = etree.Element(self.w("r"))
        etree.SubElement(run, self.w("t")).text = text
        return run

    def paragraph_of(self, element: etree._Element) -> etree._Element | None:
        """Return the paragraph that an element stands in."""
        return next(element.iterancestors(self.w("p")), None)


def replace(element: etree._Element, *others: etree._Element) -> None:
    """Put others in the place of an element; XML's own space behind it stays nowhere."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    parent.remove(element)
    for number, one in enumerate(others):
        parent.insert(place + number, one)


def words(element: etree._Element) -> str:
    """Return all text in an element that any of Office's languages calls text, paragraph by paragraph."""
    said: list[str] = []
    last: etree._Element | None = None
    for one in element.iter("{*}t", "{*}v", "{*}tab", "{*}br", "{*}cr"):
        is_text = etree.QName(one).localname in "tv"
        holder = next(one.iterancestors("{*}p"), one)
        said += [] if holder is last else [" "]
        said.append((one.text or "") if is_text else " ")
        last = holder
    return " ".join("".join(said).split())

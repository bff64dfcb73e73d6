"""Opens a Word file by what it holds, never by its name, and reads its parts within caps; refuses with a sentence."""

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from lxml import etree

from articles.authoring.word.refusing import BOMB, DAMAGED, DOCTYPE, LOCKED, NO_WORD, OLD_DOC, Refused, is_a

# What no text has: so many parts, so many bytes unpacked, so many bytes in one part of XML.
MOST_PARTS = 3_000
LARGEST_UNPACKED = 160 * 1024**2
LARGEST_XML = 12 * 1024**2
# What zipfile, zlib and lxml let through on files that are no Word files.
DAMAGE = (
    OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, NotImplementedError, RuntimeError,
    zipfile.BadZipFile, zlib.error, EOFError, etree.LxmlError, expat.ExpatError,
)  # fmt: skip

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BEGINNINGS = {
    b"%PDF": "a PDF",
    b"{\\rtf": "a file in Rich Text Format (.rtf)",
    b"\xff\xd8\xff": "a picture",
    b"\x89PNG": "a picture",
}
_HOLDING = {"xl/workbook.xml": "a spreadsheet", "ppt/presentation.xml": "a presentation"}
# The parts whose XML the library reads, by what they are to the text.
READ = ("styles", "numbering", "comments", "footnotes", "endnotes")
_TYPES = "[Content_Types].xml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Relation:
    """One part's way to another: its id, the last word of its kind, the part's name, "" where it lies outside."""

    key: str
    kind: str
    target: str


class Word:
    """The parts of an open Word file; `main` names the one that holds the text."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file
        self.names = set(file.namelist())
        self._read: dict[str, etree._Element | None] = {}
        mains = [one.target for one in self.related("") if one.kind == "officeDocument"]
        self.main = next((one for one in mains if one in self.names), "word/document.xml")

    def tree(self, name: str) -> etree._Element | None:
        """Return a part's XML, None where there is no such part; the same each time."""
        if name not in self._read:
            parser = etree.XMLParser(
                resolve_entities=False,
                no_network=True,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            self._read[name] = etree.fromstring(self.file.read(name), parser) if name in self.names else None
        return self._read[name]

    def related(self, part: str) -> list[Relation]:
        """Return the ways from a part ("": the whole file) to others."""
        folder, base = posixpath.split(part)
        tree = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = []
        for one in tree.iter(_RELATION) if tree is not None else ():
            is_outside = one.get("TargetMode") == "External"
            target = posixpath.normpath(posixpath.join("/", folder, one.get("Target") or "")).lstrip("/")
            kind = (one.get("Type") or "").rpartition("/")[2]
            found.append(Relation(one.get("Id") or "", kind, "" if is_outside else target))
        return found

    def parts(self, kind: str) -> list[str]:
        """Return the parts of a kind that belong to the text."""
        targets = [one.target for one in self.related(self.main) if one.kind == kind]
        return list(dict.fromkeys(one for one in targets if one in self.names))

    def note_ids(self, kind: str) -> set[str]:
        """Return the ids of the footnotes or endnotes that are there; `kind` is footnote or endnote."""
        folder = posixpath.dirname(self.main)
        trees = [
            self.tree(name) for name in self.parts(f"{kind}s") or [posixpath.join(folder, f"{kind}s.xml")]
        ]
        notes = [one for tree in trees if tree is not None for one in tree.iter(f"{{*}}{kind}")]
        return {value for one in notes for name, value in one.attrib.items() if name.endswith("}id")}


def opened(path: Path) -> Word:
    """Return the Word file at `path`. Raises `Refused` for what is none, is damaged, locked, or too much when unpacked."""
    beginning = path.read_bytes()[: 64 * 1024]
    if beginning.startswith(_OLE):
        raise Refused(LOCKED if _is_encrypted(path) else OLD_DOC)
    for sign, kind in _BEGINNINGS.items():
        if beginning.startswith(sign):
            raise Refused(is_a(kind))
    if not beginning.startswith(b"PK"):
        raise Refused(NO_WORD)
    try:
        word = _checked(zipfile.ZipFile(path))
    except DAMAGE as damage:
        raise Refused(DAMAGED) from damage
    return word


def _is_encrypted(path: Path) -> bool:
    return _ENCRYPTED in path.read_bytes()


def _checked(file: zipfile.ZipFile) -> Word:
    entries = file.infolist()
    names = {one.filename for one in entries}
    if len(entries) > MOST_PARTS or sum(one.file_size for one in entries) > LARGEST_UNPACKED:
        raise Refused(BOMB)
    if any(one.flag_bits & 1 for one in entries):
        raise Refused(LOCKED)
    if "mimetype" in names and b"opendocument" in file.read("mimetype")[:200]:
        raise Refused(is_a("an OpenDocument file (.odt)"))
    for name, kind in _HOLDING.items():
        if name in names:
            raise Refused(is_a(kind))
    if _TYPES not in names:
        raise Refused(NO_WORD)
    for one in entries:
        if one.filename.endswith((".xml", ".rels")):
            _check_declarations(file, one)
    word = Word(file)
    read = [part for kind in READ for part in word.parts(kind)]
    if not all(name.endswith(".xml") for name in (word.main, *read)):
        raise Refused(NO_WORD)
    main = word.tree(word.main)
    if main is None or etree.QName(main).localname != "document":
        raise Refused(NO_WORD)
    return word


def _check_declarations(file: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse a part that is too long, or declares anything of its own: that is how XML grows when it is read."""
    if entry.file_size > LARGEST_XML:
        raise Refused(BOMB)

    def declared(*_: object) -> None:
        raise Refused(DOCTYPE)

    reader = expat.ParserCreate()
    reader.StartDoctypeDeclHandler = declared
    try:
        reader.Parse(file.read(entry), True)
    except expat.ExpatError:
        return  # a part that nobody reads may be broken; one that is read says so itself

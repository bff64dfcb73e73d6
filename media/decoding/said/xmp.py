"""Reads XMP packets (ISO 16684-1) under the newsroom's names: no DTD, no entities, bounded in size, depth and number."""

from collections.abc import Iterator
from typing import Any, cast
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from media.decoding.said import dates, letters
from media.decoding.said.fields import FIELDS, INNER, PLUS_WORDS, Field, Kind

LARGEST = 4 * 1024 * 1024
_DEEPEST = 12
_MOST_NODES = 20_000
_MOST_THINGS = 30

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "Iptc4xmpExt",
    "http://ns.useplus.org/ldf/xmp/1.0/": "plus",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://cipa.jp/exif/1.0/": "exifEX",
    "http://ns.adobe.com/exif/1.0/aux/": "aux",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
}


class Languages(dict[str, str]):
    """One text in several languages, by tag; the one for all is "x-default"."""


class _Tree:
    """Turns RDF into texts, lists, dicts and Languages; stops where a packet has far too much in it."""

    def __init__(self) -> None:
        self.left = _MOST_NODES

    def properties(self, element: Element, depth: int = 0) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, text in element.attrib.items():
            known = _name(name)
            if known:
                found.setdefault(known, text)
        for child in element:
            known = _name(child.tag)
            if known and self.left > 0:
                self.left -= 1
                found.setdefault(known, self.value(child, depth + 1))
        return found

    def value(self, element: Element, depth: int) -> Any:
        if depth > _DEEPEST:
            return ""
        if element.get(_RDF + "parseType") == "Resource":
            return self.properties(element, depth)
        first = next(iter(element), None)
        if first is None:
            resource = element.get(_RDF + "resource")
            parts = self.properties(element, depth) if element.attrib else {}
            return resource or parts or element.text or ""
        if first.tag == _RDF + "Alt":
            return Languages(self._languages(first, depth))
        if first.tag in {_RDF + "Bag", _RDF + "Seq"}:
            return list(self._members(first, depth))
        if first.tag == _RDF + "value":
            return first.text or ""
        if first.tag == _RDF + "Description":
            plain = first.find(_RDF + "value")
            return (plain.text or "") if plain is not None else self.properties(first, depth + 1)
        return self.properties(element, depth)

    def _members(self, listed: Element, depth: int) -> Iterator[Any]:
        for member in listed.iterfind(_RDF + "li"):
            if self.left <= 0:
                return
            self.left -= 1
            yield self.value(member, depth + 1)

    def _languages(self, listed: Element, depth: int) -> Iterator[tuple[str, str]]:
        for number, member in enumerate(listed.iterfind(_RDF + "li")):
            if self.left <= 0 or number > 40:
                return
            self.left -= 1
            value = self.value(member, depth + 1)
            if isinstance(value, str):
                yield member.get(_LANG, "x-default")[:35], value


def read(packets: list[bytes]) -> dict[str, Any]:
    """Return what the packets say, by our names; the first that says a thing is believed."""
    found: dict[str, Any] = {}
    for packet in packets:
        root = _parsed(packet[:LARGEST]) if len(packet) <= LARGEST else None
        rdf = None if root is None else root if root.tag == _RDF + "RDF" else root.find(f".//{_RDF}RDF")
        tree = _Tree()
        for described in () if rdf is None else rdf.iterfind(_RDF + "Description"):
            for name, value in tree.properties(described).items():
                found.setdefault(name, value)
    said: dict[str, Any] = {}
    for field in FIELDS:
        if field.xmp in found:
            said |= _kept(field, found[field.xmp])
    # When a file was made is when the picture was taken only where a camera made it.
    for date in ("exif:DateTimeOriginal", "xmp:CreateDate" if "tiff:Model" in found else ""):
        if "taken_at" not in said and isinstance(found.get(date), str) and dates.iso(found[date]):
            said["taken_at"] = dates.iso(found[date])
    for name, properties in (
        ("lens", ("aux:Lens", "exifEX:LensModel")),
        ("camera_make", ("tiff:Make",)),
        ("camera_model", ("tiff:Model",)),
    ):
        value = next((found[one] for one in properties if isinstance(found.get(one), str)), "")
        if letters.tidy(value, 200):
            said[name] = letters.tidy(value, 200)
    return said


def _name(tag: str) -> str:
    namespace, _, name = tag.removeprefix("{").partition("}")
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{name}" if prefix else ""


def _parsed(packet: bytes) -> Element | None:
    """Return the packet's root; a packet with rubbish around it or controls inside is tried once more without."""
    cleaned = packet.strip(b"\0 \r\n\t")
    start, end = cleaned.find(b"<rdf:RDF"), cleaned.rfind(b"</rdf:RDF>")
    core = cleaned[start : end + 10] if 0 <= start < end else b""
    without = bytes(byte for byte in core if byte >= 32 or byte in b"\t\r\n") if core else b""
    for tried in dict.fromkeys((cleaned, without)):
        try:
            if tried:
                return cast("Element", fromstring(tried, forbid_dtd=True))
        except DefusedXmlException:
            return None
        except (ParseError, ValueError, LookupError):
            continue
    return None


def _kept(field: Field, value: Any) -> dict[str, Any]:
    """Return {our name: value} in the field's kind, whatever shape the packet gave it; {} where there is nothing."""
    if field.kind is Kind.LANGUAGES and isinstance(value, Languages):
        others = {tag: letters.tidy(text, field.most) for tag, text in value.items() if tag != "x-default"}
        others = {letters.tidy(tag, 35): text for tag, text in others.items() if text}
        return {field.name: _text(value, field.most)} | ({f"{field.name}_in": others} if others else {})
    if field.kind in {Kind.PARTS, Kind.THINGS}:
        things = [_thing(field.parts or {}, one) for one in _listed(value)[:_MOST_THINGS]]
        things = [one for one in things if one]
        if not things:
            return {}
        return {field.name: things[0] if field.kind is Kind.PARTS else things}
    if field.kind is Kind.LIST:
        texts = [_text(one, field.most) for one in _listed(value)[:300]]
        return {field.name: list(dict.fromkeys(one for one in texts if one))}
    text = _text(value, field.most)
    if field.kind is Kind.DATE:
        return {field.name: dates.iso(text)} if dates.iso(text) else {}
    if field.xmp.startswith("plus:"):
        text = PLUS_WORDS.get(text.rsplit("/", 1)[-1], text)
    return {field.name: text}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value == "" else [value]


def _text(value: Any, most: int) -> str:
    """Return the text of a plain value, of the default language, or of the first of a list."""
    if isinstance(value, Languages):
        value = value.get("x-default") or next(iter(value.values()), "")
    while isinstance(value, list):
        value = value[0] if value else ""
    return letters.tidy(value, most) if isinstance(value, str) else ""


def _thing(parts: dict[str, str], value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or isinstance(value, Languages):
        # A thing that is only named is better than none.
        name = _text(value, 500)
        return {"name": name} if name and "name" in parts.values() else {}
    thing: dict[str, Any] = {}
    for xmp, ours in parts.items():
        member = value.get(xmp, "")
        if xmp in INNER:
            kept: Any = [one for one in (_thing(INNER[xmp], each) for each in _listed(member)[:10]) if one]
        elif isinstance(member, list):
            kept = [one for one in (_text(each, 500) for each in member[:20]) if one]
        else:
            kept = _text(member, 2_000)
            kept = dates.iso(kept) or kept if ours.endswith("_at") else kept
        if kept:
            thing[ours] = kept
    return thing

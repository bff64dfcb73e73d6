"""Draws small pictures and builds hostile files for the intake's tests."""

import io
import struct
import zipfile
import zlib

from PIL import Image, ImageDraw


def picture(size=(900, 600), colour="steelblue"):
    """Return a picture with its top left corner red, so that its turning shows."""
    drawn = Image.new("RGB", size, colour)
    ImageDraw.Draw(drawn).rectangle((0, 0, size[0] // 3, size[1] // 3), fill="red")
    return drawn


def file(drawn=None, kind="JPEG", name="harbour.jpg", **saved):
    """Return a picture as an open file, as an upload would be."""
    held = io.BytesIO()
    (drawn or picture()).save(held, kind, **saved)
    return named(held.getvalue(), name)


def named(raw, name):
    held = io.BytesIO(raw)
    held.name = name
    return held


def huge_png(width=13_000, height=13_000):
    """A PNG of a few kilobytes that is 169 megapixels when it is opened."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    squeezer = zlib.compressobj(9)
    row = b"\0" * (1 + width // 8)
    rows = b"".join(squeezer.compress(row) for _ in range(height)) + squeezer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def archive():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("harbour.jpg", file().getvalue())
    return held.getvalue()


def iptc(**fields):
    """A JPEG with IPTC fields: `caption`, `credit`, `byline` as bytes, `charset` as bytes."""
    numbers = {"charset": (1, 90), "caption": (2, 120), "credit": (2, 110), "byline": (2, 80)}
    block = b"".join(
        struct.pack(">BBBH", 0x1C, *numbers[name], len(value)) + value
        for name, value in sorted(fields.items(), key=lambda one: numbers[one[0]])
    )
    block += b"\0" * (len(block) % 2)
    body = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", len(block)) + block
    raw = file().getvalue()
    return named(raw[:2] + b"\xff\xed" + struct.pack(">H", len(body) + 2) + body + raw[2:], "wire.jpg")


XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" photoshop:Credit="Harbour Agency">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">The quay after rain</rdf:li></rdf:Alt></dc:description>
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A wet quay</rdf:li></rdf:Alt>
</Iptc4xmpCore:AltTextAccessibility></rdf:Description></rdf:RDF></x:xmpmeta>"""

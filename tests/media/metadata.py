"""Builds the blocks that say what a picture is: IPTC in any container, XMP packets, EXIF."""

import hashlib
import struct
import zlib

from PIL import PngImagePlugin, TiffImagePlugin

from tests.media import drawn

PREFIXES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "xmpNote": "http://ns.adobe.com/xmp/note/",
}


def iim(*sets, charset=b""):
    """An IIM block of (dataset, bytes) pairs of record 2."""
    rows = ([(1, 90, charset)] if charset else []) + [(2, number, value) for number, value in sets]
    return b"".join(struct.pack(">BBBH", 0x1C, *row[:2], len(row[2])) + row[2] for row in rows)


def resources(block, digest=None):
    """Photoshop's image resources with an IPTC block and, where wanted, the digest kept of it."""
    found = [(0x0404, block)] + ([(0x0425, digest)] if digest else [])
    return b"".join(
        b"8BIM" + struct.pack(">HHI", number, 0, len(value)) + value + b"\0" * (len(value) % 2)
        for number, value in found
    )


def digest_of(block):
    return hashlib.md5(block).digest()


def segment(marker, body):
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(*segments, xmp=None, exif=None):
    """A small JPEG with these segments behind its beginning."""
    extra = ({"xmp": xmp.encode()} if xmp else {}) | ({"exif": exif} if exif else {})
    raw = drawn.file(drawn.picture((60, 40)), **extra).getvalue()
    return raw[:2] + b"".join(segments) + raw[2:]


def app13(block, digest=None, cut=None):
    """The IPTC block in one APP13 segment, or cut after `cut` bytes into two."""
    raw = resources(block, digest)
    parts = [raw[:cut], raw[cut:]] if cut else [raw]
    return b"".join(segment(0xED, b"Photoshop 3.0\0" + part) for part in parts)


def packet(inside="", **attributes):
    """An XMP packet: attributes are simple properties (`photoshop_City="..."`), `inside` is RDF."""
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in PREFIXES.items())
    simple = " ".join(f'{name.replace("_", ":", 1)}="{value}"' for name, value in attributes.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces} {simple}>{inside}</rdf:Description></rdf:RDF></x:xmpmeta>'
    )


def languages(name, **texts):
    rows = "".join(
        f'<rdf:li xml:lang="{tag.replace("_", "-")}">{text}</rdf:li>' for tag, text in texts.items()
    )
    return f"<{name}><rdf:Alt>{rows}</rdf:Alt></{name}>"


def listed(name, *texts, kind="Bag"):
    rows = "".join(f"<rdf:li>{text}</rdf:li>" for text in texts)
    return f"<{name}><rdf:{kind}>{rows}</rdf:{kind}></{name}>"


def png(*, text=None, compressed=False, xmp=None):
    """A PNG with a block written as text the way ImageMagick does, or with an XMP packet."""
    info = PngImagePlugin.PngInfo()
    if text is not None:
        name, block = text
        digits = "\n".join(block.hex()[at : at + 72] for at in range(0, len(block) * 2, 72))
        info.add_text(f"Raw profile type {name}", f"\n{name}\n{len(block):8}\n{digits}\n", zip=compressed)
    if xmp:
        info.add_itxt("XML:com.adobe.xmp", xmp)
    return drawn.file(drawn.picture((60, 40)), "PNG", pnginfo=info).getvalue()


def tiff(block, *, as_longs=False, compression=None):
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    block += b"\0" * (-len(block) % 4)
    tags[33723] = block
    tags.tagtype[33723] = 7
    raw = drawn.file(drawn.picture((60, 40)), "TIFF", tiffinfo=tags, compression=compression).getvalue()
    as_bytes, as_numbers = ((33723, 7, len(block)), (33723, 4, len(block) // 4))
    return raw.replace(struct.pack("<HHI", *as_bytes), struct.pack("<HHI", *as_numbers)) if as_longs else raw


def gif(packet):
    """A GIF with the packet as it is in an application extension, and the 258 bytes that lead readers out of it."""
    raw = drawn.file(drawn.picture((60, 40)), "GIF").getvalue()
    at = 13 + 3 * 2 ** ((raw[10] & 7) + 1)
    way_out = b"\x01" + bytes(range(255, -1, -1)) + b"\x00"
    return raw[:at] + b"\x21\xff\x0bXMP DataXMP" + packet.encode() + way_out + raw[at:]


def extended(main, more):
    """A JPEG whose packet goes on in segments of extended XMP."""
    guid = hashlib.md5(more.encode()).hexdigest().upper().encode()
    head = b"http://ns.adobe.com/xmp/extension/\0" + guid
    raw, half = more.encode(), len(more.encode()) // 2
    pieces = [(half, raw[half:]), (0, raw[:half])]
    return jpeg(
        *(segment(0xE1, head + struct.pack(">II", len(raw), at) + piece) for at, piece in pieces),
        xmp=main.replace("GUID", guid.decode()),
    )


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def head_of_png(width, height, depth, colour):
    """A PNG that claims a size and holds next to nothing."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 5000))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")

"""Writes pictures of kinds that Pillow reads but does not write: tiled and 48-bit TIFF, interlaced PNG, HEIC in tiles."""

import io
import struct
import zlib

from PIL import Image

from tests.media import metadata

_SHORT, _LONG = 3, 4
# Where each of the seven passes of an interlaced PNG begins, and how far apart its pixels are.
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
_MODES = {"L": (1, (8,), 1), "RGB": (2, (8, 8, 8), 3), "I;16": (1, (16,), 1)}


def tiled_tiff(picture, side=256):
    """A TIFF whose pixels lie in square tiles, each packed by itself."""
    width, height = picture.size
    tiles = [
        zlib.compress(picture.crop((left, top, left + side, top + side)).tobytes(), 1)
        for top in range(0, height, side)
        for left in range(0, width, side)
    ]
    photometric, bits, samples = _MODES[picture.mode]
    return _tiff(picture.size, photometric, bits, samples, tiles, {322: side, 323: side}, (324, 325))


def deep_tiff(picture, rows=64):
    """A TIFF of 48 bits a pixel, in strips."""
    width, height = picture.size
    strips = []
    for top in range(0, height, rows):
        plain = picture.crop((0, top, width, min(top + rows, height))).tobytes()
        strips.append(zlib.compress(_deep(plain, high=1), 1))
    return _tiff(picture.size, 2, (16, 16, 16), 3, strips, {278: rows}, (273, 279))


def _tiff(size, photometric, bits, samples, pieces, more, places):
    tags = {256: size[0], 257: size[1], 258: bits, 259: 8, 262: photometric, 277: samples, 284: 1, **more}
    start, starts = 8, []
    for piece in pieces:
        starts.append(start)
        start += len(piece) + len(piece) % 2
    tags |= {places[0]: tuple(starts), places[1]: tuple(map(len, pieces))}
    held = io.BytesIO()
    held.write(b"II*\0" + struct.pack("<I", start))
    for piece in pieces:
        held.write(piece + b"\0" * (len(piece) % 2))
    behind, entries = start + 2 + 12 * len(tags) + 4, b""
    beside = b""
    for tag, value in sorted(tags.items()):
        values = value if isinstance(value, tuple) else (value,)
        kind, form = (_SHORT, "H") if tag in {258, 259, 262, 277, 284} else (_LONG, "I")
        raw = struct.pack(f"<{len(values)}{form}", *values)
        if len(raw) > 4:
            raw, beside = struct.pack("<I", behind + len(beside)), beside + raw
        entries += struct.pack("<HHI", tag, kind, len(values)) + raw.ljust(4, b"\0")
    held.write(struct.pack("<H", len(tags)) + entries + b"\0" * 4 + beside)
    return held.getvalue()


def png(picture, *, is_interlaced=False, is_deep=False):
    """A PNG as Pillow writes none: interlaced, or of 16 bits a sample."""
    passes = PASSES if is_interlaced else [(0, 0, 1, 1)]
    packer, packed = zlib.compressobj(1), []
    for left, top, across, down in passes:
        width, height = -(-(picture.width - left) // across), -(-(picture.height - top) // down)
        if width <= 0 or height <= 0:
            continue
        # The middle of a pixel of the pass is the middle of one of the picture.
        taken = (across, 0, left - across / 2 + 0.5, 0, down, top - down / 2 + 0.5)
        part = picture.transform((width, height), Image.Transform.AFFINE, taken) if is_interlaced else picture
        for at in range(height):
            line = part.crop((0, at, width, at + 1)).tobytes()
            if is_deep:
                line = _deep(line, high=0)
            packed.append(packer.compress(b"\0" + line))
    packed.append(packer.flush())
    colours = {"L": 0, "RGB": 2}[picture.mode]
    head = struct.pack(">IIBBBBB", *picture.size, 16 if is_deep else 8, colours, 0, 0, is_interlaced)
    parts = [(b"IHDR", head), (b"IDAT", b"".join(packed)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(metadata.chunk(*part) for part in parts)


def _deep(plain, high):
    """Give each sample of 8 bits as one of 16, the 8 that show in the place `high` of the two."""
    deep = bytearray(2 * len(plain))
    deep[high::2] = plain
    return bytes(deep)


def heic_in_tiles(tiles, across, size):
    """A HEIC as phones make them: a grid of the `tiles` (HEIC files of one picture each, all of one side), cut to `size`."""
    side = _number(tiles[0], tiles[0].index(b"ispe") + 8)
    kinds = [_found(tile, b"hvcC") for tile in tiles]
    down = len(tiles) // across
    pieces = [
        struct.pack(">BBBBII", 0, 1, down - 1, across - 1, *size),
        *(_found(tile, b"mdat")[8:] for tile in tiles),
    ]
    known = sorted(set(kinds))
    shapes = [_full(b"ispe", struct.pack(">II", *one)) for one in ((side, side), size)]
    ties = [[len(known) + 2], *([known.index(kind) + 1, len(known) + 1] for kind in kinds)]
    described = _described(len(tiles), b"".join([*known, *shapes]), ties)
    start = len(_before_pixels(pieces, described, 0)) + 8
    return _before_pixels(pieces, described, start) + _box(b"mdat", b"".join(pieces))


def _described(count, properties, ties):
    """What is said of the grid, which is item 1, and of its tiles: what they are, what belongs to what."""
    numbers = range(2, count + 2)
    infos = [_full(b"infe", struct.pack(">HH4sB", 1, 0, b"grid", 0), version=2)]
    infos += [_full(b"infe", struct.pack(">HH4sB", number, 0, b"hvc1", 0), version=2) for number in numbers]
    associated = b"".join(
        struct.pack(">HB", number, len(held)) + bytes(0x80 | one for one in held)
        for number, held in enumerate(ties, 1)
    )
    tied = _full(b"ipma", struct.pack(">I", len(ties)) + associated)
    return [
        _full(b"iinf", struct.pack(">H", len(infos)) + b"".join(infos)),
        _full(b"iref", _box(b"dimg", struct.pack(f">HH{count}H", 1, count, *numbers))),
        _box(b"iprp", _box(b"ipco", properties) + tied),
    ]


def _before_pixels(pieces, described, start):
    places = b""
    for number, raw in enumerate(pieces, 1):
        places += struct.pack(">HHHII", number, 0, 1, start, len(raw))
        start += len(raw)
    inside = [
        _full(b"hdlr", struct.pack(">I4s12xB", 0, b"pict", 0)),
        _full(b"pitm", struct.pack(">H", 1)),
        _full(b"iloc", struct.pack(">BBH", 0x44, 0, len(pieces)) + places),
        *described,
    ]
    return _box(b"ftyp", b"heic\0\0\0\0mif1heic") + _full(b"meta", b"".join(inside))


def _number(raw, at):
    return int(struct.unpack(">I", raw[at : at + 4])[0])


def _found(raw, name):
    """The box of that name, its head with it."""
    at = raw.index(name) - 4
    return raw[at : at + _number(raw, at)]


def _box(name, body):
    return struct.pack(">I", len(body) + 8) + name + body


def _full(name, body, version=0):
    return _box(name, struct.pack(">I", version << 24) + body)

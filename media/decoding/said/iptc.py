"""Reads an IPTC block (IIM 4.2) under the newsroom's names, in whatever characters it was written."""

from media.decoding.said import dates, letters
from media.decoding.said.fields import FIELDS, Field, Kind

Value = str | list[str]

_MOST_DATASETS = 4_000
_RECORD = 2
_CHARSET = (1, 90)
# Beside each dataset with a date stands the one with its time.
_TIMES = {55: 60, 30: 35, 37: 38}


def datasets(raw: bytes) -> dict[tuple[int, int], list[bytes]]:
    """Return the values of an IIM block by (record, dataset), as many as are whole."""
    found: dict[tuple[int, int], list[bytes]] = {}
    at = raw.find(b"\x1c")
    for _ in range(_MOST_DATASETS):
        if at < 0 or raw[at : at + 1] != b"\x1c" or at + 5 > len(raw):
            break
        size, start = int.from_bytes(raw[at + 3 : at + 5], "big"), at + 5
        if size & 0x8000:
            # The length of the length: a dataset of more than 32,767 bytes.
            length = size & 0x7FFF
            if length > 4:
                break
            size, start = int.from_bytes(raw[start : start + length], "big"), start + length
        if start + size > len(raw):
            break
        found.setdefault((raw[at + 1], raw[at + 2]), []).append(raw[start : start + size])
        at = start + size
    return found


def read(raw: bytes) -> tuple[dict[str, Value], set[str]]:
    """Return what the block says, by our names, and the names of what fills its dataset: it may have been cut there."""
    found = datasets(raw)
    charset = letters.stated(found.get(_CHARSET, [b""])[0])
    # One program wrote the block, in one character set: what is no UTF-8 is judged together.
    old = letters.likeliest(
        b" ".join(
            one for key, all_ in found.items() if key[0] == _RECORD for one in all_ if not _is_utf8(one)
        )
    )
    said: dict[str, Value] = {}
    full: set[str] = set()
    for field in FIELDS:
        values = found.get((_RECORD, field.dataset), []) if field.dataset else []
        # A field of blanks is a camera's padding; one with nothing in it was left empty by somebody.
        values = [one for one in values if one.strip(b" \0") or not one]
        if not values:
            continue
        if field.kind is Kind.DATE:
            time = found.get((_RECORD, _TIMES[field.dataset]), [b""])[0]
            date = dates.iim(values[0].decode("latin-1"), time.decode("latin-1"))
            if date:
                said[field.name] = date
            continue
        texts = [
            _of(field, letters.tidy(letters.text(one, charset, old), field.most)) for one in values[:300]
        ]
        said[field.name] = [one for one in texts if one] if field.kind is Kind.LIST else texts[0]
        if any(len(one) > field.bytes - 4 for one in values):
            full.add(field.name)
    return said, full


def _of(field: Field, text: str) -> str:
    """Return the part of a coded value that is the value: "IPTC:01011000:..." is 01011000, "001:Current" is Current."""
    if field.name == "subject_codes":
        parts = text.split(":")
        return parts[1].strip() if len(parts) > 1 else text
    if field.name == "genre" and text[:3].isdigit() and text[3:4] == ":":
        return text[4:].strip()
    return text


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError as bad:
        return (
            bad.reason == "unexpected end of data"
            and bad.start > 0
            and any(byte > 127 for byte in raw[: bad.start])
        )
    return True

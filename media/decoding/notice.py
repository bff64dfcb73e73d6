"""Writes what a public copy says of itself: creator, credit and copyright, as EXIF and XMP, and nothing else."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image

ARTIST, COPYRIGHT = 0x013B, 0x8298
LONGEST = 500

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_FRAME = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">'
    '{}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
)
_CREATOR = "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>"
_CREDIT = "<photoshop:Credit>{}</photoshop:Credit>"
_RIGHTS = '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:rights>'


@dataclass(frozen=True, slots=True)
class Notice:
    """Who made a picture, who is credited, who holds the rights; "" where nobody is named."""

    creator: str = ""
    credit: str = ""
    copyright: str = ""

    @classmethod
    def of(cls, order: Mapping[str, Any], facts: Mapping[str, Any]) -> "Notice":
        """Return what somebody says (`order`), and what the file states where nobody does."""
        said = facts.get("said") or {}
        return cls(
            order.get("creator") or ", ".join(map(str, said.get("creator") or ())),
            order.get("credit") or str(facts.get("credit") or ""),
            order.get("copyright") or str(said.get("copyright") or ""),
        )

    def exif(self) -> bytes:
        """Return an EXIF block with artist and copyright (UTF-8), b"" where neither is known."""
        block = Image.Exif()
        for tag, text in ((ARTIST, self.creator), (COPYRIGHT, self.copyright)):
            if clean(text):
                block[tag] = clean(text).encode()
        return block.tobytes() if len(block) else b""

    def xmp(self) -> bytes:
        """Return an XMP packet (UTF-8) with what is known, b"" where nothing is."""
        said = ((_CREATOR, self.creator), (_CREDIT, self.credit), (_RIGHTS, self.copyright))
        parts = [form.format(html.escape(clean(text), quote=False)) for form, text in said if clean(text)]
        return _FRAME.format("".join(parts)).encode() if parts else b""


def clean(text: str) -> str:
    """Return a text as one line that any reader of metadata can take."""
    return " ".join(_NO_XML.sub("", text).split())[:LONGEST]

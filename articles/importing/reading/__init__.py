"""Read one saved page: bytes in, a Page with every fact's line and rule out, or a refusal in a sentence.

    page = read_page(raw, file="opinion-830.txt", address="https://eng-archive.aawsat.com/category/opinion/page/830")

`read_page` needs no database, keeps nothing and never raises anything but Unreadable. Its time is linear in the bytes.
`same_story` and `fingerprint` (in `joining`) tell whether a list's teaser and a full text are one story.
"""

from __future__ import annotations

from articles.importing.reading.addresses import parse_address
from articles.importing.reading.decoding import CAP, decode
from articles.importing.reading.html_page import read_html
from articles.importing.reading.joining import fingerprint, same_story
from articles.importing.reading.lines import Notes, repaired_lines
from articles.importing.reading.page import Doubt, Page
from articles.importing.reading.paper import ASHARQ_AL_AWSAT, Paper
from articles.importing.reading.refusals import (
    Unreadable,
    refuse_no_article,
    refuse_other_format,
    refuse_other_paper,
    refuse_too_long,
)
from articles.importing.reading.saved_html import is_html
from articles.importing.reading.story import Saved
from articles.importing.reading.text_page import read_lines

__all__ = ["ASHARQ_AL_AWSAT", "CAP", "Page", "Paper", "Unreadable", "fingerprint", "read_page", "same_story"]


def read_page(
    raw: bytes, *, file: str, address: str | None = None, paper: Paper = ASHARQ_AL_AWSAT, cap: int = CAP
) -> Page:
    """Read the bytes of a saved page.

    `address` is where the page was, if a sidecar says so; saved HTML may name it itself. Pages whose address is another
    site's than the paper's are refused. Raises Unreadable, whose `reason` says what is wrong and what to do.
    """
    decoded = decode(raw, file=file, cap=cap)
    notes = Notes(repairs=list(decoded.repairs))
    where = parse_address(address) if address else None
    if address and where is None:
        notes.doubts.append(Doubt(0, f"“{address[:200]}” is no address; the page was read without one."))
    if where:
        refuse_other_paper(where.host, paper, file=file)
    refuse_other_format(decoded.text, file=file)
    saved = Saved(
        file=file,
        source="html" if is_html(decoded.text) else "text",
        encoding=decoded.encoding,
        line_count=decoded.text.count("\n") + 1,
        characters=len(decoded.text.strip()),
        cut_character=decoded.cut_character,
        address=where,
        paper=paper,
    )
    if saved.source == "html":
        return read_html(decoded.text, saved, notes)
    refuse_too_long(decoded.text, file=file)
    lines = repaired_lines(decoded.text, notes)
    refuse_no_article([line.text for line in lines if line.text], file=file)
    return read_lines(lines, saved, notes)

"""Writes what is cited as the programs of those who cite read it: BibTeX, RIS, CSL-JSON 1.0.2.

A date stands in a date's field only where it was stated. One that was inferred stands in the note, in words; in CSL-JSON
also as a range that says `circa`, which is what that field is for.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from articles import prose

_TEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation says. `kind` is the RIS type; `bibtex` and `csl` the same in those formats; texts are plain.

    `on` is a stated day; `bounds` are inferred ones, either may be None. `further` are fields that only one format
    has, under its own names: ("bibtex" | "ris" | "csl", name, text).
    """

    key: str
    kind: str
    bibtex: str
    csl: str
    name: str
    makers: tuple[str, ...]
    paper: str
    number: str
    address: str
    on: date | None = None
    bounds: tuple[date | None, date | None] = (None, None)
    note: str = ""
    further: tuple[tuple[str, str, str], ...] = ()

    def only_in(self, form: str) -> dict[str, str]:
        """Return the fields that only `form` has."""
        return {name: said for where, name, said in self.further if where == form and said}


def as_bibtex(cited: Cited) -> str:
    """Return a BibTeX entry; names and the name of the thing are kept as printed, by braces."""
    on = cited.on
    # Several makers are taken apart by “and”, so one that holds the word keeps its braces.
    makers = " and ".join(f"{{{_tex(one)}}}" for one in cited.makers)
    fields = {
        "title": f"{{{_tex(cited.name)}}}",
        "author": makers,
        "year": str(on.year) if on else "",
        **{name: _tex(said) for name, said in cited.only_in("bibtex").items()},
        "note": _tex(cited.note),
        "url": cited.address,
    }
    lines = [f"  {name} = {{{said}}}," for name, said in fields.items() if said not in {"", "{}"}]
    return "\n".join([f"@{cited.bibtex}{{{cited.key},", *lines, "}", ""])


def as_ris(cited: Cited) -> str:
    """Return a RIS record: lines end in CR LF, as its programs expect."""
    on = cited.on
    fields: list[tuple[str, str | None]] = [
        ("TY", cited.kind),
        ("TI", cited.name),
        *(("AU", maker) for maker in cited.makers),
        ("DA", f"{on:%Y/%m/%d}" if on else ""),
        *cited.only_in("ris").items(),
        ("PB", cited.paper),
        ("AN", cited.number),
        ("N1", cited.note),
        ("UR", cited.address),
        ("ER", None),
    ]
    lines = [f"{name}  - {' '.join((said or '').split())}" for name, said in fields if said or said is None]
    return "\r\n".join([*lines, ""])


def as_csl(cited: Cited) -> list[dict[str, Any]]:
    """Return CSL-JSON: a list of one."""
    facts: dict[str, Any] = {
        "id": cited.key,
        "type": cited.csl,
        "title": cited.name,
        "author": [{"literal": one} for one in cited.makers],
        "container-title": cited.paper,
        **cited.only_in("csl"),
        "URL": cited.address,
    }
    earliest, latest = cited.bounds
    if cited.on:
        facts["issued"] = {"date-parts": [_parts(cited.on)]}
    elif earliest and latest:
        facts["issued"] = {"date-parts": [_parts(earliest), _parts(latest)], "circa": True}
    facts["note"] = cited.note
    return [{name: fact for name, fact in facts.items() if fact}]


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def _csl(cited: Cited) -> str:
    return json.dumps(as_csl(cited), ensure_ascii=False)


def in_one_line(text: str) -> str:
    """Return typed text as one line that every format can carry."""
    return " ".join(prose.without_controls(text).split())


def _tex(text: str) -> str:
    return " ".join(text.split()).translate(_TEX)


# The ending of the address, its media type, and who writes it.
FORMATS: dict[str, tuple[str, Callable[[Cited], str]]] = {
    "bib": ("application/x-bibtex; charset=utf-8", as_bibtex),
    "ris": ("application/x-research-info-systems; charset=utf-8", as_ris),
    "csl.json": ("application/vnd.citationstyles.csl+json; charset=utf-8", _csl),
}

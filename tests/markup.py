"""Reads a page as a browser does, and says what is wrong with it: HTML that does not parse, and what refers to nothing."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import html5lib
from html5lib.html5parser import ParseError

OBSOLETE = {"acronym", "big", "center", "font", "marquee", "nobr", "strike", "tt"}
INTERACTIVE = {"a", "button", "select", "textarea", "summary", "label"}
REFERRING = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers", "list", "form")
# https://html.spec.whatwg.org/multipage/text-level-semantics.html#datetime-value, what of it we print.
DATETIME = re.compile(
    r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?)?)?|\d\d:\d\d|P[\dDTHMS]+"
)


@dataclass
class Page(HTMLParser):
    """What a page holds: its ids, its links and files, its headings, and what is wrong with it by our own rules."""

    text: str
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    classes: set[str] = field(default_factory=set)
    canonical: str = ""
    faults: list[str] = field(default_factory=list)

    def __post_init__(self):
        super().__init__()
        self._open, self._levels, self._counts, self._referred = [], [], {}, []
        self.feed(self.text)
        self.close()
        self._judge()

    def handle_starttag(self, tag, attrs):
        told = {name: value or "" for name, value in attrs}
        # A drawing has titles of its own.
        if not (tag == "title" and self._counts.get("svg", 0)):
            self._counts[tag] = self._counts.get(tag, 0) + 1
        self.classes |= set(told.get("class", "").split())
        if "id" in told:
            self.ids.append(told["id"])
        self._referred += [(name, one) for name in REFERRING if name in told for one in told[name].split()]
        self._look(tag, told)
        if tag == "link":
            self._head(told)
        if re.fullmatch(r"h[1-6]", tag):
            self._levels.append(int(tag[1]))
        if tag in INTERACTIVE:
            inside = [one for one in self._open if one in INTERACTIVE - {"label"}]
            self.faults += [f"<{tag}> inside <{inside[-1]}>"] if inside else []
            self._open.append(tag)

    def handle_endtag(self, tag):
        if tag in self._open:
            self._open.remove(tag)

    def _look(self, tag, told):
        if tag in OBSOLETE or "align" in told or "bgcolor" in told:
            self.faults.append(f"<{tag}> is of another time")
        if tag == "img" and "alt" not in told:
            self.faults.append("<img> without alt")
        if tag == "html" and not told.get("lang"):
            self.faults.append("<html> without lang")
        if tag == "time" and "datetime" in told and not DATETIME.fullmatch(told["datetime"]):
            self.faults.append(f"<time datetime={told['datetime']!r}>")
        if tag in ("a", "area") and "href" in told:
            self.links.append(told["href"])
        if tag in ("img", "script", "source") and told.get("src"):
            self.files.append(told["src"])
        if tag == "form" and told.get("method", "get").lower() == "get" and told.get("action"):
            self.links.append(told["action"])
        self.files += [part.split()[0] for part in told.get("srcset", "").split(",") if part.strip()]

    def _head(self, told):
        rel = told.get("rel", "").split()
        if "stylesheet" in rel:
            self.sheets.append(told["href"])
        elif "canonical" in rel:
            self.canonical = told["href"]
        if not {"preconnect", "license"} & set(rel):
            self.links.append(told["href"])

    def _judge(self):
        self.faults += [f"id “{one}” twice" for one in set(self.ids) if self.ids.count(one) > 1]
        self.faults += [
            f"{name} → “{one}”, which is not there" for name, one in self._referred if one not in self.ids
        ]
        for tag in ("h1", "main", "title"):
            if self._counts.get(tag) != 1:
                self.faults.append(f"{self._counts.get(tag, 0)} of <{tag}>")
        jumps = [(a, b) for a, b in zip([0, *self._levels], self._levels, strict=False) if b > a + 1]
        self.faults += [f"from <h{a}> to <h{b}>" for a, b in jumps]


def wrong_with(text):
    """What is wrong with a page, a line for each: the parse errors of the HTML standard first, then our own rules."""
    try:
        html5lib.HTMLParser(strict=True).parse(text)
    except ParseError as error:
        return [f"does not parse: {error}"]
    return Page(text).faults

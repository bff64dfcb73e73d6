"""What a saved page says, as plain values: each fact with its line and the rule that read it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

Kind = Literal["article", "list", "attachment"]
HeaderForm = Literal["P", "D", "DY", "bare", "none"]
CaptionState = Literal["absent", "empty", "present"]
CaptionForm = Literal["M1", "M2", "M3", "M4", "M5", "M6", "M7"]
Role = Literal["plain", "question", "answer", "verse", "subheading", "particulars"]
QuestionStyle = Literal["bracket", "half", "paren", "colon", "name"]
CutState = Literal["no", "likely", "certain"]


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """One value read from the page.

    `line` counts from 1; 0 means that the value comes from the address and from no line of the file.
    `stated` is False for what was inferred (a name from a slug, a headline from an address).
    """

    value: T
    line: int
    rule: str
    stated: bool = True


@dataclass(frozen=True, slots=True)
class Repair:
    """One reversible step: at `column` (from 0) of `line` as it stands after the step, `was` became `now`.

    Undoing the steps of a line from the last to the first gives the decoded line again. Line 0 is the
    whole file: its encoding, its line ends.
    """

    line: int
    rule: str
    was: str
    now: str
    column: int = 0


@dataclass(frozen=True, slots=True)
class LineUse:
    """A line that belongs to the saved page and not to the story, and the rule that knew it."""

    line: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at; `line` 0 is the whole page."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Address:
    """Where the page was, without query: `path` is the same for every `?share=` copy of a story."""

    host: str
    path: str
    kind: Kind | None
    list_kind: str | None = None
    contributor_slug: str | None = None
    section_slug: str | None = None
    sub_section_slug: str | None = None
    slug: str | None = None
    slug_base: str | None = None
    copy_number: int | None = None
    parent_path: str | None = None
    page_number: int | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    story_number: str | None = None

    @property
    def canonical(self) -> str:
        """The address without scheme and query."""
        return f"{self.host}{self.path}"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The list a page shows: `printed` as the page says it ("Opinion Archives"), `name` without the machine's word."""

    list_kind: str
    printed: Fact[str] | None
    name: Fact[str] | None
    slug: str | None = None
    page_number: int | None = None
    about: Fact[str] | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A section by its slug in the address, or by its printed name, or both."""

    name: str
    slug: str | None = None


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote it; `is_paper` when the account is the newspaper's own and names no person."""

    name: Fact[str]
    slug: str | None = None
    is_paper: bool = False
    place: str | None = None
    about: Fact[str] | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place that opens the text: `printed` with organisation and dash, exactly as on the page."""

    printed: str
    places: tuple[str, ...]
    organisation: str | None
    line: int
    rule: str


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed and the days it can mean: one day, or all of a month or a year.

    `precision` is "day", "month", "year" or "day-of-year" (no year printed: `earliest` and `latest` are None).
    `proves` is "not-before" when what carries the date cannot be older than it, else "nothing".
    `where` is "caption", "credit", "body", "entry", "page" or "address". `proves` is "published" for the
    date that the page gives a story.
    """

    printed: str
    precision: str
    earliest: dt.date | None
    latest: dt.date | None
    line: int
    rule: str
    where: str
    proves: str = "nothing"

    @property
    def day(self) -> dt.date | None:
        """The one day it means, if it means one."""
        return self.earliest if self.earliest is not None and self.earliest == self.latest else None


@dataclass(frozen=True, slots=True)
class MediaBlock:
    """A picture as the page names it. `caption` is as printed with its credit; `caption_text` is without.

    `position` is the number of paragraphs that stand before it. `lines` are all the lines it took, label and copies
    included; `alternatives` are copies of the caption that differ in more than quotes and spaces.
    """

    media_id: str | None
    caption: str | None
    caption_state: CaptionState
    caption_text: str | None
    credit: str | None
    caption_date: PrintedDate | None
    form: CaptionForm
    line: int
    rule: str
    lines: tuple[int, ...] = ()
    copies: int = 0
    alternatives: tuple[str, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or one turn of speech; `text` is without dateline and speaker's label.

    `speaker` is the label's words, `label` the label as printed; an answer that runs over paragraphs repeats the
    speaker with `label` None. Verse and particulars keep their line breaks.
    """

    text: str
    line: int
    role: Role = "plain"
    speaker: str | None = None
    label: str | None = None
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One story as a list shows it: perhaps only a teaser, perhaps only a picture.

    `teaser` is with its dateline, `text` without; `cut_mark` is what stands where it breaks off, None when the teaser
    is whole, "" when it breaks off without a mark.
    """

    line: int
    headline: Fact[str] | None
    byline: Byline | None
    published: PrintedDate | None
    section: Fact[Label] | None
    teaser: Fact[str] | None
    text: str | None
    dateline: Dateline | None
    media: MediaBlock | None
    cut_mark: str | None
    lines: tuple[int, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """Whether the saved text breaks off before its end, and how one can tell."""

    state: CutState
    reason: str = ""
    line: int = 0

    def __bool__(self) -> bool:
        return self.state != "no"


@dataclass(frozen=True, slots=True)
class Page:
    """A saved page, read. Nothing in it is looked up elsewhere, and no line of the file is missing from it."""

    file: str
    source: Literal["text", "html"]
    encoding: str
    line_count: int
    kind: Fact[Kind]
    address: Address | None
    header_form: HeaderForm | None
    headline: Fact[str] | None
    shelf: Shelf | None
    bylines: tuple[Byline, ...]
    section: Fact[Label] | None
    sub_section: Fact[Label] | None
    published: PrintedDate | None
    media: tuple[MediaBlock, ...]
    dateline: Dateline | None
    paragraphs: tuple[Paragraph, ...]
    question_style: QuestionStyle | None
    entries: tuple[Entry, ...]
    tags: tuple[Fact[str], ...]
    dates: tuple[PrintedDate, ...]
    language: str
    direction: Literal["ltr", "rtl"]
    cut: Cut
    repairs: tuple[Repair, ...]
    furniture: tuple[LineUse, ...]
    doubts: tuple[Doubt, ...]

    @property
    def prose_count(self) -> int:
        """How many paragraphs of prose the page has; the particulars of a reviewed book are none."""
        return sum(paragraph.role != "particulars" for paragraph in self.paragraphs)

    @property
    def has_full_text(self) -> bool:
        """Whether the page holds a story's own text, as a list page can too (an author's newest article)."""
        return bool(self.paragraphs)

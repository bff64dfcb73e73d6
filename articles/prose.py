"""Body markup to safe HTML, plain text, excerpt and word count: the only maker of trusted HTML.

`MARKUP` is the one table of what may stand in a body. The editor's buttons, the sanitiser, the importers and
the tests all read it, so what may be typed is what survives.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit

import nh3
from django.utils.safestring import SafeString, mark_safe

from articles import linkable
from newsroom.gist import excerpt as excerpt
from newsroom.gist import word_count as word_count
from newsroom.nesting import DEEPEST as DEEPEST
from newsroom.nesting import LOOSE_BLOCKS, gap, in_paragraphs, shallow

MARKUP: dict[str, frozenset[str]] = {
    "p": frozenset({"class", "data-speaker", "dir", "lang"}),
    "h2": frozenset({"dir", "lang"}),
    "h3": frozenset({"dir", "lang"}),
    "blockquote": frozenset({"class", "dir", "lang"}),
    "ul": frozenset({"dir"}),
    "ol": frozenset({"dir", "start"}),
    "li": frozenset(),
    "a": frozenset({"href"}),
    "strong": frozenset(),
    "em": frozenset(),
    "s": frozenset(),
    "sub": frozenset(),
    "sup": frozenset(),
    "br": frozenset(),
    "hr": frozenset(),
    "figure": frozenset({"data-media-id"}),
    "table": frozenset(),
    "thead": frozenset(),
    "tbody": frozenset(),
    "tr": frozenset(),
    "th": frozenset({"colspan", "rowspan"}),
    "td": frozenset({"colspan", "rowspan"}),
}
CLASSES: dict[str, frozenset[str]] = {
    "p": frozenset({"question", "answer", "verse", "note"}),
    "blockquote": frozenset({"pull"}),
}
SCHEMES = frozenset({"http", "https", "mailto"})
BLOCKS = frozenset({"p", "h2", "h3", "blockquote", "li", "figure", "tr", "hr", "table", "ul", "ol", "br"})
DROPPED_WITH_CONTENTS = frozenset(
    {"script", "style", "template", "noscript", "iframe", "object", "svg", "math"}
)
SAME_AS = {
    "b": "strong",
    "i": "em",
    "del": "s",
    "strike": "s",
    "h1": "h2",
    "h4": "h3",
    "h5": "h3",
    "h6": "h3",
    "tfoot": "tbody",
    # A browser puts it before its table, where it becomes a paragraph.
    "caption": "div",
}
# Any tag that is not of a body: without one, and without a table, nothing stands where a browser would not let it.
_FOREIGN = re.compile(rf"<(?!/?(?:{'|'.join(MARKUP)})(?=[\s/>]))/?[a-z]", re.IGNORECASE)

_RENAMED = re.compile(rf"<(/?)({'|'.join(SAME_AS)})(?=[\s>/])", re.IGNORECASE)
_TABLE = re.compile("<table", re.IGNORECASE)
_CELLS = re.compile(r"<(/?)(?:tr|td|th|thead|tbody)(?=[\s>/])", re.IGNORECASE)
# The end of a block right before words: it ends nothing in a text that was cut out of its page, and must part them still.
_LOOSE_END = re.compile(
    rf"</(?:{'|'.join(LOOSE_BLOCKS)})>(?=[^\s<]|<(?:a|b|code|em|font|i|s|small|span|strong|su[bp]|u)[\s>])",
    re.IGNORECASE,
)
_FIGURE = re.compile(r'<figure data-media-id="([0-9]{4,12})">\s*</figure>')
_TURN = re.compile(r'<p class="(question|answer)"((?: (?:data-speaker|dir|lang)="[^"]*")*)>')
_PARAGRAPH = re.compile(r'<(/?)p((?: [^ ">]+(?:"[^"]*")?)*)>')
_NOTE = '<p class="note"'
_EMPTIED = re.compile(r"(?:<(blockquote|li|ul|ol)(?: [^>]*)?>\s*</\1>)+")
_SPEAKER = re.compile(r' data-speaker="([^"]*)"')
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^">]|"[^"]*")*)>')
_AMPERSAND = re.compile(r"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_REFERENCE = re.compile(r"&[^;&]{2,33};")
# Ampersands times characters beyond which the cleaner's own reading of them, each over the rest, takes too long.
_MOST_AMPERSANDS = 5_000_000_000
_PRIVATE = [chr(code) for code in range(0xE000, 0xE100)]
# What ends a paragraph where a text may be cut; and an attribute that may hold what only looks like a tag.
_CUTS = re.compile(r"(?<=</p>)|(?<=</h2>)|(?<=</h3>)|(?<=</ul>)|(?<=</ol>)|(?<=</table>)|(?<=</blockquote>)")
_ENDS = re.compile("</([a-z0-9]+)>")
_ODD_ATTRIBUTE = re.compile(r'="[^"<>]*[<>]')
_PRINTED_REFERENCES = (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", "\u00a0"), ("&quot;", '"'), ("&amp;", "&"))
_INLINE = re.compile(r"</?(?:a|strong|em|s|sub|sup)(?: [^>]*)?>")
# The mark of a footnote, or several; and the word of three letters or more that one hangs on, with what may stand between.
_MARK = re.compile(
    r"(?:<a(?: [^>]*)?>)?<sup>(?:<a(?: [^>]*)?>)?[\s(\[]{0,3}"
    r"(?:\d{1,4}(?:[,–-] ?\d{1,4}){0,9}|[*†‡]{1,3})[\s)\]]{0,3}(?:</a>)?</sup>(?:</a>)?"
)
_MARKS = re.compile(f"(?:{_MARK.pattern})+")
_MARKED = re.compile(
    r"[^\W\d_]{3}(?:[.,:!?…)\]'\"’”»]|;(?<!&amp;)(?<!&nbsp;)|</?(?:strong|em|s)>|</a>|&quot;)*\Z"
)
# What could end a script, what JavaScript takes for the end of a line, and halves of letters, which no answer can carry.
_ENDING = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
# Paragraphs of plain text, none of them empty: clean as they stand, and what most bodies are.
_PARAGRAPHS = re.compile(r"(?:<p>(?!\s)[^<>&\x00-\x09\x0b-\x1f\x7f\xa0\ufffe\uffff\ud800-\udfff]++</p>\n?)++")
_EMPTY_TAG_PAIRS = re.compile(r"(?:<p>(?:\s|&nbsp;|<br>)*</p>)+")
# What was cleaned last, in a box of its own: whoever makes an edition cleans a body and renders that very string.
_last = [""]


def without_controls(text: str) -> str:
    """Return `text` without characters that neither HTML nor XML may carry."""
    return _CONTROLS.sub("", text)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        parts = urlsplit(value.strip().replace("\\", "/")) if _is_plain_address(value) else None
        own = parts is not None and not parts.scheme and not parts.netloc and value.startswith(("/", "#"))
        there = parts is not None and (
            parts.scheme == "mailto" or (parts.scheme in SCHEMES and bool(parts.netloc))
        )
        return value.strip() if own or there else None
    if name == "data-media-id":
        return value if re.fullmatch(r"[0-9]{4,12}", value) else None
    if name == "dir":
        return value if value in {"ltr", "rtl", "auto"} else None
    if name == "lang":
        return value if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value) else None
    if name == "start":
        return value if re.fullmatch(r"[1-9][0-9]{0,3}", value) else None
    if name in {"colspan", "rowspan"}:
        return value if re.fullmatch(r"[1-9][0-9]?", value) else None
    return value


def _is_plain_address(value: str) -> bool:
    if value.strip().replace("\\", "/").startswith("//"):
        return False
    try:
        urlsplit(value.strip())
    except ValueError:
        return False
    return True


_CLEANER = nh3.Cleaner(
    tags=set(MARKUP) | LOOSE_BLOCKS,
    clean_content_tags=set(DROPPED_WITH_CONTENTS),
    attributes={"*": set(), **{tag: set(names - {"class"}) for tag, names in MARKUP.items()}}
    | {tag: {"dir", "lang"} for tag in LOOSE_BLOCKS},
    attribute_filter=_attribute,
    allowed_classes={tag: set(names) for tag, names in CLASSES.items()},
    strip_comments=True,
    link_rel="noopener noreferrer",
    url_schemes=set(SCHEMES),
)


def clean(markup: str) -> str:
    """Return `markup` with only what `MARKUP` allows; anything else keeps its text and loses its tags."""
    if markup is _last[0]:
        return markup
    _last[0] = cleaned = _cleaned(markup).strip()
    return cleaned


def _cleaned(markup: str) -> str:
    if _PARAGRAPHS.fullmatch(markup):
        return markup
    even = shallow(without_controls(markup))
    renamed = _RENAMED.sub(lambda tag: f"<{tag[1]}{SAME_AS[tag[2].lower()]}", even)
    has_table = _TABLE.search(renamed) is not None
    if not has_table:
        renamed = _CELLS.sub(r"<\1div", renamed)
    is_foreign = _FOREIGN.search(renamed) is not None
    if is_foreign:
        renamed = _LOOSE_END.sub("\\g<0>\n", renamed)
    kept = _cleaned_apart if renamed.count("&") * len(renamed) > _MOST_AMPERSANDS else _CLEANER.clean
    cleaned = kept(renamed)
    if is_foreign or has_table:
        cleaned = in_paragraphs(cleaned)
    return _EMPTY_TAG_PAIRS.sub(_gap, cleaned)


def _gap(found: re.Match[str]) -> str:
    """Return what has to stand where blocks without words are taken out."""
    return gap(found.string, *found.span())


def _cleaned_apart(markup: str) -> str:
    """Clean markup full of ampersands: they are read here, and put away while the tags are cleaned.

    Only references to signs of markup are put away as such, every other is read before the cleaner looks: so no
    address hides its scheme behind one.
    """
    sign = next(one for one in _PRIVATE if one not in markup)

    @cache
    def read(reference: str) -> str:
        said = without_controls(unescape(reference))
        return f"{sign}amp;{reference[1:]}" if said == reference else escape(said).replace("&", sign)

    text = _AMPERSAND.sub(f"{sign}amp;", markup)
    for reference, _ in _PRINTED_REFERENCES:
        text = text.replace(reference, f"{sign}{reference[1:]}")
    return _CLEANER.clean(_REFERENCE.sub(lambda found: read(found[0]), text)).replace(sign, "&")


def clean_onto(base: str, markup: str) -> str:
    """Return `clean(markup)` for a text that differs from the clean `base` in a few paragraphs: only these are cleaned.

    What both begin and end with is cut behind a paragraph that stands in nothing else, so that each piece is whole.
    """
    if len(base) < LONG or _ODD_ATTRIBUTE.search(base):
        return clean(markup)
    tags = set(_ENDS.findall(base))
    start = _cut(base, _shared(base, markup), tags, from_the_end=False)
    least = min(len(base), len(markup)) - start
    end = _cut(base, min(_shared(base[::-1], markup[::-1]), least), tags, from_the_end=True)
    middle = _cleaned(markup[start : len(markup) - end])
    return f"{base[:start]}{middle}{base[len(base) - end :]}".strip()


# Below this many characters a text is cleaned whole.
LONG = 50_000


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike, by halving."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def _cut(base: str, alike: int, tags: Collection[str], *, from_the_end: bool) -> int:
    """Return how many of the `alike` characters at one end of `base` are whole paragraphs."""
    at = len(base) - alike if from_the_end else alike
    near = base[at : at + LONG] if from_the_end else base[max(0, at - LONG) : at]
    places = [one.start() for one in _CUTS.finditer(near)]
    for place in places[:20] if from_the_end else places[:-21:-1]:
        here = at + place if from_the_end else max(0, at - LONG) + place
        if _is_whole(base[here:] if from_the_end else base[:here], tags):
            return len(base) - here if from_the_end else here
    return 0


def _is_whole(part: str, tags: Collection[str]) -> bool:
    """Say whether every element of a clean text that begins in this part of it ends there."""
    return all(part.count(f"<{tag}>") + part.count(f"<{tag} ") == part.count(f"</{tag}>") for tag in tags)


def paragraphs(texts: Iterable[str]) -> str:
    """Return plain paragraphs as body markup, each escaped."""
    return "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in texts if text.strip())


def turn(role: str, speaker: str, text: str) -> str:
    """Return one paragraph of an interview: `role` question or answer, `speaker` as printed, "" to go on."""
    named = f' data-speaker="{escape(speaker)}"' if speaker else ""
    return f'<p class="{role}"{named}>{escape(text, quote=False)}</p>'


def figure(media_id: str) -> str:
    """Return the markup that stands for a picture in a body."""
    return f'<figure data-media-id="{escape(media_id)}"></figure>'


def media_ids(body: str) -> list[str]:
    """Return the Media IDs that stand in a clean body, in order, each once."""
    return list(dict.fromkeys(_FIGURE.findall(body))) if "<figure" in body else []


def printed(body: str) -> str:
    """Return a clean body without its notes to the editor: what may leave the desk.

    A note ends where its paragraph does, counted by depth, so that nothing nested in one stays behind.
    """
    if _NOTE not in body:
        return body
    cuts: list[list[int]] = []
    depth = 0
    for tag in _PARAGRAPH.finditer(body):
        closing, attributes = tag.groups()
        if depth:
            depth += -1 if closing else 1
            cuts[-1][1] = tag.end()
        elif not closing and 'class="note"' in attributes:
            if not cuts or cuts[-1][1] != tag.start():
                cuts.append([tag.start(), tag.end()])
            depth = 1
    if depth:
        cuts[-1][1] = len(body)
    kept: list[str] = []
    end = 0
    for start, stop in cuts:
        kept += [body[end:start], gap(body, start, stop)]
        end = stop
    left = "".join([*kept, body[end:]])
    # A line, its list, the list or quotation around that, where each held nothing but a note.
    for _ in range(3):
        left = _EMPTIED.sub(_gap, left)
    return left.strip()


def render(body: str, figures: Mapping[str, str]) -> SafeString:
    """Return a clean body as readers see it, each figure replaced by its rendered HTML from `figures`.

    A figure without one is left out: its picture was withdrawn or never existed. Speaker turns are numbered, so
    that one can link to an answer.
    """
    number = 0

    def numbered(found: re.Match[str]) -> str:
        nonlocal number
        number += 1
        speaker = _SPEAKER.search(found[2])
        rest = _SPEAKER.sub("", found[2])
        said = f'<b class="speaker">{speaker[1]}</b> ' if speaker and speaker[1] else ""
        return f'<p class="turn {found[1]}" id="turn-{number}"{rest}>{said}'

    turned = linkable.made(_TURN.sub(numbered, printed(clean(body))))
    return mark_safe(_FIGURE.sub(lambda found: figures.get(found[1], ""), turned))


def trusted(html: str) -> SafeString:
    """Return stored output of `render` as trusted HTML; only for `Edition.body_html`."""
    return mark_safe(html)


def as_data(facts: Mapping[str, Any]) -> SafeString:
    """Return `facts` as JSON for a script element that holds data: nothing in it can end the element."""
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(_ENDING.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def _spoken(found: re.Match[str]) -> str:
    """Return what stands in plain text for one tag of a clean body."""
    closing, tag, attributes = found.groups()
    if tag in {"td", "th"}:
        return " "
    line = "\n" if tag in BLOCKS else ""
    speaker = _SPEAKER.search(attributes) if tag == "p" and attributes and not closing else None
    return f"{line}{speaker[1]}: " if speaker and speaker[1] else line


def plain(body: str, *, notes: bool = False) -> str:
    """Return the text of a clean body, one line a paragraph; with the notes to the editor where the desk reads it.

    Only `clean` makes such a body: its tags are well formed and its attributes in double quotes.
    """
    if body.isascii() and "  " not in body and _PARAGRAPHS.fullmatch(body):
        return "\n".join(
            filter(None, map(str.strip, body.replace("<p>", "\n").replace("</p>", "").split("\n")))
        )
    text = _unescaped(_TAG.sub(_spoken, _set_off(body if notes else printed(body))))
    return "\n".join(filter(None, [" ".join(line.split()) for line in text.splitlines()]))


def _set_off(body: str) -> str:
    """Return a clean body with a gap before each mark of a footnote that hangs on a word: no power, no formula, no “1st”."""

    def apart(found: re.Match[str]) -> str:
        before = body[max(0, found.start() - 60) : found.start()]
        return _MARK.sub(r" \g<0>", found[0]) if _MARKED.search(before) else found[0]

    return _MARKS.sub(apart, body) if "<sup>" in body else body


def _unescaped(text: str) -> str:
    """Return `unescape(text)`, quickly where it holds only the references that `clean` prints."""
    if text.count("&") < LONG:
        return unescape(text)
    for reference, sign in _PRINTED_REFERENCES[:-1]:
        text = text.replace(reference, sign)
    rest = text.replace("&amp;", "")
    return unescape(text) if "&" in rest else text.replace("&amp;", "&")


def words_in(body: str) -> int:
    """Return about the number of words readers get of a clean body: `word_count(plain(body))` without a speaker's name."""
    return word_count(_unescaped(_TAG.sub("\n", _INLINE.sub("", _set_off(printed(body))))))

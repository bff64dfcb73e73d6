"""Reads one line of a corpus: a story as JSON, with the keys of a story's own `.json` or those that others use; what is missing is an absence."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from articles import prose
from articles.importing import called, markdown
from articles.importing.offers import HEADLINE, FactRow, fact
from articles.importing.reading.page import CaptionState, MediaBlock
from articles.models import BylineRole, Completeness, Dating, TagKind
from media.facts import MOST_TEXT

RULE, UNKNOWN, OTHERWISE = "json", "unknown-key", "called-otherwise"
LENGTHS = {"headline": HEADLINE, "slug": 120, "kicker": 120, "dateline": 160}
PLAIN_TEXTS = ("headline", "kicker", "standfirst", "dateline")
TEXTS = ("headline", "slug", "kicker", "standfirst", "dateline", "body_html", "body_text", "language")
# What the archive has of its own for each story; a line's is kept with the facts.
KEPT = ("story_id", "url", "updated_at", "edition", "corrections", "digest")
READ = {*TEXTS, "section", "bylines", "tags", "places", "pictures", "published_at", "dated", "incomplete"}
LONGEST_KEY, LONGEST_FACT = 200, 2_000
# As plain texts: a class of choices lists them anew each time it is asked.
ROLES, WRITER = frozenset(BylineRole.values), str(BylineRole.WRITER)
KINDS, TOPIC, PLACE = frozenset(TagKind.values), str(TagKind.TOPIC), str(TagKind.PLACE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,4})?")
_MEDIA_ID = re.compile(r"[0-9]{4,12}")
_REFERENCE = re.compile("&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}[0-9]{0,2});")
_ARABIC = re.compile("[\u0621-\u064a]")
_LATIN = re.compile("[A-Za-z]")


class NoStory(Exception):
    """A line is no story; the message is a sentence for whoever named the file."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one line tells. `key` is what the source knows the story by, `digest` that of the line's bytes.

    `bylines` are (name, role, as printed), `tags` (name, kind), `pictures` what the line says of each with its alternative text.
    """

    number: int
    raw: bytes
    key: str
    digest: str
    address: str
    texts: Mapping[str, Any]
    section: str
    bylines: tuple[tuple[str, str, str], ...]
    tags: tuple[tuple[str, str], ...]
    pictures: tuple[tuple[MediaBlock, str], ...]
    dating: Dating
    completeness: str
    facts: tuple[FactRow, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the names under which it says what no story's `.json` has."""
        return tuple(one["field"] for one in self.facts if one["rule"] == UNKNOWN)

    @property
    def otherwise(self) -> tuple[tuple[str, str], ...]:
        """Return which of our names were read under which of others'."""
        return tuple((one["field"], one["value"]) for one in self.facts if one["rule"] == OTHERWISE)


def read_line(number: int, raw: bytes) -> Line:
    """Return the story of a line; raises `NoStory` with the reason."""
    told, read_as = called.in_our_names(_object(raw))
    texts = {name: _text(told, name, read_as.get(name)) for name in TEXTS}
    facts = [fact(ours, name, number, OTHERWISE) for ours, name in read_as.items()]
    facts += _kept(told, number)
    if read_as:
        facts += _as_plain(texts, number)
    body = texts["body_html"]
    if not body and "body_text" in read_as and markdown.is_markdown(texts["body_text"]):
        body = markdown.as_markup(texts["body_text"])
        facts.append(fact("body_html", "Markdown", number, OTHERWISE))
    body = body or _body_of(texts["body_text"], is_ours="body_text" not in read_as)
    if not texts["headline"]:
        texts["headline"] = prose.excerpt(prose.plain(prose.clean(body)), 80)
        facts.append(fact("headline", texts["headline"], number, "opening-of-the-text", stated=False))
    if not texts["headline"]:
        raise NoStory("It has neither a headline nor a text. Give it “headline”, “body_html” or “body_text”.")
    for name, length in LENGTHS.items():
        if len(texts[name]) > length:
            facts.append(fact(name, texts[name][:LONGEST_FACT], number, "longer-than-is-printed"))
            texts[name] = texts[name][: length - 1].rstrip() + "…"
    if not _LANGUAGE.fullmatch(texts["language"]):
        texts["language"] = _script(f"{texts['headline']} {body[:2000]}")
        facts.append(fact("language", texts["language"], number, "script", stated=False))
    digest = hashlib.sha256(raw).hexdigest()
    address = _text(told, "url")
    return Line(
        number=number,
        raw=raw,
        key=_key(address, _number(told, read_as), texts["headline"], body),
        digest=digest,
        address=address[:1000],
        texts={name: texts[name] for name in TEXTS[:5]} | {"language": texts["language"], "body": body},
        section=_named(told.get("section"))[:80],
        bylines=tuple(_bylines(told.get("bylines"))),
        tags=tuple(_tags(told, read_as.get("tags"))),
        pictures=tuple(_pictures(told.get("pictures"), number)),
        dating=_dating(told, read_as.get("published_at", "published_at")),
        completeness=_completeness(told.get("incomplete")),
        facts=tuple(facts),
    )


def _object(raw: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as problem:
        raise NoStory(f"It is not UTF-8 (byte {problem.start}). Save the file as UTF-8.") from problem
    except (ValueError, RecursionError) as problem:
        raise NoStory(f"It is no JSON ({str(problem)[:80]}). Give each story a line of its own.") from problem
    if not isinstance(told, dict):
        raise NoStory("It is JSON, but no object with the keys of a story.")
    if "items" in told and not {"headline", "title"} & set(told):
        raise NoStory("It is a list of stories. Give each story a line of its own.")
    return told


def _text(told: Mapping[str, Any], name: str, read_as: str | None = None) -> str:
    value = told.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise NoStory(f"Its “{read_as or name}” is no text.")
    return prose.without_controls(value).strip()


def _as_plain(texts: dict[str, str], number: int) -> Iterator[FactRow]:
    """Make texts plain that others keep as markup (“It&#8217;s”, “<p>So it is.</p>”); yield what was there."""
    for name in PLAIN_TEXTS:
        text = texts[name]
        if called.as_markup(text):
            plain = " ".join(prose.plain(prose.clean(text)).split())
        elif _REFERENCE.search(text):
            plain = prose.without_controls(unescape(text)).strip()
        else:
            continue
        yield fact(name, text[:LONGEST_FACT], number, "markup-in-a-plain-text")
        texts[name] = plain


def _body_of(text: str, *, is_ours: bool) -> str:
    """Return a text as markup: each line a paragraph; what others call a text may hold markup itself."""
    markup = None if is_ours else called.as_markup(text)
    return markup or prose.paragraphs(text.split("\n"))


def _number(told: Mapping[str, Any], read_as: Mapping[str, str]) -> Any:
    """Return by what number the source knows a story: another's is its own only with the source's name and the date."""
    number = told.get("story_id")
    if number in (None, "") or "story_id" not in read_as:
        return number
    return f"{told.get('source') or ''} {number} {told.get('published_at') or ''}"


def _named(value: Any) -> str:
    """Return the name in a value that is one, or has one."""
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(prose.without_controls(value).split()) if isinstance(value, str) else ""


def _every(value: Any) -> Iterator[Any]:
    """Yield the parts of a list; a single name, or what has one, stands for a list of one."""
    yield from value if isinstance(value, list) else [value] if isinstance(value, str | dict) else ()


def _bylines(value: Any) -> Iterator[tuple[str, str, str]]:
    for one in _every(value):
        own: Mapping[str, Any] = one if isinstance(one, dict) else {}
        printed = _named(own.get("as_printed"))
        name = _named(one) or printed
        if name:
            role = str(own.get("role"))
            yield (
                name[:160],
                role if role in ROLES else WRITER,
                (printed or name)[:200],
            )


def _tags(told: Mapping[str, Any], read_as: str | None) -> Iterator[tuple[str, str]]:
    value = told.get("tags")
    if read_as and isinstance(value, str):
        # Keywords in one text stand between commas, as in a page's head.
        value = value.split(",")
    for one in _every(value):
        kind = str(one.get("kind")) if isinstance(one, dict) else ""
        if name := _named(one)[:100]:
            yield name, kind if kind in KINDS else TOPIC
    for one in _every(told.get("places")):
        if name := _named(one)[:100]:
            yield name, PLACE


def _pictures(value: Any, number: int) -> Iterator[tuple[MediaBlock, str]]:
    for one in _every(value):
        if not isinstance(one, dict):
            continue
        media_id, caption = str(one.get("media_id") or ""), one.get("caption")
        caption = prose.without_controls(caption) if isinstance(caption, str) else None
        if caption and len(caption) > MOST_TEXT:
            raise NoStory(f"A caption of it has more than {MOST_TEXT:,} characters. Shorten it.")
        numbered = media_id if _MEDIA_ID.fullmatch(media_id) else None
        # Of what has neither number nor caption nothing could be shown.
        if numbered or caption:
            state: CaptionState = "absent" if caption is None else "present" if caption else "empty"
            block = MediaBlock(
                numbered, caption, state, caption, _named(one.get("credit")), None, "M1", number, RULE
            )
            yield block, _named(one.get("alt"))


def _dating(told: Mapping[str, Any], name: str) -> Dating:
    stated = told.get("published_at")
    if stated is not None and stated != "":
        return _stated(stated, name)
    bounds = told.get("dated")
    if not isinstance(bounds, dict):
        return Dating()
    days = [_day(bounds.get(name)) for name in ("earliest", "latest")]
    return Dating(earliest=days[0], latest=days[1], reason=_named(bounds.get("reason"))[:500])


def _stated(value: Any, name: str) -> Dating:
    try:
        moment = called.moment(value)
        if isinstance(moment, str):
            return Dating.stated_on(date.fromisoformat(moment))
        if moment is not None:
            dating = Dating.stated_at(moment if moment.tzinfo else timezone.make_aware(moment))
            if 1000 <= dating.listed_at.year < 9999:
                return dating
    except (ValueError, OverflowError, OSError):
        pass
    raise NoStory(f"Its “{name}” is no date as in 2016-11-03 or 2016-11-03T09:30:00+01:00.")


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _completeness(value: Any) -> str:
    return value if value in (Completeness.CUT, Completeness.TEASER) else str(Completeness.WHOLE)


def _script(text: str) -> str:
    return "ar" if len(_ARABIC.findall(text)) > len(_LATIN.findall(text)) else "en"


def _key(address: str, story_id: Any, headline: str, body: str) -> str:
    """Return what the source knows a story by: its address where that names a host, else its number, else what it says."""
    parts = urlsplit(address) if "//" in address and "[" not in address else None
    if parts is not None and parts.netloc:
        key = f"at:{parts.netloc.lower()}{parts.path}{'?' if parts.query else ''}{parts.query}"
    elif story_id not in (None, ""):
        key = f"id:{story_id} {address}"
    else:
        key = f"says:{hashlib.sha256(f'{headline} {address} {body}'.encode()).hexdigest()}"
    key = prose.without_controls(key)
    return key if len(key) <= LONGEST_KEY else f"long:{hashlib.sha256(key.encode()).hexdigest()}"


def _kept(told: Mapping[str, Any], number: int) -> Iterator[FactRow]:
    """Yield what a line says and no column of ours takes: our own keys, and those that nobody here knows."""
    for name, value in told.items():
        if name in READ or value in (None, "", [], {}):
            continue
        said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        rule = RULE if name in KEPT else UNKNOWN
        yield fact(
            prose.without_controls(name)[:80], prose.without_controls(said)[:LONGEST_FACT], number, rule
        )

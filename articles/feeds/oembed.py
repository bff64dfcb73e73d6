"""oEmbed 1.0: tells another site how to show a picture or a story of ours, given its address (https://oembed.com).

A picture is a `photo`, in the largest copy that fits `maxwidth` and `maxheight`; one whose file is lost a `link`. A story
is `rich`: a quotation that links to it, without a script, a style or a file, so that nothing of ours runs there. What is hidden answers 404 as what never was; what was withdrawn answers 410; an unknown `format` 400: oEmbed would say 501, and no request of a stranger gets a server error here.
401 never: nothing here opens to a password. Every answer says that any site may read it.
"""

import re
from html import escape as html_escape
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from articles import prose
from articles.feeds import answers
from articles.feeds.answers import absolute
from articles.models import citing, public_picture, whole_story, withdrawal
from articles.models.edition import Edition
from articles.models.public_picture import PublicPicture
from media.models import Rendition

STORY = re.compile(r"/story/([1-9][0-9]{7})(?:/[^/]*)?/?", re.ASCII)
PICTURE = re.compile(r"/media/([0-9]{4,12})/?", re.ASCII)
NO_ADDRESS = "Say in “url” which page of this newspaper is to be shown."
NO_SUCH_FORMAT = "There are two formats: “json” and “xml”."
XML = "text/xml; charset=utf-8"
_LONGEST = 2_048
WIDE, HIGH = 600, 260


class _Nothing(Exception):
    """There is nothing to show: `status` is 404, or 410 for what readers once saw."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@require_safe
def oembed(request: HttpRequest) -> HttpResponseBase:
    """Answer with how to show the page at `?url=`. One query for a picture, one or two for a story."""
    form = request.GET.get("format") or "json"
    if form not in {"json", "xml"}:
        return answers.as_json(request, {"error": NO_SUCH_FORMAT}, status=400)
    address = request.GET.get("url", "")
    if not address:
        return answers.as_json(request, {"error": NO_ADDRESS}, status=400)
    bounds = (_bound(request, "maxwidth"), _bound(request, "maxheight"))
    try:
        facts = _facts(_path(address), bounds)
    except _Nothing as nothing:
        if nothing.status == 404:
            return answers.missing(request)
        return answers.as_json(request, {"error": answers.WITHDRAWN}, status=nothing.status)
    if form == "xml":
        return answers.send(request, _as_xml(facts), XML)
    return answers.as_json(request, facts)


def _path(address: str) -> str:
    """Return the path of an address of our own; raise for any other."""
    own = urlsplit(settings.SITE_URL)
    try:
        parts = urlsplit(address[:_LONGEST])
        is_ours = parts.scheme in {"http", "https"} and parts.netloc.lower() == own.netloc.lower()
    except ValueError:
        is_ours = False
    if not is_ours or len(address) > _LONGEST:
        raise _Nothing(404)
    return unquote(parts.path)


def _bound(request: HttpRequest, name: str) -> int | None:
    """Return a bound in pixels, None where there is none or where it is no number."""
    said = request.GET.get(name, "")
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 8 else None


def _facts(path: str, bounds: tuple[int | None, int | None]) -> dict[str, Any]:
    story, picture = STORY.fullmatch(path), PICTURE.fullmatch(path)
    if picture:
        return _picture(picture[1], bounds)
    if story:
        return _story(int(story[1]), bounds)
    raise _Nothing(404)


def _picture(media_id: str, bounds: tuple[int | None, int | None]) -> dict[str, Any]:
    found = public_picture.find(media_id)
    if found is None:
        raise _Nothing(404)
    if not found.is_public:
        raise _Nothing(410)
    said = _with_provider(citing.name_of(found), citing.maker_of(found.row))
    said["web_page"] = absolute(found.path)
    copies = found.in_slot()
    if not copies:
        return {"type": "link", **said}
    copy = _fitting(copies, bounds)
    photo = {"type": "photo", **said, **_sized("", copy, bounds), "alt": found.row.alt}
    return {**photo, **_sized("thumbnail_", copies[0], bounds), **_rights(found)}


def _rights(found: PublicPicture) -> dict[str, str]:
    """Return whom to name under the picture, which a site that shows it owes."""
    row = found.row
    facts = {"credit": row.credit, "copyright": row.copyright, "license_url": found.web_statement}
    return {name: fact for name, fact in facts.items() if fact}


def _story(story_id: int, bounds: tuple[int | None, int | None]) -> dict[str, Any]:
    edition = whole_story.in_force(story_id, is_whole=False)
    if edition is None:
        raise _Nothing(410 if withdrawal.of_story(story_id) else 404)
    facts: dict[str, Any] = {"type": "rich", **_with_provider(edition.headline, edition.byline)}
    facts |= {"html": _quotation(edition), **_frame(bounds)}
    names = {line["contributor"] for line in edition.bylines}
    if len(names) == 1:
        facts["author_url"] = absolute(f"/by/{names.pop()}/")
    facts["web_page"] = absolute(edition.get_absolute_url())
    lead = next((one for one in edition.shown_pictures if one.get("src")), None)
    if lead:
        width, height = _within(lead["width"], lead["height"], bounds)
        facts |= {
            "thumbnail_url": absolute(lead["src"]),
            "thumbnail_width": width,
            "thumbnail_height": height,
        }
    return facts


def _quotation(edition: Edition) -> str:
    """Return a story as a quotation: headline, what it is about, who wrote it, when if that is stated. Every word is escaped."""
    on = edition.published_on
    when = f", {on.day} {on:%B} {on.year}" if on else ""
    by = f"{edition.byline}, " if edition.byline else ""
    direction = "rtl" if edition.language == "ar" else "ltr"
    address = absolute(edition.get_absolute_url())
    texts = [edition.headline, edition.excerpt, f"{by}{settings.SITE_NAME}{when}"]
    headline, excerpt, credit = (html_escape(prose.without_controls(one)) for one in texts)
    return (
        f'<blockquote cite="{html_escape(address)}" lang="{html_escape(edition.language)}" dir="{direction}">'
        f'<p><a href="{html_escape(address)}"><strong>{headline}</strong></a></p>'
        f"{f'<p>{excerpt}</p>' if excerpt else ''}<p><small>{credit}</small></p></blockquote>"
    )


def _frame(bounds: tuple[int | None, int | None]) -> dict[str, Any]:
    """Return how much room the quotation takes: it is text, and flows into any."""
    width, height = bounds
    return {"width": min(width or WIDE, WIDE), "height": min(height or HIGH, HIGH)}


def _with_provider(name: str, maker: str) -> dict[str, Any]:
    facts = {
        "version": "1.0",
        "title": name,
        "author_name": maker,
        "provider_name": settings.SITE_NAME,
        "provider_url": f"{settings.SITE_URL}/",
    }
    return {key: fact for key, fact in facts.items() if fact}


def _fitting(copies: list[Rendition], bounds: tuple[int | None, int | None]) -> Rendition:
    """Return the largest copy within the bounds; where even the smallest is larger, that one, to be shown smaller."""
    fits = [one for one in copies if _within(one.width, one.height, bounds) == (one.width, one.height)]
    return fits[-1] if fits else copies[0]


def _sized(prefix: str, copy: Rendition, bounds: tuple[int | None, int | None]) -> dict[str, Any]:
    width, height = _within(copy.width, copy.height, bounds)
    return {f"{prefix}url": absolute(copy.url), f"{prefix}width": width, f"{prefix}height": height}


def _within(width: int, height: int, bounds: tuple[int | None, int | None]) -> tuple[int, int]:
    """Return the size that fits the bounds in the same shape, never larger than it is."""
    shares = [bound / side for bound, side in zip(bounds, (width, height), strict=True) if bound and side]
    share = min([1.0, *shares])
    return max(1, int(width * share)), max(1, int(height * share))


def _as_xml(facts: dict[str, Any]) -> bytes:
    lines = [
        f"  <{name}>{escape(prose.without_controls(str(fact)))}</{name}>" for name, fact in facts.items()
    ]
    text = "\n".join(
        ['<?xml version="1.0" encoding="utf-8" standalone="yes"?>', "<oembed>", *lines, "</oembed>", ""]
    )
    return text.encode("utf-8", "replace")

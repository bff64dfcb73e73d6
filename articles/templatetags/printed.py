"""How the paper prints a date, a byline, a picture and a number: one tag or filter each, for every room."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.safestring import SafeString

from articles import prose
from articles.models.contributor import BylineRole
from articles.models.dating import Dating
from articles.models.edition import Edition
from articles.models.public_picture import PublicPicture
from articles.templatetags.sources import choices

register = template.Library()

NOT_KNOWN = "date not known"
KINDS = {"topic": "Topics", "place": "Places", "person": "People", "organisation": "Organisations"}
ROLES_IN_ARABIC = {
    BylineRole.PHOTOGRAPHER: "تصوير",
    BylineRole.EDITOR: "تحرير",
    BylineRole.TRANSLATOR: "ترجمة",
    BylineRole.INTERVIEWER: "أجرى الحوار",
    BylineRole.CONTRIBUTOR: "أسهم في التغطية",
}
# How wide a picture stands on its story's page.
LEAD_SIZES = "(min-width: 62rem) 1030px, 100vw"
SIZES = "(min-width: 44rem) 680px, 100vw"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


@register.filter
def in_words(when: date | datetime) -> str:
    """Print a day in words: Thursday, 3 November 2016."""
    return formatted(_local(when), "l, j F Y")


@register.filter
def in_short(when: date | datetime) -> str:
    """Print a day without its weekday: 3 November 2016."""
    return formatted(_local(when), "j F Y")


@register.filter
def in_month(when: date) -> str:
    """Print a month: November 2016."""
    return formatted(when, "F Y")


@register.filter
def to_the_minute(when: datetime, form: str = "l, j F Y, H:i") -> str:
    """Print a moment in the paper's own time, its zone named: Thursday, 3 November 2016, 18:05 UTC."""
    local = timezone.localtime(when)
    return f"{formatted(local, form)} {_zone(local)}"


@register.filter
def inferred(dating: Dating) -> str:
    """Print the bounds of a story that nobody dated: between October 2016 and March 2017 (inferred)."""
    earliest, latest = dating.earliest, dating.latest
    if earliest is None and latest is None:
        return NOT_KNOWN
    if latest is None:
        return f"{_bound(earliest, is_month=_begins_month(earliest))} or later (inferred)"
    if earliest is None:
        return f"{_bound(latest, is_month=_ends_month(latest))} or earlier (inferred)"
    return f"{_between(earliest, latest)} (inferred)"


def _between(earliest: date, latest: date) -> str:
    if earliest == latest:
        return f"on {in_short(earliest)}"
    if not (_begins_month(earliest) and _ends_month(latest)):
        return f"between {in_short(earliest)} and {in_short(latest)}"
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"in {in_month(earliest)}"
    if earliest.year == latest.year and (earliest.month, latest.month) == (1, 12):
        return f"in {earliest.year}"
    return f"between {in_month(earliest)} and {in_month(latest)}"


def _bound(day: date | None, *, is_month: bool) -> str:
    assert day is not None
    return in_month(day) if is_month else in_short(day)


def _begins_month(day: date | None) -> bool:
    return day is not None and day.day == 1


def _ends_month(day: date | None) -> bool:
    return day is not None and (day + timedelta(days=1)).day == 1


def _local(when: date | datetime) -> date | datetime:
    return timezone.localtime(when) if isinstance(when, datetime) else when


def _zone(local: datetime) -> str:
    short = local.tzname() or ""
    return short if short.isalpha() else timezone.get_current_timezone_name().replace("_", " ")


@register.filter
def counted(number: int, words: str) -> str:
    """Print a number with its noun, `words` being "story,stories": 1,204 stories."""
    one, _, many = words.partition(",")
    return f"{number:,} {one if number == 1 else many}"


@register.filter
def plain(number: float) -> str:
    """Print a measure of a drawing as SVG reads it, whatever the language of the page: 12.5."""
    return f"{number:g}"


@register.filter
def direction(language: str) -> str:
    """Return the direction a language is written in."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


@register.filter
def rest_of(pictures: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the pictures that do not stand in the text."""
    return [picture for picture in pictures if not picture["is_inline"]]


@register.filter
def body_of(edition: Edition) -> SafeString:
    """Print a story's text, rendered when its edition was made."""
    return prose.trusted(edition.body_html)


@register.filter
def by_kind(tags: list[Mapping[str, str]]) -> list[dict[str, Any]]:
    """Return the tags kind by kind, each kind under its plural; kinds without any are left out."""
    led = [{**tag, "path": f"/tag/{tag['slug']}/"} for tag in tags]
    kinds = [(plural, [tag for tag in led if tag["kind"] == kind]) for kind, plural in KINDS.items()]
    return [{"name": plural, "tags": found} for plural, found in kinds if found]


@register.filter
def data_path(path: str) -> str:
    """Return where a page's data stand: `.json` in place of the last slash."""
    return f"{path.removesuffix('/')}.json"


@register.inclusion_tag("story/_byline.html")
def byline(edition: Edition) -> dict[str, Any]:
    """Print the names over a story, in their order, each with what they did and a link to all they wrote."""
    is_arabic = edition.language == "ar"
    roles = ROLES_IN_ARABIC if is_arabic else dict(BylineRole.choices)
    names = [
        {
            **line,
            "path": f"/by/{line['contributor']}/",
            "did": "" if line["role"] == BylineRole.WRITER else roles.get(line["role"], ""),
        }
        for line in edition.bylines
    ]
    last_and, comma = (" و", "، ") if is_arabic else (" and ", ", ")
    return {"names": names, "last_and": last_and, "comma": comma}


@register.inclusion_tag("story/_dated.html")
def dated(edition: Edition, updated_at: datetime | None = None) -> dict[str, Any]:
    """Print when a story first ran, as stated or within inferred bounds, and since when it says something else."""
    return {"edition": edition, "dating": edition.dating, "updated_at": updated_at}


@register.inclusion_tag("story/_dated_briefly.html")
def dated_briefly(edition: Edition) -> dict[str, Any]:
    """Print when a story first ran as lists do: the day without its weekday, or the inferred bounds."""
    return {"edition": edition, "dating": edition.dating}


@register.inclusion_tag("archive/_thumbnail.html")
def beside(
    edition: Edition, sizes: str, *, slot: str = "landscape", narrow: str = "", is_first: bool = False
) -> dict[str, Any]:
    """Print a story's lead picture beside its headline, if it has one with a file, cropped to `slot`.

    In a narrow window it is cropped to `narrow`, where that is given.
    """
    shown = edition.lead_picture or {"src": ""}
    found, plain = choices(shown, sizes, slot, narrow)
    return {"alt": shown.get("alt", ""), "sources": found, "plain": plain, "is_first": is_first}


@register.inclusion_tag("story/_files.html")
def files(found: PublicPicture, sizes: str, *, is_first: bool = False) -> dict[str, Any]:
    """Print a picture of the library by itself, in its own shape; it has a file."""
    sources, plain = choices(found.as_shown(), sizes)
    return {"alt": found.row.alt, "sources": sources, "plain": plain, "is_first": is_first}


@register.inclusion_tag("story/_picture.html")
def picture(one: Mapping[str, Any], *, is_lead: bool = False) -> dict[str, Any]:
    """Print a picture with caption, credit and Media ID; of one that was withdrawn, that it was and when."""
    found, plain = choices(one, LEAD_SIZES if is_lead else SIZES)
    withdrawn_on = date.fromisoformat(one["withdrawn_on"]) if "withdrawn_on" in one else None
    return {
        "picture": one,
        "alt": one.get("alt", ""),
        "withdrawn_on": withdrawn_on,
        "sources": found,
        "plain": plain,
        "is_first": is_lead,
    }

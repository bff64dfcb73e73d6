"""How the paper prints a date, a byline, a picture and a number: one tag or filter each, for every room."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy, gettext_noop, ngettext

from articles import prose
from articles.models import citing_stories
from articles.models.contributor import BylineRole
from articles.models.dating import Dating
from articles.models.edition import Edition
from articles.models.public_picture import PublicPicture
from articles.templatetags.sources import choices
from newsroom.date_forms import formatted
from newsroom.language import speaking, spoken
from newsroom.standing import standing
from newsroom.stereotype import alike

register = template.Library()

# What is put together of these and of escaped words is safe to print.
_NOTHING, _MARK, _MARKED = format_html("{}", ""), format_html("<{}>", "mark"), format_html("</{}>", "mark")

KINDS = {
    "topic": gettext_lazy("Topics"),
    "place": gettext_lazy("Places"),
    "person": gettext_lazy("People"),
    "organisation": gettext_lazy("Organisations"),
}
# Forms of dates, as Django's date filter reads them: a translation says them its own way.
DAY_IN_WORDS, MINUTE_IN_WORDS = gettext_noop("l, j F Y"), gettext_noop("l, j F Y, H:i")
MINUTE_IN_SHORT = gettext_noop("j F Y, H:i")
# How wide a picture stands on its story's page.
LEAD_SIZES = "(min-width: 62rem) 1030px, 100vw"
SIZES = "(min-width: 44rem) 680px, 100vw"
LOCALES = {"en": "en_GB", "ar": "ar_AR"}
LANGUAGES = {"en": gettext_noop("English"), "ar": gettext_noop("Arabic")}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


@register.simple_tag(name="standing", takes_context=True)
def standing_matter(context: Context, name: str, **given: Any) -> SafeString:
    """Print a part that takes nothing but what it is `given`; one that was printed so before is not set again."""
    engine: Any = context.template.engine  # type: ignore[union-attr]
    return standing(engine.get_template(name), given, context)


@register.simple_tag(takes_context=True)
def sections_of(context: Context, masthead: Any) -> SafeString:
    """Print the sections of the masthead and the search, the one that is shown here marked."""
    request = context.get("request")
    as_of = getattr(request, "as_of", None)
    path = as_of.path if as_of else getattr(request, "path", "")
    known = {reverse("search"), *(one.get_absolute_url() for one in masthead.sections)}
    here = path if path in known else ""
    return standing_matter(context, "archive/_sections.html", sections=masthead.sections, here=here)


@register.filter
def marked(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    """Print a text in pieces (the words, whether they were asked for), with those marked that were asked for."""
    said = _NOTHING
    for words, is_hit in pieces:
        said += _MARK + escape(words) + _MARKED if is_hit else escape(words)
    return said


@register.filter
def in_words(when: date | datetime) -> str:
    """Print a day in words: Thursday, 3 November 2016."""
    return formatted(_local(when), gettext(DAY_IN_WORDS))


@register.simple_tag
def today() -> str:
    """Print the day it is in the paper's own zone, in words."""
    return in_words(timezone.localdate())


@register.filter
def in_short(when: date | datetime) -> str:
    """Print a day without its weekday: 3 November 2016."""
    return formatted(_local(when), "j F Y")


@register.filter
def in_month(when: date) -> str:
    """Print a month: November 2016."""
    return formatted(when, "F Y")


@register.filter
def to_the_minute(when: datetime, form: str = MINUTE_IN_WORDS) -> str:
    """Print a moment in the paper's own time, its zone named: Thursday, 3 November 2016, 18:05 UTC."""
    local = timezone.localtime(when)
    return f"{formatted(local, gettext(form))} {_zone(local)}"


@register.filter
def in_utc(when: datetime) -> str:
    """Print a moment in UTC: 3 November 2016, 18:05 UTC. For addresses that name one, which are the same everywhere."""
    return f"{formatted(when.astimezone(UTC), gettext('j F Y, H:i'))} UTC"


@register.filter
def inferred(dating: Dating) -> str:
    """Print the bounds of a story that nobody dated: between October 2016 and March 2017 (inferred)."""
    earliest, latest = dating.earliest, dating.latest
    if earliest is None and latest is None:
        return gettext("date not known")
    if latest is None:
        bound = _bound(earliest, is_month=_begins_month(earliest))
        return gettext("%(date)s or later (inferred)") % {"date": bound}
    if earliest is None:
        bound = _bound(latest, is_month=_ends_month(latest))
        return gettext("%(date)s or earlier (inferred)") % {"date": bound}
    return gettext("%(bounds)s (inferred)") % {"bounds": _between(earliest, latest)}


def _between(earliest: date, latest: date) -> str:
    if earliest == latest:
        return gettext("on %(date)s") % {"date": in_short(earliest)}
    if not (_begins_month(earliest) and _ends_month(latest)):
        return gettext("between %(first)s and %(last)s") % {
            "first": in_short(earliest),
            "last": in_short(latest),
        }
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return gettext("in %(month)s") % {"month": in_month(earliest)}
    if earliest.year == latest.year and (earliest.month, latest.month) == (1, 12):
        return gettext("in %(month)s") % {"month": str(earliest.year)}
    return gettext("between %(first)s and %(last)s") % {
        "first": in_month(earliest),
        "last": in_month(latest),
    }


def _bound(day: date | None, *, is_month: bool) -> str:
    assert day is not None
    return in_month(day) if is_month else in_short(day)


def _begins_month(day: date | None) -> bool:
    return day is not None and day.day == 1


def _ends_month(day: date | None) -> bool:
    return day is not None and (day + timedelta(days=1)).day == 1


@register.filter
def stamp(when: datetime) -> str:
    """Print a moment for machines, to the second: HTML takes no more than thousandths (its standard, 2.3.5)."""
    return timezone.localtime(when).isoformat(timespec="seconds")


@register.filter(name="date", expects_localtime=True)
def in_form(when: date | datetime | None, form: str) -> str:
    """Print a day or a moment in a form of Django's, as its own filter of this name does; nothing for none."""
    return formatted(when, form) if when else ""


def _local(when: date | datetime) -> date | datetime:
    return timezone.localtime(when) if isinstance(when, datetime) else when


def _zone(local: datetime) -> str:
    short = local.tzname() or ""
    return short if short.isalpha() else timezone.get_current_timezone_name().replace("_", " ")


COUNTED: Mapping[str, Callable[[int], str]] = {
    "story,stories": lambda n: ngettext("%(count)s story", "%(count)s stories", n),
    "version,versions": lambda n: ngettext("%(count)s version", "%(count)s versions", n),
    "line,lines": lambda n: ngettext("%(count)s line", "%(count)s lines", n),
    "picture,pictures": lambda n: ngettext("%(count)s picture", "%(count)s pictures", n),
    "word,words": lambda n: ngettext("%(count)s word", "%(count)s words", n),
}


@register.filter
def counted(number: int, words: str) -> str:
    """Print a number with its noun, `words` being "story,stories": 1,204 stories. Those in `COUNTED` are translated."""
    if words in COUNTED:
        return COUNTED[words](number) % {"count": f"{number:,}"}
    one, _, many = words.partition(",")
    return f"{number:,} {one if number == 1 else many}"


@alike
@register.simple_tag
def spoken_here() -> str:
    """Print the attributes of what stands in the language that is spoken around here, inside a text in any."""
    language = get_language() or "en"
    return format_html('lang="{}" dir="{}"', language, direction(language))


@register.filter
def plain(number: float) -> str:
    """Print a measure of a drawing as SVG reads it, whatever the language of the page: 12.5."""
    return f"{number:g}"


@register.filter
def direction(language: str) -> str:
    """Return the direction a language is written in."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


@register.filter
def furniture(language: str) -> str:
    """Return the language of the words around a text in `language`."""
    return spoken(language)


@register.filter
def locale(language: str) -> str:
    """Return a language as Open Graph writes it, with the territory whose spelling the paper follows."""
    return LOCALES.get(language, language.replace("-", "_"))


@register.filter
def language_in_words(language: str) -> str:
    """Print the name of a language: Arabic."""
    return str(gettext(LANGUAGES.get(language, language)))


@register.filter
def stated_date(edition: Edition) -> str:
    """Print a stated date for machines: the moment, or the day alone where the hour is not known."""
    known = edition.published_at if edition.is_time_known else edition.published_on
    return known.isoformat() if known else ""


@register.filter
def permanent_address(edition: Edition) -> str:
    """Return the whole address under which an edition stays for ever."""
    return citing_stories.address_of(edition)


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
    kinds = [(str(plural), [tag for tag in led if tag["kind"] == kind]) for kind, plural in KINDS.items()]
    return [{"name": plural, "tags": found} for plural, found in kinds if found]


@register.filter
def data_path(path: str) -> str:
    """Return where a page's data stand: `.json` in place of the last slash."""
    return f"{path.removesuffix('/')}.json"


@register.inclusion_tag("story/_byline.html")
def byline(edition: Edition) -> dict[str, Any]:
    """Print the names over a story, in their order, each with what they did and a link to all they wrote."""
    with speaking(edition.language):
        names = [
            {
                **line,
                "path": f"/by/{line['contributor']}/",
                "did": "" if line["role"] == BylineRole.WRITER else str(BylineRole(line["role"]).label),
            }
            for line in edition.bylines
        ]
        last_and, comma = gettext(" and "), gettext(", ")
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


@register.inclusion_tag("archive/_small_picture.html")
def small_picture(one: Mapping[str, Any]) -> dict[str, Any]:
    """Print a picture small, for a list of what changed."""
    found, plain = choices(one, "160px")
    return {"alt": one.get("alt", ""), "sources": found, "plain": plain, "is_first": False}


@register.filter
def day_in_utc(when: datetime) -> date:
    """Return the day of a moment as the record counts days: in UTC."""
    return when.astimezone(UTC).date()


@register.filter
def record_path(when: datetime) -> str:
    """Return the address of the day on which a version entered the record."""
    return f"/record/{when.astimezone(UTC):%Y/%m/%d}/"


@register.filter
def hour_in_utc(when: datetime) -> str:
    """Print the hour of a moment in UTC: 18:05 UTC."""
    return f"{when.astimezone(UTC):%H:%M} UTC"


@register.filter
def grouped(number: int) -> str:
    """Print a number with its thousands apart: 1,204."""
    return f"{number:,}"

"""How a story is cited: by one of its editions, at the address under which that one stays for ever."""

from datetime import date

from django.conf import settings
from django.utils.encoding import iri_to_uri

from articles.models.cited import MONTHS, Cited, in_one_line
from articles.models.citing import Citation
from articles.models.contributor import BylineRole
from articles.models.dating import Dating
from articles.models.edition import Completeness, Edition

# Who is named as a maker; the rest helped.
MAKERS = frozenset(BylineRole.values) - {BylineRole.EDITOR, BylineRole.PHOTOGRAPHER}


def in_parts(edition: Edition, path: str = "") -> Citation:
    """Return the citation as plain text in parts; `path` is the story's own where the edition's slug is another one."""
    when = _day(edition) or inferred(edition.dating)
    rest = (
        f" {settings.SITE_NAME}, {when}. Story {edition.story_id}, edition {edition.number}. "
        f"{settings.SITE_URL}{path_of(edition, path)}"
    )
    return Citation(in_one_line(edition.byline).rstrip("."), f"{in_one_line(edition.headline)}.", rest)


def in_a_line(edition: Edition, path: str = "") -> str:
    """Return the citation as plain text."""
    maker, name, rest = in_parts(edition, path)
    return f"{maker}. {name}{rest}" if maker else f"{name}{rest}"


def path_of(edition: Edition, path: str = "") -> str:
    """Return the permanent path of an edition, its letters as people read them."""
    return f"{path or edition.get_absolute_url()}editions/{edition.number}/"


def address_of(edition: Edition, path: str = "") -> str:
    """Return the permanent address of an edition, whole, as programs take it."""
    return settings.SITE_URL + iri_to_uri(path_of(edition, path))


def cited(edition: Edition, path: str = "") -> Cited:
    """Return what the programs of those who cite are told of an edition of a story."""
    on, dating = edition.published_on, edition.dating
    section = edition.section_as_printed
    return Cited(
        key=f"story{edition.story_id}",
        kind="NEWS",
        bibtex="article",
        csl="article-newspaper",
        name=in_one_line(edition.headline),
        makers=makers(edition),
        paper=settings.SITE_NAME,
        number=f"Story {edition.story_id}",
        address=address_of(edition, path),
        on=on,
        bounds=(None, None) if dating.is_stated else (dating.earliest, dating.latest),
        note=_note(edition),
        further=(
            ("bibtex", "journal", settings.SITE_NAME),
            ("bibtex", "month", MONTHS[on.month - 1] if on else ""),
            ("bibtex", "day", str(on.day) if on else ""),
            ("bibtex", "language", edition.language),
            ("ris", "PY", str(on.year) if on else ""),
            ("ris", "T2", settings.SITE_NAME),
            ("ris", "SE", section),
            ("ris", "ET", str(edition.number)),
            ("ris", "LA", edition.language),
            ("csl", "publisher", settings.SITE_NAME),
            ("csl", "section", section),
            ("csl", "version", str(edition.number)),
            ("csl", "number", str(edition.story_id)),
            ("csl", "language", edition.language),
        ),
    )


def makers(edition: Edition) -> tuple[str, ...]:
    """Return the names that stand over an edition, as printed, those who edited it or took its pictures left out."""
    lines = [line for line in edition.bylines if line["role"] in MAKERS] or edition.bylines
    return tuple(dict.fromkeys(in_one_line(line["as_printed"]) for line in lines if line["as_printed"]))


def inferred(dating: Dating) -> str:
    """Return in plain words when a story ran that nobody dated: always said to be inferred, or not known."""
    earliest, latest = dating.earliest, dating.latest
    if earliest and latest:
        return f"between {_in_words(earliest)} and {_in_words(latest)} (inferred)"
    if earliest:
        return f"{_in_words(earliest)} or later (inferred)"
    return f"{_in_words(latest)} or earlier (inferred)" if latest else "date not known"


def _note(edition: Edition) -> str:
    dated = "" if edition.dating.is_stated else f" Date: {inferred(edition.dating)}."
    cut = "" if edition.completeness == Completeness.WHOLE else " The text is not whole."
    return f"Story {edition.story_id}, edition {edition.number}.{dated}{cut}"


def _day(edition: Edition) -> str:
    return _in_words(edition.published_on) if edition.published_on else ""


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"

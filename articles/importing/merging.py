"""What a story says when a further page tells of it: stated beats inferred, the full text beats the teaser, nothing is lost."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from articles import prose
from articles.importing.offers import HEADLINE, Offer
from articles.importing.pictures import joined
from articles.importing.reading.dates import clock
from articles.importing.reading.folding import words
from articles.importing.reading.page import PrintedDate
from articles.importing.standing import Standing
from articles.models import Contents, Dating, PrintedByline, PrintedPicture
from articles.workflow.copy import cleaned
from articles.workflow.filing import tags_named

OWN_ACCOUNT = "address-own-account"


@dataclass(frozen=True, slots=True)
class Named:
    """What a page's names became here: section slug, byline, pictures."""

    section: str
    bylines: tuple[PrintedByline, ...]
    pictures: tuple[PrintedPicture, ...]


def alone(offer: Offer, named: Named) -> Contents:
    """Return what a story says that only this page tells of."""
    headline = offer.headline.value if offer.headline else offer.inferred_headline
    return Contents(
        headline=_short(headline, HEADLINE),
        slug=offer.slug,
        dateline=_short(offer.dateline, 160),
        body=offer.body,
        language=offer.language,
        section=named.section,
        bylines=named.bylines,
        pictures=named.pictures,
        tags=tuple(one.value for one in offer.tags),
    )


def together(standing: Standing, offer: Offer, named: Named, *, is_same_page: bool) -> tuple[Contents, str]:
    """Return what a story says now that `offer` tells of it too, and how much of the text there is."""
    old = standing.contents
    takes_text = _is_better(standing, offer, is_same_page=is_same_page)
    new = alone(offer, named)
    headline = _headline(standing, offer, old, new, takes_text=takes_text)
    keeps_slug = headline == old.headline or standing.states("slug")
    contents = old.changed(
        headline=headline,
        slug=offer.slug or (old.slug if keeps_slug else ""),
        dateline=(new.dateline or old.dateline) if takes_text else (old.dateline or new.dateline),
        body=new.body if takes_text else old.body,
        language=new.language if takes_text else old.language,
        section=new.section if _is_surer(standing, offer, "section") else old.section,
        bylines=new.bylines if _is_surer(standing, offer, "byline") else old.bylines,
        pictures=_pictures(standing, offer, old.pictures, new.pictures, takes_text=takes_text),
        tags=tuple(dict.fromkeys((*old.tags, *(tag.name for tag in tags_named(new.tags))))),
    )
    known = standing.edition.completeness
    return cleaned(contents), (offer.completeness if takes_text else known)


def changes_text(old: Contents, new: Contents) -> bool:
    """Say whether the story's text differs: everything but how it is filed and what the desk noted."""
    filed = {"tags", "note", "pictures"}
    return bool(set(old.differences(new)) - filed) or _shown(old) != _shown(new)


def _shown(contents: Contents) -> list[tuple[object, ...]]:
    return [(one.picture, one.media_id, one.caption, one.credit, one.alt) for one in contents.pictures]


def _is_better(standing: Standing, offer: Offer, *, is_same_page: bool) -> bool:
    """Say whether the offer's text is to stand: a full text over a teaser, more over less, a later capture over an earlier."""
    if offer.is_teaser != standing.is_teaser:
        return standing.is_teaser
    new, old = words(prose.plain(offer.body)), words(standing.edition.body_text)
    if _is_opening(new, old):
        return is_same_page and len(new) == len(old)
    return not offer.is_teaser or _is_opening(old, new)


def _is_opening(short: Sequence[str], long: Sequence[str]) -> bool:
    """Say whether a text is the beginning of another, its last word perhaps broken, or the whole of it."""
    if len(short) > len(long) or not short:
        return False
    whole = len(short) - 1
    return short[:whole] == long[:whole] and long[whole].startswith(short[whole])


def _headline(standing: Standing, offer: Offer, old: Contents, new: Contents, *, takes_text: bool) -> str:
    if offer.headline is None:
        return old.headline
    if offer.headline.stated:
        return new.headline if takes_text or not standing.states("headline") else old.headline
    return new.headline if takes_text and not standing.states("headline") else old.headline


def _is_surer(standing: Standing, offer: Offer, field: str) -> bool:
    """Say whether the offer's section or byline is surer than the one that stands; of two alike the first stays."""
    known = [one for one in standing.facts if one["field"] == field]
    if field == "section":
        offered = -1 if offer.section is None else 2 * offer.section.stated
    else:
        ranks = (_rank(one.name.stated, one.name.rule) for one in offer.bylines)
        offered = max(ranks, default=-1)
    return offered > max((_rank(one["stated"], one["rule"]) for one in known), default=-1)


def _rank(stated: bool, rule: str) -> int:
    """Printed names are surest; a person's account in the address says more than the paper's own."""
    return 2 if stated else 0 if rule == OWN_ACCOUNT else 1


def _pictures(
    standing: Standing,
    offer: Offer,
    old: tuple[PrintedPicture, ...],
    new: tuple[PrintedPicture, ...],
    *,
    takes_text: bool,
) -> tuple[PrintedPicture, ...]:
    """What a list shows beside a teaser is taken only where the page itself has no picture."""
    if offer.is_teaser and not standing.is_teaser:
        return old or new
    if standing.is_teaser and not offer.is_teaser:
        return new or old
    if takes_text and not offer.is_teaser:
        numbered = tuple(one for one in old if one.media_id) if new else old
        return joined(new, numbered)
    return joined(old, new)


def stated_dating(offer: Offer) -> Dating | None:
    """Return the date that the page states, None where it states none that has come."""
    published = offer.published
    if published is None or published.day is None:
        return None
    at = clock(published.printed) if published.where == "page" else None
    dating = Dating.stated_on(published.day, reason="")
    if at is not None and dating.published_at is not None:
        dating = Dating.stated_at(dating.published_at.replace(hour=at.hour, minute=at.minute))
    return dating if dating.published_at and dating.published_at <= timezone.now() else None


def first_of(one: Dating | None, other: Dating | None) -> Dating | None:
    """Return the earlier of two stated dates; of two on one day the one whose hour is known."""
    stated = [dating for dating in (one, other) if dating is not None and dating.is_stated]
    return min(stated, key=lambda dating: (dating.published_on, not dating.is_time_known), default=None)


def proof(found: PrintedDate) -> tuple[str, str] | None:
    """Return (day, sentence) of a date that a story cannot be older than, None where it names no year."""
    if found.earliest is None:
        return None
    what = "caption" if found.where in {"caption", "credit"} else "text"
    return found.earliest.isoformat(), f"its {what} says “{found.printed.strip()}” (line {found.line})"


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"

"""Answers with the data of any page: `.json` in place of the last slash of its address."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from articles.feeds import answers, shapes
from articles.feeds.answers import ElsewhereNow, Gone
from articles.models import narrowing, neighbours, shelf, whole_story, withdrawal
from articles.models.correction import Correction
from articles.models.edition import Edition, EditionQuerySet, Suppression
from articles.models.narrowing import Narrowing
from articles.models.shelf import PAGE, Moved, Shelf
from newsroom.keyset import BadCursor, cursor_in
from newsroom.prepared import prepared

View = Callable[..., HttpResponseBase]


def answered(view: View) -> View:
    """Decorate a view of data: reading only, and a 404, 410 or 301 that a machine understands."""

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, **named: Any) -> HttpResponseBase:
        try:
            return view(request, **named)
        except (Http404, BadCursor):
            return answers.missing(request)
        except Gone as past:
            return answers.gone(request, past.withdrawal)
        except ElsewhereNow as now:
            return answers.moved(shapes.json_path(now.path))

    return wrapped


@answered
def story(
    request: HttpRequest, story_id: str, slug: str = "", *, moment: datetime | None = None
) -> HttpResponseBase:
    """Answer with the edition in force, and what stands around it. Three queries."""
    found = whole_story.find(int(story_id), moment, texts=tuple(whole_story.TEXTS))
    if found is None:
        raise _absent(int(story_id))
    edition = found.in_force
    if edition.slug != slug:
        return answers.moved(shapes.json_path(edition.get_absolute_url()))
    shapes.name_contributors([edition])
    around = neighbours.of(edition, moment)
    facts = shapes.story(edition, found.notices) | shapes.around(around)
    return answers.as_json(request, facts)


@answered
def editions(
    request: HttpRequest, story_id: str, slug: str, *, moment: datetime | None = None
) -> HttpResponseBase:
    """Answer with the list of a story's published versions, newest first; a suppressed one keeps number and dates."""
    standing = _standing(int(story_id), moment)
    if standing.slug != slug:
        return answers.moved(f"{standing.get_absolute_url()}editions.json")
    rows = Edition.objects.once_public(moment).filter(story_id=standing.story_id).order_by("-number")
    facts = rows.values(
        "number", "kind", "reason", "headline", "digest", "live_from", "live_until", "suppressed_at",
        "suppressed_because",
    )  # fmt: skip
    entries = [
        {
            "edition": one["number"],
            "url": answers.absolute(f"{standing.get_absolute_url()}editions/{one['number']}/"),
            "kind": one["kind"],
            "live_from": answers.iso(one["live_from"]),
            # Until when the one in force will stand is known only to the desk: a successor may be scheduled.
            "live_until": None if one["number"] == standing.number else answers.iso(one["live_until"]),
            "suppressed_at": answers.iso(one["suppressed_at"]),
            "notice": str(withdrawal.OF_A_VERSION[Suppression(one["suppressed_because"])])
            if one["suppressed_at"]
            else None,
            "headline": None if one["suppressed_at"] else one["headline"],
            "reason": None if one["suppressed_at"] else one["reason"],
            "digest": one["digest"],
        }
        for one in facts
    ]
    return answers.as_json(request, shapes.page(entries, f"{standing.get_absolute_url()}editions/", None))


@answered
def one_edition(
    request: HttpRequest, story_id: str, slug: str, number: str, *, moment: datetime | None = None
) -> HttpResponseBase:
    """Answer with one published version of a story that is still public. Three queries."""
    edition: Any = next(iter(_version(int(story_id), int(number), moment=moment)), None)
    if edition is None:
        _standing(int(story_id), moment)
        raise Http404
    if edition.suppressed_at is not None:
        raise Gone(withdrawal.of_version(edition))
    here = f"/story/{story_id}/{edition.slug_now}/editions/{edition.number}/"
    if edition.slug_now != slug:
        return answers.moved(shapes.json_path(here))
    return _story(request, edition, f"/story/{story_id}/{edition.slug_now}/", here, moment)


@prepared
def _version(story_id: int, number: int, *, moment: datetime | None) -> EditionQuerySet:
    slugs = Subquery(Edition.objects.at(moment).filter(story=OuterRef("story")).values("slug")[:1])
    versions = Edition.objects.once_public(moment).select_related("section").annotate(slug_now=slugs)
    return versions.filter(story_id=story_id, number=number, slug_now__isnull=False)


def _standing(story_id: int, moment: datetime | None) -> Edition:
    edition = whole_story.in_force(story_id, moment)
    if edition is None:
        raise _absent(story_id)
    return edition


def _absent(story_id: int) -> Exception:
    """Return what to raise for a story that is not public: gone, at every moment, if readers ever saw it."""
    past = withdrawal.of_story(story_id)
    return Gone(past) if past else Http404()


def _story(
    request: HttpRequest, edition: Edition, story: str, here: str, moment: datetime | None
) -> HttpResponseBase:
    shapes.name_contributors([edition])
    notices = Correction.objects.public(moment).filter(story_id=edition.story_id).select_related("edition")
    light = notices.only("kind", "note", "made_at", "edition__number")
    facts = shapes.story(edition, light) | shapes.cited(edition, here, story)
    return answers.as_json(request, facts | {"url": answers.absolute(here)})


@answered
def front(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with the newest stories of all."""
    return _shelf(request, shelf.front(moment))


@answered
def section(request: HttpRequest, slug: str, *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with the stories of a section."""
    return _shelf(request, shelf.section(slug, moment))


@answered
def tag(request: HttpRequest, slug: str, *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with the stories filed under a tag."""
    return _shelf(request, shelf.tag(slug, moment))


@answered
def contributor(request: HttpRequest, slug: str, *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with the stories of a contributor."""
    return _shelf(request, shelf.contributor(slug, moment))


@answered
def period(
    request: HttpRequest, year: str, month: str = "", day: str = "", *, moment: datetime | None = None
) -> HttpResponseBase:
    """Answer with the stories of a year, a month or a day."""
    return _shelf(request, shelf_of(year, month, day, moment))


def shelf_of(year: str, month: str, day: str, moment: datetime | None = None) -> Shelf:
    """Return the shelf of a year, a month or a day; a period that no calendar has is an address that does not exist."""
    try:
        if day:
            return shelf.day(date(int(year), int(month), int(day)), moment)
        return shelf.month(int(year), int(month), moment) if month else shelf.year(int(year), moment)
    except ValueError as no_such_day:
        raise Http404 from no_such_day


@answered
def this_day(
    request: HttpRequest, month: str = "", day: str = "", *, moment: datetime | None = None
) -> HttpResponseBase:
    """Answer with what ran on a day of the calendar in every year, today's without one. Three queries."""
    return _shelf(request, this_day_of(month, day, moment))


def this_day_of(month: str, day: str, moment: datetime | None = None) -> Shelf:
    """Return the shelf of a day of the calendar, of today's without one; a day that no year has does not exist."""
    try:
        return shelf.this_day(int(month), int(day), moment) if day else shelf.today(moment)
    except ValueError as no_such_day:
        raise Http404 from no_such_day


@answered
def timeline(request: HttpRequest, slug: str, *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with the stories of a tag, the first first. Two queries."""
    return _shelf(request, timeline_of(slug, moment))


def timeline_of(slug: str, moment: datetime | None = None) -> Shelf | Moved | None:
    """Return the shelf of a tag along a line of time."""
    found = shelf.tag(slug, moment)
    if isinstance(found, Moved):
        return Moved(shelf.timeline(found.shelf, moment))
    return shelf.timeline(found, moment) if found else None


@answered
def undated(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with the stories whose day nobody states."""
    return _shelf(request, shelf.undated(moment))


def _shelf(request: HttpRequest, found: Shelf | Moved | None) -> HttpResponseBase:
    """Answer with one page of a shelf. Three queries with the one that found it."""
    held, page = answers.open_shelf(found, cursor_in(request))
    return answers.as_json(request, shapes.shelf_page(held, page))


@answered
def corrections(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with the notices to readers, those that its page shows for the same question, newest first. Two queries."""
    wanted = wanted_in(request)
    after = cursor_in(request, wanted.list_name)
    rows = wanted.rows(moment).listed(after).select_related("edition")
    told = ("kind", "severity", "note", "changes", "made_at", "story_id", "edition__number")
    notices = list(rows.only(*told)[: PAGE + 1])
    if not notices and (after is not None or wanted.is_any):
        raise Http404
    following = notices[PAGE - 1].cursor.of(wanted.list_name) if len(notices) > PAGE else None
    shown = notices[:PAGE]
    standing = editions_in_force(shown, moment)
    entries = [shapes.notice(one, standing.get(one.story_id)) for one in shown]
    next_path = wanted.path(narrowing.DATA, after=following) if following else None
    return answers.as_json(request, {"items": entries, "next": next_path})


def wanted_in(request: HttpRequest) -> Narrowing:
    """Return which notices an address asks for; raise Http404 for what names no list."""
    try:
        return Narrowing.of(request.GET)
    except ValueError as no_such_list:
        raise Http404 from no_such_list


def editions_in_force(notices: list[Correction], moment: datetime | None = None) -> dict[int, Edition]:
    """Return the public edition of each story the notices are on, by story ID: one query."""
    rows = Edition.objects.at(moment).filter(story_id__in=[one.story_id for one in notices])
    return {row.story_id: row for row in rows.without_texts()}

"""Feeds beside the front page, every section, tag and contributor, and the corrections."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseGone
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from articles.feeds import answers
from articles.feeds.answers import ElsewhereNow, Gone, absolute
from articles.feeds.formats import FORMS, Entry, Feed
from articles.feeds.pages_as_json import editions_in_force
from articles.models import shelf
from articles.models.correction import Correction
from articles.models.edition import Edition
from articles.models.shelf import PAGE, Moved, Shelf

View = Callable[..., HttpResponseBase]


def syndicated(view: View) -> View:
    """Decorate a view of a feed, `form` being the name of its file: reading only, 410 and 301 where they are due."""

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, form: str, **named: Any) -> HttpResponseBase:
        try:
            return view(request, form=form, **named)
        except Gone:
            return HttpResponseGone()
        except ElsewhereNow as now:
            return answers.moved(f"{now.path}{form}")

    return wrapped


@syndicated
def front(request: HttpRequest, form: str) -> HttpResponseBase:
    """Answer with the feed of the newest stories."""
    return _shelf(request, form, shelf.front())


@syndicated
def section(request: HttpRequest, form: str, slug: str) -> HttpResponseBase:
    """Answer with the feed of a section."""
    return _shelf(request, form, shelf.section(slug))


@syndicated
def tag(request: HttpRequest, form: str, slug: str) -> HttpResponseBase:
    """Answer with the feed of a tag."""
    return _shelf(request, form, shelf.tag(slug))


@syndicated
def contributor(request: HttpRequest, form: str, slug: str) -> HttpResponseBase:
    """Answer with the feed of a contributor."""
    return _shelf(request, form, shelf.contributor(slug))


@syndicated
def undated(request: HttpRequest, form: str) -> HttpResponseBase:
    """Answer with the feed of the stories whose day nobody states."""
    return _shelf(request, form, shelf.undated())


@syndicated
def corrections(request: HttpRequest, form: str) -> HttpResponseBase:
    """Answer with the feed of notices to readers. Two queries."""
    rows = Correction.objects.public().select_related("edition")
    notices = list(rows.only("kind", "note", "made_at", "story_id", "edition__number")[:PAGE])
    standing = editions_in_force(notices)
    entries = [_notice(one, standing.get(one.story_id)) for one in notices]
    return _send(request, form, "/corrections/", "Corrections", entries)


def _shelf(request: HttpRequest, form: str, found: Shelf | Moved | None) -> HttpResponseBase:
    held, page = answers.open_shelf(found, whole=True)
    return _send(request, form, held.path, held.name, [_story(one) for one in page.editions])


def _send(request: HttpRequest, form: str, path: str, name: str, entries: list[Entry]) -> HttpResponseBase:
    whole_name = f"{name} · {settings.SITE_NAME}" if name else settings.SITE_NAME
    feed = Feed(whole_name, absolute(path), absolute(f"{path}{form}"), entries)
    kind, write = FORMS[form]
    return answers.send(request, write(feed), kind, changed_at=feed.changed_at)


def _story(edition: Edition) -> Entry:
    lead = edition.lead_picture
    return Entry(
        key=absolute(f"/story/{edition.story_id}/"),
        link=absolute(edition.get_absolute_url()),
        headline=edition.headline,
        summary=edition.excerpt,
        html=edition.body_html,
        published_at=edition.published_at,
        updated_at=edition.live_from,
        language=edition.language,
        image=absolute(lead["src"]) if lead and lead["src"] else "",
        names=tuple(dict.fromkeys(line["as_printed"] for line in edition.bylines)),
        tags=tuple(tag["name"] for tag in edition.filed_tags),
    )


def _notice(correction: Correction, standing: Edition | None) -> Entry:
    home = absolute(f"/story/{correction.story_id}/")
    kind = correction.get_kind_display()
    if correction.edition is not None:
        key = f"{home}#correction-{correction.edition.number}"
    else:
        key = f"{home}#withdrawal-{correction.made_at:%Y%m%dT%H%M%S}"
    return Entry(
        key=key,
        link=absolute(standing.get_absolute_url()) if standing else home,
        headline=f"{kind}: {standing.headline}" if standing else f"{kind} of story {correction.story_id}",
        summary=correction.note,
        published_at=correction.made_at,
        updated_at=correction.made_at,
        is_key_an_address=False,
    )

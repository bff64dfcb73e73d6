"""Feeds beside the front page, every section, tag and contributor, and the corrections."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseGone
from django.http.response import HttpResponseBase
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import prose
from articles.feeds import answers
from articles.feeds.answers import ElsewhereNow, Gone, absolute
from articles.feeds.formats import FORMS, LONG_AGO, SUMMARIES, Entry, Feed, without_texts
from articles.feeds.pages_as_json import editions_in_force, shelf_of, this_day_of, wanted_in
from articles.models import citing, public_picture, shelf
from articles.models.correction import Correction
from articles.models.edition import Edition
from articles.models.public_picture import PICTURES_A_PAGE, PublicPicture
from articles.models.shelf import PAGE, Moved, Shelf

View = Callable[..., HttpResponseBase]
TYPES = {"jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif", "png": "image/png"}


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
def front(request: HttpRequest, form: str, *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with the feed of the newest stories."""
    return _shelf(request, form, shelf.front(moment))


@syndicated
def section(
    request: HttpRequest, form: str, slug: str, *, moment: datetime | None = None
) -> HttpResponseBase:
    """Answer with the feed of a section."""
    return _shelf(request, form, shelf.section(slug, moment))


@syndicated
def tag(request: HttpRequest, form: str, slug: str, *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with the feed of a tag."""
    return _shelf(request, form, shelf.tag(slug, moment))


@syndicated
def contributor(
    request: HttpRequest, form: str, slug: str, *, moment: datetime | None = None
) -> HttpResponseBase:
    """Answer with the feed of a contributor."""
    return _shelf(request, form, shelf.contributor(slug, moment))


@syndicated
def this_day(
    request: HttpRequest, form: str, month: str = "", day: str = "", *, moment: datetime | None = None
) -> HttpResponseBase:
    """Answer with the feed of what ran on a day of the calendar in every year, today's without one."""
    return _shelf(request, form, this_day_of(month, day, moment))


@syndicated
def timeline(
    request: HttpRequest, form: str, slug: str, *, moment: datetime | None = None
) -> HttpResponseBase:
    """Lead to the feed of the tag: it has the same stories, and a feed begins with what is new."""
    found = shelf.tag(slug, moment)
    held, _ = answers.open_shelf(found.shelf if isinstance(found, Moved) else found)
    raise ElsewhereNow(held.path)


@syndicated
def undated(request: HttpRequest, form: str, *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with the feed of the stories whose day nobody states."""
    return _shelf(request, form, shelf.undated(moment))


@syndicated
def period(
    request: HttpRequest,
    form: str,
    year: str,
    month: str = "",
    day: str = "",
    *,
    moment: datetime | None = None,
) -> HttpResponseBase:
    """Answer with the feed of a year, a month or a day."""
    return _shelf(request, form, shelf_of(year, month, day, moment))


@syndicated
def pictures(
    request: HttpRequest, form: str, slug: str, *, moment: datetime | None = None
) -> HttpResponseBase:
    """Answer with the feed of the pictures a contributor is credited for, the newest page of them. Two queries."""
    row = public_picture.credited(slug, moment)
    if row is None:
        raise Http404
    held = row.alias_of or row
    found = public_picture.pictures_of(held, None, moment)
    path = f"{held.get_absolute_url()}pictures/"
    if not found:
        if row.had_pictures:  # type: ignore[attr-defined]
            raise Gone
        raise Http404
    if held is not row:
        raise ElsewhereNow(path)
    entries = [_picture(one) for one in found[:PICTURES_A_PAGE]]
    return _send(request, form, path, _("Pictures by %(name)s") % {"name": held.name}, entries)


@syndicated
def corrections(request: HttpRequest, form: str, *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with the feed of notices to readers, of those that its page shows for the same question. Two queries."""
    wanted = wanted_in(request)
    rows = wanted.rows(moment).select_related("edition")
    notices = list(rows.only("kind", "note", "made_at", "story_id", "edition__number")[:PAGE])
    if not notices and wanted.is_any:
        raise Http404
    standing = editions_in_force(notices, moment)
    entries = [_notice(one, standing.get(one.story_id)) for one in notices]
    return _send(request, form, wanted.path(), _("Corrections"), entries)


def _shelf(request: HttpRequest, form: str, found: Shelf | Moved | None) -> HttpResponseBase:
    held, page = answers.open_shelf(found, whole=True)
    return _send(request, form, held.path, held.name, [entry_of(one) for one in page.editions])


def _send(request: HttpRequest, form: str, path: str, name: str, entries: list[Entry]) -> HttpResponseBase:
    whole_name = f"{name} · {settings.SITE_NAME}" if name else settings.SITE_NAME
    stem, asked, query = path.partition("?")
    feed = Feed(whole_name, absolute(path), absolute(f"{stem}{form}{asked}{query}"), entries)
    kind, write = FORMS[SUMMARIES.get(form, form)]
    written = without_texts(feed) if form in SUMMARIES else feed
    return answers.send(request, write(written), kind, changed_at=feed.changed_at)


def entry_of(edition: Edition) -> Entry:
    """Return a story as an entry of a feed."""
    lead = edition.lead_picture if (edition.lead_picture or {}).get("src") else None
    credited = {line["as_printed"]: absolute(f"/by/{line['contributor']}/") for line in edition.bylines}
    return Entry(
        key=absolute(f"/story/{edition.story_id}/"),
        link=absolute(edition.get_absolute_url()),
        headline=edition.headline,
        summary=edition.excerpt,
        html=edition.body_html,
        published_at=edition.published_at,
        updated_at=edition.live_from,
        language=edition.language,
        image=absolute(lead["src"]) if lead else "",
        image_type=TYPES.get(lead["src"].rpartition(".")[2], "") if lead else "",
        image_size=(lead["width"], lead["height"]) if lead and lead["width"] and lead["height"] else None,
        names=tuple(credited),
        name_pages=tuple(credited.values()),
        tags=(
            *(tag["name"] for tag in edition.filed_tags),
            *([edition.section.name] if edition.section else []),
        ),
    )


def _picture(found: PublicPicture) -> Entry:
    row, best = found.row, found.best
    address, maker = absolute(found.path), citing.maker_of(row)
    return Entry(
        key=address,
        link=address,
        headline=citing.name_of(found),
        summary=row.caption_in_force or f"Media ID {row.media_id}",
        updated_at=row.released_at or found.shown_since or LONG_AGO,
        image=absolute(best.url) if best else "",
        image_type=TYPES.get(best.url.rpartition(".")[2], "") if best else "",
        image_size=(best.width, best.height) if best else None,
        names=(maker,) if maker else (),
        tags=tuple(str(one) for one in row.keywords),
    )


def _explained(correction: Correction, standing: Edition | None) -> str:
    """Return the notice with a link to all that it changed, as long as readers may see that; "" where there is none."""
    if standing is None or correction.edition is None:
        return ""
    told: Any = correction
    told.edition_number, told.slug_now = correction.edition.number, standing.slug
    if not correction.redline_path:
        return ""
    said = _("All that this correction changed")
    note = prose.without_controls(correction.note)
    return format_html('<p>{}</p><p><a href="{}">{}</a></p>', note, absolute(correction.redline_path), said)


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
        html=_explained(correction, standing),
        published_at=correction.made_at,
        updated_at=correction.made_at,
        is_key_an_address=False,
    )

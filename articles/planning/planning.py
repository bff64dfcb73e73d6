"""The door through which the month and the budget set when a story is due, how long it is to be and of what kind."""

from datetime import datetime, time
from types import EllipsisType
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format

from articles import roles
from articles.models import Article
from articles.workflow.planning import plan as plan_it
from articles.workflow.refusals import Refused
from newsroom.letters import Letter, refuse

# Copy is wanted by the evening unless somebody says another hour.
USUAL_HOUR = time(18)
FIRST_YEAR, LAST_YEAR = 1900, 2999
NO_DATE = "Write the date as 2026-11-25, or with its hour as 2026-11-25 18:00."


def plan(request: HttpRequest, letter: Letter, story_id: int) -> HttpResponse:
    """Set what the letter names of `due_at`, `planned_words` and `genre`, and tell how it stands now."""
    article = roles.copy_read_by(request.user, story_id)
    if article is None:
        return refuse("There is no such story.", status=404)
    token = letter.get("token")
    try:
        wanted = _read(letter, article)
        article = plan_it(by=request.user, story_id=story_id, token=str(token) if token else None, **wanted)
    except Refused as refused:
        article.refresh_from_db()
        return refuse(*refused.reasons, status=409, **_told(article))
    return JsonResponse(_told(article))


def _told(article: Article) -> dict[str, Any]:
    due = timezone.localtime(article.due_at) if article.due_at else None
    return {
        "token": article.token,
        "is_overdue": due is not None and due < timezone.now(),
        "due_at": f"{due:%Y-%m-%dT%H:%M}" if due else "",
        "due": f"{date_format(due, 'l, j F Y, H:i')} {due.tzname()}" if due else "",
        "planned_words": article.planned_words or "",
        "genre": article.genre,
    }


def _read(letter: Letter, article: Article) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    if "due_at" in letter:
        wanted["due_at"] = due_of(str(letter["due_at"] or ""), article.due_at)
    if "planned_words" in letter:
        wanted["planned_words"] = _words(str(letter["planned_words"] or ""))
    if "genre" in letter:
        wanted["genre"] = str(letter["genre"])
    return wanted


def due_of(typed: str, was: datetime | None) -> datetime | None:
    """Return the moment that `typed` names in the paper's zone; a day alone keeps the hour it had, nothing is no date."""
    said = typed.strip()
    if not said:
        return None
    try:
        day, moment = parse_date(said), parse_datetime(said.replace(" ", "T"))
    except ValueError as wrong:
        raise Refused(f"There is no such day or hour. {NO_DATE}") from wrong
    if day is not None:
        moment = datetime.combine(day, timezone.localtime(was).time() if was else USUAL_HOUR)
    if moment is None:
        raise Refused(NO_DATE)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise Refused(f"The year {moment.year} is too far away. {NO_DATE}")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _words(typed: str) -> int | EllipsisType | None:
    plain = typed.strip().replace(",", "")
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit() and len(plain) < 9):
        raise Refused("Write the planned length as a number of words, such as 600, or leave it empty.")
    return int(plain)

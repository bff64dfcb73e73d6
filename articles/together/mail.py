"""Sends people the notices they have not seen: one mail a person and run, never a word of an embargoed story."""

import fcntl
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import timezone

from articles import roles
from articles.models import Article, Notice
from articles.workflow import noticing

log = logging.getLogger(__name__)
MOST_IN_ONE = 50


class Sent:
    """What a run did: how many people were written to, and how many could not be."""

    def __init__(self) -> None:
        self.people = 0
        self.notices = 0
        self.troubled = 0

    def in_words(self) -> str:
        """Return what was done as sentences."""
        if not self.people and not self.troubled:
            return "No notices wait to be mailed."
        said = f"{self.notices} notice{'s' * (self.notices != 1)} went to {_people(self.people)} by mail."
        if self.troubled:
            said += f" {_people(self.troubled)} could not be written to; the log says why, and the next run tries again."
        return said


def _people(count: int) -> str:
    return f"{count} people" if count != 1 else "1 person"


def send_due(*, is_stopped: Callable[[], bool] = lambda: False) -> Sent | None:
    """Write to everybody whose notices wait; None where another run is at it.

    A person's notices are marked as mailed before their mail is handed on: a run that is killed between the two leaves
    them to the desk, where they stand unseen, and never mails anything twice. An address that fails is tried again by
    the next run, and stops nobody else's mail.
    """
    with _alone() as is_alone:
        if not is_alone:
            return None
        done = Sent()
        waiting = noticing.to_be_mailed(timezone.now()).select_related("person", "note")
        if not waiting.exists():
            return done
        connection = get_connection()
        for _, rows in groupby(list(waiting), key=lambda one: one.person_id):
            if is_stopped():
                break
            _write_to(list(rows), connection, done)
        return done


def _write_to(waiting: list[Notice], connection: Any, done: Sent) -> None:
    # What they may no longer know of is claimed too: it is told by no mail, now or later.
    claimed_at, notices = noticing.claim(waiting)
    if not notices:
        return
    person = notices[0].person
    articles = Article.objects.filter(roles.readable_by(person), pk__in=[one.story_id for one in notices])
    known = {one.pk: one for one in articles.only("slug", "headline", "language", "embargo_until")}
    told = [one for one in notices if one.story_id is None or one.story_id in known]
    if not told:
        return
    try:
        _mail(person, told, known, connection).send()
    except (SMTPException, OSError, ValueError) as broken:
        done.troubled += 1
        noticing.give_back(told, claimed_at)
        log.warning("Mail to the account %s could not be sent: %s", person.pk, broken)
        return
    done.people += 1
    done.notices += len(told)


def _mail(person: Any, told: list[Notice], known: dict[int, Article], connection: Any) -> EmailMessage:
    lines = [_lines(one, known.get(one.story_id or 0)) for one in told[:MOST_IN_ONE]]
    if len(told) > MOST_IN_ONE:
        lines.append(f"And {len(told) - MOST_IN_ONE} more.")
    notices = f"{settings.SITE_URL}{reverse('admin:desk_notices')}"
    ends = f"All your notices, and a switch for these mails:\n{notices}\n\n{settings.SITE_NAME}\n"
    count = f"{len(told)} notices" if len(told) > 1 else "a notice"
    return EmailMessage(
        subject=" ".join(f"{settings.SITE_NAME} desk: {count} for you".split()),
        body="\n\n".join([f"{noticing.named(person)},", *lines, ends]),
        to=[person.email],
        connection=connection,
    )


def _lines(notice: Notice, article: Article | None) -> str:
    """Return what a mail says of one notice; of an embargoed story its slug and what kind of thing happened."""
    local = timezone.localtime(notice.made_at)
    embargo = article.embargo_until if article else None
    said, note = notice.text, notice.note.text if notice.note else ""
    if article is not None and embargo is not None and embargo > timezone.now():
        said, note = f"{noticing.called(article)}: {notice.get_kind_display()}. Read more at the desk.", ""
    found = [f"{local:%H:%M} {local.tzname()}  {said}"]
    if note:
        found.append(f"       “{' '.join(note.split())}”")
    if notice.story_id:
        address = reverse("admin:articles_article_change", args=[notice.story_id])
        found.append(f"       {settings.SITE_URL}{address}")
    return "\n".join(found)


@contextmanager
def _alone() -> Iterator[bool]:
    """Say whether no other run on this machine is sending; two would write to everybody twice."""
    with open(settings.VAR_DIR / "send_notices.lock", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True

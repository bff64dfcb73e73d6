"""Opens one piece of copy to somebody without a login, for a while: a signed link that ends and can be taken back."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles import prose, roles
from articles.models import Article, PreviewLink, State
from articles.workflow.events import record
from articles.workflow.refusals import Refused

LONGEST = timedelta(days=30)
LONGEST_NAME = 120
CLOSED_STATES = frozenset({State.SPIKED, State.KILLED})


@dataclass(frozen=True, slots=True)
class Opened:
    """A new link and its key, which is told once and kept nowhere."""

    link: PreviewLink
    key: str


def _signer() -> Signer:
    return Signer(salt="articles.preview", sep="~")


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def open_preview(*, by: Any, story_id: int, ends_at: datetime, for_whom: str = "") -> Opened:
    """Make a link to the preview of a story for an outsider, until `ends_at`, 30 days from now at most."""
    article = Article.objects.select_related("section").filter(pk=story_id).first()
    if article is None or not roles.may_read(by, article):
        raise Refused("There is no such story.")
    if refused := roles.refusal(by, "start"):
        raise Refused(refused)
    now = timezone.now()
    if article.state in CLOSED_STATES:
        raise Refused(f"This story is {article.get_state_display()}. Nobody outside is shown it.")
    if not now < ends_at <= now + LONGEST:
        raise Refused(f"A link lasts from now to {LONGEST.days} days at most. Choose an end within that.")
    whom = " ".join(prose.without_controls(for_whom).split())
    if len(whom) > LONGEST_NAME:
        raise Refused(f"“For whom” is {len(whom)} characters long; {LONGEST_NAME} is the most. Shorten it.")
    key = _signer().sign(secrets.token_urlsafe(24))
    link = PreviewLink.objects.create(
        story_id=story_id, key_digest=_digest(key), for_whom=whom, ends_at=ends_at, by=by
    )
    record("open_preview", by=by, story_id=story_id, link=link.pk, for_whom=whom, until=ends_at.isoformat())
    return Opened(link, key)


@transaction.atomic
def revoke_preview(*, by: Any, link_id: int) -> PreviewLink:
    """Take a link back: whoever holds it sees nothing from now on. Twice is harmless."""
    link = PreviewLink.objects.select_for_update(of=("self",)).filter(pk=link_id).first()
    article = Article.objects.select_related("section").filter(pk=link.story_id).first() if link else None
    if link is None or article is None or not roles.may_read(by, article):
        raise Refused("There is no such link.")
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        record("revoke_preview", by=by, story_id=link.story_id, link=link.pk, for_whom=link.for_whom)
    return link


def copy_behind(key: str) -> tuple[PreviewLink, Article] | None:
    """Return the link that `key` opens now and the copy behind it, or None: forged, ended, revoked, spiked or killed.

    A link opens no more than its maker may read: it closes with their account or their way to the story.
    """
    try:
        _signer().unsign(key)
    except BadSignature:
        return None
    link = PreviewLink.objects.open().select_related("by").filter(key_digest=_digest(key)).first()
    if link is None:
        return None
    article = Article.objects.select_related("section").filter(pk=link.story_id).first()
    if article is None or article.state in CLOSED_STATES or not roles.may_read(link.by, article):
        return None
    return link, article


def note_opened(link: PreviewLink) -> None:
    """Count that a link was used."""
    PreviewLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1, opened_at=timezone.now())

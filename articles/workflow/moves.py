"""Moves copy through the desk before it is public: file, send back, approve, spike."""

from typing import Any

from django.db import transaction

from articles import prose
from articles.models import Article, RevisionKind, State
from articles.workflow import noticing
from articles.workflow.copy import contents_of, hold, keep_revision, touch
from articles.workflow.events import record
from articles.workflow.refusals import Refused


@transaction.atomic
def file(*, by: Any, story_id: int, token: str | None, note: str = "") -> Article:
    """Hand a draft to the desk."""
    article = hold(story_id, token, by=by, verb="file")
    missing = []
    if not article.headline:
        missing.append("The story has no headline. Write one before you file it.")
    if not prose.plain(article.body):
        missing.append("The story has no text. Write it before you file it.")
    if missing:
        raise Refused(*missing)
    return _move(article, "file", State.FILED, {State.DRAFT}, by=by, note=note)


@transaction.atomic
def send_back(*, by: Any, story_id: int, token: str | None, note: str) -> Article:
    """Send filed or approved copy back to its writer, saying what is to be done."""
    article = hold(story_id, token, by=by, verb="send_back")
    if not note.strip():
        raise Refused("Say what the writer should do, then send the story back.")
    moved = _move(article, "send_back", State.DRAFT, {State.FILED, State.APPROVED}, by=by, note=note)
    noticing.sent_back(moved, by=by, note=note)
    return moved


@transaction.atomic
def approve(*, by: Any, story_id: int, token: str | None, note: str = "") -> Article:
    """Approve filed copy: it is ready to be published."""
    article = hold(story_id, token, by=by, verb="approve")
    return _move(article, "approve", State.APPROVED, {State.FILED}, by=by, note=note)


@transaction.atomic
def spike(*, by: Any, story_id: int, token: str | None, note: str) -> Article:
    """Decide that copy which never ran will not run. It is kept, and can be taken off the spike."""
    article = hold(story_id, token, by=by, verb="spike")
    if not note.strip():
        raise Refused("Say why the story is spiked, so that its writer knows.")
    return _move(article, "spike", State.SPIKED, {State.DRAFT, State.FILED, State.APPROVED}, by=by, note=note)


@transaction.atomic
def unspike(*, by: Any, story_id: int, token: str | None, note: str = "") -> Article:
    """Take copy off the spike and make it a draft again."""
    article = hold(story_id, token, by=by, verb="unspike")
    return _move(article, "unspike", State.DRAFT, {State.SPIKED}, by=by, note=note)


def _move(article: Article, verb: str, to: State, sources: set[State], *, by: Any, note: str) -> Article:
    if article.state not in sources:
        wanted = " or ".join(sorted(state.label for state in sources))
        raise Refused(
            f"This story is {article.get_state_display()}; only a story that is {wanted} can do this."
        )
    said = prose.without_controls(note).strip()
    was = article.state
    told = {article.writer_id} if verb == "send_back" else ()
    touch(article, by=by, state=to, told=told)
    keep_revision(
        article.pk, contents_of(article), kind=RevisionKind.MOVE, by=by, reason=said or verb.replace("_", " ")
    )
    record(verb, by=by, story_id=article.pk, was=was, now=str(to), note=said)
    return article

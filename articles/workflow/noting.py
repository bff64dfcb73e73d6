"""Keeps what the desk says to each other about a story: notes, answers, what is settled. None of it is ever printed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from articles import prose, roles
from articles.models import Article, NoticeKind, StoryNote
from articles.workflow.events import record
from articles.workflow.noticing import called, named, readers_of, tell
from articles.workflow.refusals import Refused

LONGEST = 5_000
LONGEST_PASSAGE = 1_000
LONGEST_OPENING = 200
MOST_ON_A_STORY = 1_000
# What a passage may stand in.
FIELDS = frozenset({"headline", "kicker", "standfirst", "dateline", "body"})
_MENTION = re.compile(r"(?<!\w)@(\w[\w.+-]*)")


@dataclass(frozen=True, slots=True)
class Passage:
    """The words a note is about: the box they stand in, the words, and those before them."""

    field: str = ""
    words: str = ""
    opening: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A note that was kept: whom it told, and the @words that are nobody who may read the story."""

    note: StoryNote
    told: tuple[str, ...]
    unheard: tuple[str, ...]


@transaction.atomic
def add_note(*, by: Any, story_id: int, text: str, passage: Passage | None = None) -> Said:
    """Keep a note on a story, or on a passage of it, and tell those it mentions."""
    article = _readable(story_id, by=by)
    about = _checked(passage or Passage())
    if StoryNote.objects.filter(story_id=story_id).count() >= MOST_ON_A_STORY:
        raise Refused(f"This story has {MOST_ON_A_STORY:,} notes. Write into one that is there.")
    note = StoryNote.objects.create(
        story_id=story_id,
        text=_said(text),
        field=about.field,
        passage=about.words,
        opening=about.opening,
        by=by,
    )
    record("note", by=by, story_id=story_id, note=note.pk)
    return _heard(article, note, (), by=by)


@transaction.atomic
def answer_note(*, by: Any, story_id: int, note: int, text: str) -> Said:
    """Answer a note; who wrote it, and who answered before, are told."""
    article = _readable(story_id, by=by)
    first = _first(story_id, note)
    if first.replies.count() >= MOST_ON_A_STORY:
        raise Refused("This note has more answers than anybody reads. Begin a new one.")
    answer = StoryNote.objects.create(story_id=story_id, answers=first, text=_said(text), by=by)
    if first.resolved_at is not None:
        _settle(first, None)
    record("answer", by=by, story_id=story_id, note=first.pk, answer=answer.pk)
    before = [first.by, *(one.by for one in first.replies.select_related("by").exclude(pk=answer.pk))]
    return _heard(article, answer, before, by=by)


@transaction.atomic
def resolve_note(*, by: Any, story_id: int, note: int) -> StoryNote:
    """Settle a note with its answers. It is kept, and can be opened again."""
    _readable(story_id, by=by)
    first = _first(story_id, note)
    if first.resolved_at is None:
        _settle(first, by)
        record("resolve", by=by, story_id=story_id, note=first.pk)
    return first


@transaction.atomic
def reopen_note(*, by: Any, story_id: int, note: int) -> StoryNote:
    """Open a settled note again."""
    _readable(story_id, by=by)
    first = _first(story_id, note)
    if first.resolved_at is not None:
        _settle(first, None)
        record("reopen", by=by, story_id=story_id, note=first.pk)
    return first


def _settle(note: StoryNote, by: Any) -> None:
    note.resolved_at, note.resolved_by = (timezone.now(), by) if by else (None, None)
    note.save(update_fields=["resolved_at", "resolved_by"])


def _readable(story_id: int, *, by: Any) -> Article:
    article = Article.objects.filter(pk=story_id).select_related("section").first()
    if article is None or not roles.may_read(by, article):
        raise Refused("There is no such story.")
    refused = roles.refusal(by, "note", article)
    if refused:
        raise Refused(refused)
    return article


def _first(story_id: int, note: int) -> StoryNote:
    """Return the note that begins a talk, locked."""
    rows = StoryNote.objects.select_for_update(of=("self",)).select_related("by")
    found = rows.filter(story_id=story_id, pk=note, answers__isnull=True).first()
    if found is None:
        raise Refused("There is no such note on this story.")
    return found


def _said(text: str) -> str:
    said = prose.without_controls(text).strip()
    if not said:
        raise Refused("The note says nothing yet. Write it first.")
    if len(said) > LONGEST:
        raise Refused(f"The note is {len(said):,} characters long; {LONGEST:,} is the most. Shorten it.")
    return said


def _checked(passage: Passage) -> Passage:
    words = prose.without_controls(passage.words).strip()
    if not words:
        return Passage()
    if passage.field not in FIELDS:
        raise Refused(
            "A note can stand on words of the headline, the standfirst or the text. Select some there."
        )
    return Passage(
        passage.field, words[:LONGEST_PASSAGE], prose.without_controls(passage.opening)[-LONGEST_OPENING:]
    )


def _heard(article: Article, note: StoryNote, before: Sequence[Any], *, by: Any) -> Said:
    mentioned, unheard = mentions(note.text, article)
    text = f"{named(by)} mentioned you in a note on {called(article)}."
    tell(mentioned, NoticeKind.MENTIONED, article=article, text=text, by=by, note=note)
    known = {one.pk for one in mentioned}
    answered = [one for one in before if one.pk not in known]
    text = f"{named(by)} answered a note on {called(article)}."
    tell(answered, NoticeKind.ANSWERED, article=article, text=text, by=by, note=note)
    return Said(note, tuple(named(one) for one in mentioned), unheard)


def mentions(text: str, article: Article) -> tuple[list[Any], tuple[str, ...]]:
    """Return the people whom “@name” in a note means, and the @words that mean nobody who may read the story.

    A name is the full one or the one they log in with; of two that begin alike the longer counts.
    """
    if "@" not in text:
        return [], ()
    names = [(name, one) for one in readers_of(article) for name in {named(one), one.get_username()}]
    names.sort(key=lambda pair: -len(pair[0]))
    left, found = text, []
    for name, one in names:
        whole = re.compile(rf"(?<!\w)@{re.escape(name)}(?!\w)", re.IGNORECASE)
        left, times = whole.subn(" ", left)
        if times and one not in found:
            found.append(one)
    return found, tuple(dict.fromkeys(_MENTION.findall(left)))


def notes_on(story_id: int) -> list[StoryNote]:
    """Return the notes that begin a talk, each with its answers read, oldest first: three queries."""
    rows = StoryNote.objects.filter(story_id=story_id, answers__isnull=True)
    return list(rows.select_related("by", "resolved_by").prefetch_related("replies__by"))


def stamp(story_id: int) -> str:
    """Return what changes with every note, answer and settling on a story: one query."""
    rows = StoryNote.objects.filter(story_id=story_id)
    return "{n}.{settled}.{last}".format(
        **rows.aggregate(n=Count("pk"), settled=Count("resolved_at"), last=Max("resolved_at"))
    )

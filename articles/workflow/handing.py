"""Hands a story over to a person or a desk, with a note: whose it is then, and who is told."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from articles import prose, roles
from articles.models import Article, Desk, HandOver, NoticeKind, Revision, State
from articles.workflow import moves
from articles.workflow.copy import hold, touch
from articles.workflow.events import record
from articles.workflow.noticing import called, named, tell
from articles.workflow.refusals import Refused

LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True)
class Handed:
    """What a hand-over did: the copy after it, and whether it was filed on the way."""

    article: Article
    hand_over: HandOver
    is_filed: bool


@transaction.atomic
def hand_over(
    *,
    by: Any,
    story_id: int,
    token: str | None,
    to_person: int | None = None,
    to_desk: int | None = None,
    note: str = "",
) -> Handed:
    """Hand a story to a person or to a desk, and tell them.

    A desk is given the story; a draft that has a headline and a text is filed on the way. Whoever only writes
    becomes its writer; an editor gets it to work on, and its writer stays. If the receiver could not read it, it
    comes to a desk of theirs. Raises `Refused` where that cannot be, and says what can.
    """
    article = hold(story_id, token, by=by, verb="hand_over")
    said = prose.without_controls(note).strip()
    if len(said) > LONGEST_NOTE:
        raise Refused(
            f"The note is {len(said):,} characters long; {LONGEST_NOTE:,} is the most. Shorten it, or write it as a note on the story."
        )
    if article.state in {State.SPIKED, State.KILLED}:
        raise Refused(f"This story is {article.get_state_display()}; there is nothing to hand over.")
    closed = roles.refusal(by, "save", article)
    if closed:
        raise Refused(closed)
    if (to_person is None) == (to_desk is None):
        raise Refused("Choose one person or one desk to hand the story to.")
    person = _receiver(to_person, by=by) if to_person is not None else None
    desk = _desk(to_desk) if to_desk is not None else None
    is_filed = desk is not None and _is_ready(article)
    if is_filed:
        article = moves.file(by=by, story_id=story_id, token=token, note=said)
    if _assign(article, person, desk):
        touch(article, by=by, told={person.pk} if person else ())
    given = HandOver.objects.create(
        story_id=story_id,
        to_person=person,
        to_desk=desk,
        note=said,
        revision=Revision.objects.filter(story_id=story_id).values_list("number", flat=True)[0],
        by=by,
    )
    to = {"to_person": person.get_username()} if person else {"to_desk": str(desk)}
    record("hand_over", by=by, story_id=story_id, revision=given.revision, note=said, **to)
    _tell(article, given, by=by)
    return Handed(article, given, is_filed)


def _receiver(key: int, *, by: Any) -> Any:
    person = roles.with_roles(User.objects.filter(is_active=True, is_staff=True)).filter(pk=key).first()
    if person is None or not roles.has_role(person, "hand_over"):
        raise Refused("Nobody at the desk goes by that. Choose a person or a desk from the list.")
    if person.pk == by.pk:
        raise Refused("The story is with you already. Choose somebody else, or a desk.")
    return person


def _desk(key: int) -> Desk:
    desk = Desk.objects.filter(pk=key).first()
    if desk is None:
        raise Refused("There is no such desk. Choose a person or a desk from the list.")
    return desk


def _is_ready(article: Article) -> bool:
    return bool(article.state == State.DRAFT and article.headline and prose.plain(article.body))


def _assign(article: Article, person: Any, desk: Desk | None) -> bool:
    """Change whose story it is; say whether that changed."""
    before = article.desk_id, article.writer_id
    if desk is not None:
        article.desk_id = desk.pk
    elif not roles.roles_of(person) & roles.EDITING:
        article.writer_id = person.pk
    elif not roles.may_read(person, article):
        own = min(roles.desks_of(person), default=None)
        if own is None:
            article.writer_id = person.pk
        else:
            article.desk_id = own
    return (article.desk_id, article.writer_id) != before


def _tell(article: Article, given: HandOver, *, by: Any) -> None:
    behind = f": {given.note}" if given.note else "."
    if given.to_person:
        text = f"{named(by)} handed {called(article)} over to you{behind}"
        tell([given.to_person], NoticeKind.HANDED_OVER, article=article, text=text, by=by)
    elif given.to_desk:
        text = f"{named(by)} handed {called(article)} over to the desk {given.to_desk}{behind}"
        people = list(roles.with_roles(given.to_desk.members.filter(is_active=True)))
        editing = [one for one in people if roles.roles_of(one) & roles.EDITING]
        tell(editing or people, NoticeKind.HANDED_OVER, article=article, text=text, by=by)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody, or a desk, whom a story may be handed to; `key` is "person:3" or "desk:2"."""

    key: str
    name: str
    about: str


def receivers(*, by: Any, article: Article) -> list[Receiver]:
    """Return everybody a story may be handed to, the most likely first, then desks, then people by name."""
    people = roles.with_roles(User.objects.filter(is_active=True, is_staff=True)).exclude(pk=by.pk)
    writing = [one for one in people.prefetch_related("desks") if roles.has_role(one, "hand_over")]
    found = [Receiver(f"desk:{desk.pk}", desk.name, "desk") for desk in Desk.objects.all()]
    found += [
        Receiver(f"person:{one.pk}", named(one), _about(one))
        for one in sorted(writing, key=lambda one: named(one).casefold())
    ]
    wanted = _likely(by=by, article=article)
    return sorted(found, key=lambda one: wanted.index(one.key) if one.key in wanted else len(wanted))


def _about(person: Any) -> str:
    known = roles.roles_of(person)
    role = next(
        one.value for one in (roles.Role.CHIEF, roles.Role.EDITOR, roles.Role.REPORTER) if one in known
    )
    return ", ".join([role, *(desk.name for desk in person.desks.all())])


def _likely(*, by: Any, article: Article) -> list[str]:
    """Return the keys of who gets a story next, the likeliest first.

    Who gave it to me gets it back; a writer gives to the story's desk; an editor to the writer.
    """
    last = HandOver.objects.filter(story_id=article.pk).first()
    desk = article.desk_id or (article.section.desk_id if article.section else None)
    found = []
    if last is not None and last.to_person_id == by.pk:
        found.append(f"person:{last.by_id}")
    if article.writer_id and article.writer_id != by.pk:
        found.append(f"person:{article.writer_id}")
    if desk is not None:
        found.append(f"desk:{desk}")
    found += [f"desk:{one}" for one in sorted(roles.desks_of(by))]
    return list(dict.fromkeys(found))

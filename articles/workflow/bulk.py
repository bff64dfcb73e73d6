"""Acts on many stories at once: each through its own verb in its own transaction, tried first, taken back in one go."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles import roles
from articles.models import Article, BulkAct, Desk, Edition, Event, Section, State, Tag
from articles.rules import Problem
from articles.workflow import moves, publishing
from articles.workflow.copy import Assignment, contents_of, hold, save, touch
from articles.workflow.events import record
from articles.workflow.refusals import NotReady, Refused

# How many stories one act takes, and how long after it they go out when it publishes: so long it can be taken back.
MOST = 100
UNTIL_OUT = timedelta(seconds=60)
Before = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be done with each story; a verb takes the parts that it asks for and no others.

    `waived` gives one reason for each rule that warns, by its name: for every story that the rule warns of.
    """

    section: str = ""
    tags: tuple[str, ...] = ()
    writer: int | None = None
    desk: int | None = None
    note: str = ""
    waived: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one story, or would: a sentence, and whether it is done.

    `asked` are the warnings that keep it, and nothing else does: a reason for each would let it go. `waved` are those
    that a reason let through, each with its `rule`, `reason` and the sentences `said`.
    """

    story_id: int
    name: str
    said: str
    is_done: bool
    asked: tuple[Problem, ...] = ()
    waved: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class OnMany:
    """One act: the role's verb, how it is called, what it asks, what it does to one story and how that is taken back."""

    name: str
    verb: str
    label: str
    asks: str
    do: Callable[..., tuple[Before, str]]
    undo: Callable[..., None]


class _OnlyTried(Exception):
    """Ends a trial: whatever it did is rolled back."""


def preview(*, by: Any, act: OnMany, stories: Mapping[int, str], choice: Choice) -> list[Outcome]:
    """Return what `act` would do to each of `stories` (token by ID) now, tried for real and rolled back: nothing is kept."""
    return [_tried(act, key, token, choice, by=by) for key, token in _few(stories)]


def _tried(act: OnMany, story_id: int, token: str, choice: Choice, *, by: Any) -> Outcome:
    name = _name(story_id, by)
    before, said = dict[str, Any](), ""
    try:
        with transaction.atomic():
            before, said = act.do(by=by, story_id=story_id, token=token, choice=choice)
            raise _OnlyTried
    except _OnlyTried:
        return Outcome(story_id, name, said, is_done=True, waved=tuple(before.get("waved", ())))
    except NotReady as refused:
        stops = [one for one in refused.problems if one.rule.is_stop]
        asked = () if stops else refused.problems
        said = " ".join(one.said for one in stops) if stops else " ".join(refused.reasons)
        return Outcome(story_id, name, said, is_done=False, asked=asked)
    except Refused as refused:
        return Outcome(story_id, name, " ".join(refused.reasons), is_done=False)


def carry_out(*, by: Any, act: OnMany, stories: Mapping[int, str], choice: Choice) -> BulkAct:
    """Do `act` to each of `stories`, each in a transaction of its own; what was before is kept with what was refused."""
    refused = roles.refusal(by, act.verb)
    if refused:
        raise Refused(refused)
    wanted = _few(stories)
    kept = BulkAct.objects.create(verb=act.name, said=_said(act, len(wanted), choice), before={}, by=by)
    for story_id, token in wanted:
        try:
            with transaction.atomic():
                before, said = act.do(by=by, story_id=story_id, token=token, choice=choice)
                after = Article.objects.get(pk=story_id).token
                kept.before[str(story_id)] = {"was": before, "after": after, "said": said}
                kept.save(update_fields=["before"])
        except Refused as why:
            kept.before[str(story_id)] = {"refused": " ".join(why.reasons)}
            kept.save(update_fields=["before"])
    done = sum("was" in one for one in kept.before.values())
    record("bulk", by=by, act=kept.pk, what=act.name, said=kept.said, done=done)
    return kept


def _few(stories: Mapping[int, str]) -> list[tuple[int, str]]:
    if not stories:
        raise Refused("Tick the stories first, then choose what to do with them.")
    if len(stories) > MOST:
        raise Refused(f"These are {len(stories)} stories; {MOST} at once is the most. Do it in parts.")
    return list(stories.items())


def undo(*, by: Any, act_id: int) -> list[Outcome]:
    """Take an act back, story by story; one that moved on since is left as it is, with the reason."""
    kept = BulkAct.objects.filter(pk=act_id, verb__in=ACTS).first()
    if kept is None or not may_see(by, kept):
        raise Refused("There is no such act.")
    claimed = BulkAct.objects.filter(pk=act_id, undone_at=None).update(undone_at=timezone.now())
    if not claimed:
        raise Refused("This was taken back already.")
    act, outcomes = ACTS[kept.verb], []
    for key, facts in kept.before.items():
        if "was" not in facts:
            continue
        outcome = _undone(act, int(key), facts, by=by)
        facts["undone" if outcome.is_done else "stays"] = outcome.said
        outcomes.append(outcome)
        kept.save(update_fields=["before"])
    record(
        "undo_bulk", by=by, act=kept.pk, what=act.name, said=kept.said, done=sum(o.is_done for o in outcomes)
    )
    return outcomes


def _undone(act: OnMany, story_id: int, facts: Before, *, by: Any) -> Outcome:
    name = _name(story_id, by)
    try:
        with transaction.atomic():
            article = Article.objects.select_for_update(of=("self",)).get(pk=story_id)
            if act.name == "publish":
                _still_waits(article)
            if article.token != facts["after"]:
                who = article.changed_by.get_username() if article.changed_by else "somebody"
                raise Refused(
                    f"It moved on since: {who} changed it. It stays as it is; change it on its own page."
                )
            act.undo(by=by, article=article, was=facts["was"])
    except Refused as refused:
        return Outcome(story_id, name, " ".join(refused.reasons), is_done=False)
    return Outcome(story_id, name, "As it was before.", is_done=True)


def may_see(user: Any, kept: BulkAct) -> bool:
    """Say whether `user` may look at an act and take it back: who did it, and chiefs."""
    return kept.by_id == user.pk or roles.Role.CHIEF in roles.roles_of(user)


def _name(story_id: int, user: Any) -> str:
    article = roles.copy_read_by(user, story_id)
    return str(article) if article else f"Story {story_id}"


def _said(act: OnMany, count: int, choice: Choice) -> str:
    what = {
        "section": f" to {choice.section}",
        "tags": f" {', '.join(choice.tags)}",
        "writer": f" to {_person(choice.writer)}",
        "desk": f" to {Desk.objects.filter(pk=choice.desk or 0).first()}",
        "note": f": {choice.note}",
    }.get(act.asks, "")
    return f"{act.label}{what}, {count} {'story' if count == 1 else 'stories'}"[:300]


def _person(key: int | None) -> str:
    found = User.objects.filter(pk=key or 0).first()
    return (found.get_full_name() or found.get_username()) if found else "nobody"


# --- What is done to one story, and how it is taken back ----------------------------------------------------


def _publish(*, by: Any, story_id: int, token: str, choice: Choice) -> tuple[Before, str]:
    before = {"state": _state(story_id)}
    at = timezone.now() + UNTIL_OUT
    publishing.publish(by=by, story_id=story_id, token=token, at=at, waived=choice.waived)
    waved = _waved(story_id)
    told = [f"{one['said'][0].partition('. ')[0]} (“{one['reason']}”)" for one in waved]
    said = "goes out a minute after you say so"
    return before | ({"waved": waved} if waved else {}), "; let through: ".join([said, *told])


def _waved(story_id: int) -> list[dict[str, Any]]:
    """Return what the record says was let through with which reason when the story went out just now."""
    last = Event.objects.filter(story_id=story_id, verb="publish").order_by("-sequence").first()
    found: list[dict[str, Any]] = last.details.get("waived", []) if last else []
    return found


def _state(story_id: int) -> str:
    return str(Article.objects.filter(pk=story_id).values_list("state", flat=True).first() or "")


def _still_waits(article: Article) -> None:
    if not Edition.objects.waiting().filter(story_id=article.pk).exists():
        raise Refused(
            "It is out, or was taken off the schedule. If it is out, kill or correct it on its own page."
        )


def _unpublish(*, by: Any, article: Article, was: Before) -> None:
    publishing.unschedule(by=by, story_id=article.pk, token=article.token)
    _back_to(article.pk, was["state"], by=by)


def _back_to(story_id: int, state: str, *, by: Any) -> None:
    article = Article.objects.get(pk=story_id)
    if article.state != state and state in State.values:
        was = str(article.state)
        touch(article, by=by, state=state)
        record("put_back", by=by, story_id=story_id, was=was, now=state)


def _move(*, by: Any, story_id: int, token: str, choice: Choice) -> tuple[Before, str]:
    section = Section.objects.filter(slug=choice.section).first()
    if section is None:
        raise Refused("There is no such section. Choose another.")
    article = hold(story_id, token, by=by, verb="save")
    was = article.section
    if was == section:
        raise Refused(f"It stands in {section} already.")
    contents = contents_of(article).changed(section=section.slug)
    save(by=by, story_id=story_id, token=token, contents=contents, reason=f"moved to {section}")
    later = ", for readers with its next update" if article.state == State.PUBLISHED else ""
    return {"section": was.slug if was else ""}, f"from {was or 'no section'} to {section}{later}"


def _move_back(*, by: Any, article: Article, was: Before) -> None:
    contents = contents_of(article).changed(section=was["section"])
    save(by=by, story_id=article.pk, token=article.token, contents=contents, reason="moved back")


def _tag(*, by: Any, story_id: int, token: str, choice: Choice) -> tuple[Before, str]:
    article = hold(story_id, token, by=by, verb="save")
    contents = contents_of(article)
    fresh = [name for name in _known(choice.tags) if name not in contents.tags]
    if not fresh:
        raise Refused("It has these tags already.")
    tags = (*contents.tags, *fresh)
    save(by=by, story_id=story_id, token=token, contents=contents.changed(tags=tags), reason="tagged")
    return {"added": fresh}, f"tagged {', '.join(fresh)}"


def _known(names: Iterable[str]) -> list[str]:
    """Return the tags in force under these names; one that nobody ever made is refused, not made here by a slip."""
    found = []
    for name in names:
        tag = Tag.objects.select_related("alias_of").filter(name__iexact=name).first()
        if tag is None:
            raise Refused(f"There is no tag “{name}”. Choose one that is known, or make it on a story first.")
        found.append(str(tag.in_force.name))
    if not found:
        raise Refused("Write the tags first.")
    return list(dict.fromkeys(found))


def _untag(*, by: Any, article: Article, was: Before) -> None:
    contents = contents_of(article)
    tags = tuple(name for name in contents.tags if name not in was["added"])
    save(
        by=by,
        story_id=article.pk,
        token=article.token,
        contents=contents.changed(tags=tags),
        reason="untagged",
    )


def _assign_writer(*, by: Any, story_id: int, token: str, choice: Choice) -> tuple[Before, str]:
    person = roles.with_roles(User.objects.filter(pk=choice.writer or 0, is_active=True)).first()
    if person is None or not roles.has_role(person, "start"):
        raise Refused("Choose somebody who writes for the paper.")
    article = hold(story_id, token, by=by, verb="save")
    if article.writer_id == person.pk:
        raise Refused(f"It is {_person(person.pk)}'s already.")
    was, whose = article.writer_id, _person(article.writer_id)
    _assign(article, by=by, writer=person.pk)
    return {"writer": was}, f"from {whose} to {_person(person.pk)}"


def _assign_desk(*, by: Any, story_id: int, token: str, choice: Choice) -> tuple[Before, str]:
    desk = Desk.objects.filter(pk=choice.desk or 0).first()
    if desk is None:
        raise Refused("Choose a desk.")
    article = hold(story_id, token, by=by, verb="save")
    if article.desk_id == desk.pk:
        raise Refused(f"It is with {desk} already.")
    was = article.desk
    _assign(article, by=by, desk=desk.pk)
    return {"desk": was.pk if was else None}, f"from {was or 'no desk of its own'} to {desk}"


def _assign(article: Article, *, by: Any, **changes: int | None) -> None:
    stands = Assignment(
        desk=article.desk_id,
        writer=article.writer_id,
        embargo_until=article.embargo_until,
        genre=article.genre,
        due_at=article.due_at,
        planned_words=article.planned_words,
    )
    save(
        by=by,
        story_id=article.pk,
        token=article.token,
        contents=contents_of(article),
        assignment=replace(stands, **changes),  # type: ignore[arg-type]
        reason="assigned",
    )


def _assign_back(*, by: Any, article: Article, was: Before) -> None:
    """Give a story back to who had it, from a desk too whose copy `by` may not read: they sent it there themselves."""
    for name, key in was.items():
        setattr(article, f"{name}_id", key)
    touch(article, by=by)
    record("assign", by=by, story_id=article.pk, now={name: str(key) for name, key in was.items()})


def _spike(*, by: Any, story_id: int, token: str, choice: Choice) -> tuple[Before, str]:
    before = {"state": _state(story_id)}
    moves.spike(by=by, story_id=story_id, token=token, note=choice.note)
    return before, f"spiked; it was {before['state']}"


def _unspike(*, by: Any, article: Article, was: Before) -> None:
    moves.unspike(by=by, story_id=article.pk, token=article.token)
    _back_to(article.pk, was["state"], by=by)


_ALL: Sequence[OnMany] = (
    OnMany("publish", "publish", "Publish", "", _publish, _unpublish),
    OnMany("move", "save", "Move", "section", _move, _move_back),
    OnMany("tag", "save", "Tag", "tags", _tag, _untag),
    OnMany("assign_writer", "approve", "Assign", "writer", _assign_writer, _assign_back),
    OnMany("assign_desk", "approve", "Assign", "desk", _assign_desk, _assign_back),
    OnMany("spike", "spike", "Spike", "note", _spike, _unspike),
)
ACTS = {act.name: act for act in _ALL}

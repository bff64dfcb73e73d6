"""Takes one manuscript of the sample through the verbs: into the archive, or across the desk as far as it got."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User

from articles import prose, workflow
from articles.models import (
    Article,
    Completeness,
    Contents,
    Contributor,
    CorrectionKind,
    Dating,
    EditionKind,
    PrintedByline,
    Section,
)
from articles.sample.moments import Calendar
from articles.sample.notation import Manuscript, markup
from articles.workflow.copy import contents_of
from articles.workflow.placing import printed
from media.models import Picture

_NAME = re.compile(r"([a-z-]+)(?: = ([^(]+?))?(?: \((\w+)\))?")


@dataclass(slots=True)
class Newsroom:
    """Who acts, when now is, and the pictures by their names."""

    cast: dict[str, User]
    calendar: Calendar
    pictures: dict[str, Picture]


def tell(newsroom: Newsroom, story: Manuscript) -> int:
    """Bring a story in as its facts say, and return its story ID."""
    route = story.facts.get("route", "archive")
    return _archive(newsroom, story) if route == "archive" else _desk(newsroom, story, route)


def _archive(newsroom: Newsroom, story: Manuscript) -> int:
    facts = story.facts
    dating = newsroom.calendar.dating(facts["when"], facts.get("reason", ""))
    first = workflow.admit(
        arrival=workflow.Arrival(
            _contents(newsroom, story, facts, story.lines),
            dating,
            _completeness(facts),
            _public_since(dating),
        ),
        verb="demo",
    )
    for later in story.later:
        is_notice = later.kind != "update"
        workflow.amend(
            story_id=first.story_id,
            arrival=workflow.Arrival(
                _contents(newsroom, story, later.facts, later.lines),
                dating,
                live_from=first.live_from + timedelta(seconds=later.after),
                reason=later.note[:300],
            ),
            kind=EditionKind.CORRECTION if is_notice else EditionKind.UPDATE,
            verb="demo",
            note=later.note if is_notice else "",
            note_kind=CorrectionKind.CLARIFICATION
            if later.kind == "clarification"
            else CorrectionKind.CORRECTION,
        )
    _afterwards(newsroom, first.story_id, facts)
    return first.story_id


def _afterwards(newsroom: Newsroom, story_id: int, facts: Any) -> None:
    """What became of a story after it ran: withdrawn, an edition suppressed, or changed in copy that is not out yet."""
    chief = newsroom.cast["chief"]
    if "suppress" in facts:
        workflow.suppress(by=chief, story_id=story_id, number=1, reason=facts["suppress"])
    if "killed" in facts:
        copy = workflow.take_up(by=chief, story_id=story_id)
        workflow.kill(
            by=chief, story_id=story_id, token=copy.token, reason=facts["killed"], notice=facts["notice"]
        )
    if "pending" in facts:
        copy = workflow.take_up(by=chief, story_id=story_id)
        contents = contents_of(copy)
        longer = f"{contents.body}\n{prose.paragraphs([facts['pending']])}"
        workflow.save(
            by=chief, story_id=story_id, token=copy.token, contents=contents.changed(body=longer),
            reason="one line to come",
        )  # fmt: skip


def _desk(newsroom: Newsroom, story: Manuscript, route: str) -> int:
    facts, cast = story.facts, newsroom.cast
    writer, editor = cast[facts.get("writer", "reporter")], cast["chief"]
    section = Section.objects.get(slug=facts["section"])
    wait = newsroom.calendar.moment(facts["embargo"]) if "embargo" in facts else None
    copy = workflow.start(
        by=writer,
        contents=_contents(newsroom, story, facts, story.lines),
        assignment=workflow.Assignment(desk=section.desk_id, writer=writer.pk, embargo_until=wait),
    )
    if route == "draft":
        return copy.story_id
    _hand_on(copy, route, writer, editor, facts.get("desk-note", ""))
    copy.refresh_from_db()
    if route in {"desk", "scheduled", "embargoed"}:
        at = wait or (newsroom.calendar.moment(facts["when"]) if route == "scheduled" else None)
        workflow.publish(by=editor, story_id=copy.pk, token=copy.token, at=at)
    return copy.story_id


def _hand_on(copy: Article, route: str, writer: User, editor: User, note: str) -> None:
    copy = workflow.file(by=writer, story_id=copy.pk, token=copy.token)
    if route == "spiked":
        workflow.spike(by=editor, story_id=copy.pk, token=copy.token, note=note)
    elif route == "sent-back":
        workflow.send_back(by=editor, story_id=copy.pk, token=copy.token, note=note)
    elif route != "filed":
        workflow.approve(by=editor, story_id=copy.pk, token=copy.token)


def _contents(newsroom: Newsroom, story: Manuscript, facts: Any, lines: tuple[str, ...]) -> Contents:
    def figure(name: str) -> str:
        return prose.figure(newsroom.pictures[name].media_id or "")

    texts = {name: facts.get(name, "") for name in ("headline", "kicker", "standfirst", "dateline", "note")}
    return Contents(
        **texts,
        language=facts.get("language", "en"),
        section=facts["section"],
        body=markup(lines, figure),
        bylines=tuple(_bylines(facts.get("by", ""))),
        pictures=tuple(printed(newsroom.pictures[name]) for name in story.pictures),
        tags=tuple(one.strip() for one in facts.get("tags", "").split(",") if one.strip()),
    )


def _bylines(said: str) -> list[PrintedByline]:
    found = [_NAME.fullmatch(one.strip()) for one in said.split(",") if one.strip()]
    names = {
        row.slug: row.name for row in Contributor.objects.filter(slug__in=[one[1] for one in found if one])
    }
    return [PrintedByline(one[1], one[3] or "writer", one[2] or names[one[1]]) for one in found if one]


def _completeness(facts: Any) -> str:
    if "teaser" in facts:
        return Completeness.TEASER
    return Completeness.CUT if "cut" in facts else Completeness.WHOLE


def _public_since(dating: Dating) -> Any:
    """Return since when readers have seen it: an undated story since the latest day it can have run."""
    if dating.is_stated or dating.latest is None:
        return None
    return Dating.stated_on(dating.latest).published_at

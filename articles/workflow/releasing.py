"""Lets copy out to readers: what the rules find is settled or waved through first, then the edition is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from articles import prose
from articles.models import (
    Article,
    Completeness,
    Contents,
    Dating,
    Edition,
    RevisionKind,
    State,
    whole_story,
)
from articles.rules import BY_NAME, RULES, STOPS, Problem, Standing, problems
from articles.workflow import announcing, clearing, noticing
from articles.workflow.copy import contents_of, keep_revision, touch
from articles.workflow.editions import Filing, add, compose, slug_of
from articles.workflow.events import record
from articles.workflow.refusals import NotReady, Refused
from newsroom.moments import in_words
from newsroom.prepared import prepared

# A text mended word by word is as long as before; one that was found whole is longer.
GROWN = 1.1
LONGEST_REASON = 1_000
# Asked of everybody, a script too: on what ground a picture runs is never left open.
ALWAYS_ASKED = (*STOPS, BY_NAME["rights_open"])

Waived = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Release:
    """How copy goes out: by which verb, as what kind of edition, when, why, and what is waved through with which reason.

    `waived` gives a reason for each rule that warns, by its name. None is for a script, which nobody asks: stops and
    rights hold for it all the same.
    """

    verb: str
    kind: str
    at: datetime | None = None
    reason: str = ""
    rights_reason: str = ""
    waived: Waived | None = None

    def reason_for(self, rule: str) -> str:
        """Return why a warning is waved through, "" where nobody said."""
        given = (self.waived or {}).get(rule, "")
        if rule == "rights_open":
            given = self.rights_reason or given
        return prose.without_controls(str(given)).strip()[:LONGEST_REASON]


def found_in(article: Article, *, at: datetime | None = None, is_asked: bool = True) -> list[Problem]:
    """Return what the rules find wrong with the copy if it went out at `at` (or now); warnings only if one `is_asked`."""
    contents = addressed(contents_of(article))
    return problems(Standing.of(article, contents, at=at), RULES if is_asked else ALWAYS_ASKED)


def addressed(contents: Contents) -> Contents:
    """Return copy whose slug nobody typed with the one made from its headline, under which it will go out."""
    return contents.changed(slug=contents.slug or slug_of(contents.headline, contents.language))


def completeness_after(last: Edition | None, contents: Contents) -> str:
    """Return how much of the story the copy holds: a text that broke off stays marked until it has grown."""
    if last is None or last.completeness == Completeness.WHOLE:
        return Completeness.WHOLE
    words = prose.word_count(prose.plain(contents.body))
    return Completeness.WHOLE if words > last.word_count * GROWN else last.completeness


def release(article: Article, how: Release, *, by: Any) -> Edition:
    """Make the next edition from the copy, in the transaction of the verb that calls it. Raises `NotReady`, `Refused`."""
    now, at = timezone.now(), how.at
    if at is not None and at <= now:
        raise Refused(f"{in_words(at)} has passed. Publish now, or choose a later time.")
    if (waiting := whole_story.scheduled(article.pk)) is not None:
        raise Refused(
            f"Edition {waiting.number} is scheduled for {in_words(waiting.live_from)}. Take it off the schedule first."
        )
    clearing.hold_pictures(article)
    contents = addressed(contents_of(article))
    article.slug = contents.slug
    standing = Standing.of(article, contents, at=at)
    waved = _settled(standing, how)
    clearing.clear(standing, by=by, reason=how.reason_for("rights_open"))
    last = next(iter(_last(article.pk)), None)
    edition = compose(
        story_id=article.pk,
        previous=last,
        kind=how.kind,
        contents=contents,
        filing=(filing := Filing.of([contents])),
        live_from=at or now,
        dating=last.dating if last else Dating.stated_at(at or now),
        completeness=completeness_after(last, contents),
        reason=how.reason,
        by=by,
    )
    edition.announced_at = None if at else now
    add(edition, contents, filing, closing=last)
    touch(article, by=by, state=State.PUBLISHED, told={article.writer_id})
    keep_revision(article.pk, contents, kind=RevisionKind.MOVE, by=by, reason=f"edition {edition.number}")
    facts = {"edition": edition.number, "digest": edition.digest, "live_from": edition.live_from.isoformat()}
    record(how.verb, by=by, story_id=article.pk, **facts, **({"waived": waved} if waved else {}))
    announcing.after_commit(edition)
    noticing.published(article, edition, by=by)
    return edition


@prepared
def _last(story_id: int) -> QuerySet[Edition]:
    return Edition.objects.filter(story_id=story_id).order_by("-number")[:1]


def _settled(standing: Standing, how: Release) -> list[dict[str, Any]]:
    """Return what was waved through and why, for the record. Raises `NotReady` with all that stops or is unanswered."""
    found = problems(standing, ALWAYS_ASKED if how.waived is None else RULES)
    open_ones = [one for one in found if one.rule.is_stop or not how.reason_for(one.rule.name)]
    if open_ones:
        raise NotReady(open_ones)
    waved: dict[str, dict[str, Any]] = {}
    for one in found:
        reason = how.reason_for(one.rule.name)
        waved.setdefault(one.rule.name, {"rule": one.rule.name, "reason": reason, "said": []})["said"].append(
            one.said
        )
    return list(waved.values())

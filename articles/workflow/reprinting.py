"""Prints editions anew with other words of one picture: what readers see by a new edition, what waits scheduled again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from articles.models import Contents, Edition, EditionKind
from articles.workflow import announcing, describing, editions
from articles.workflow.copy import contents_of_edition
from articles.workflow.editions import Filing
from articles.workflow.events import Act, record_all
from articles.workflow.picture_uses import Use, Words
from media.models import Picture

SAID = {"caption": "caption", "credit": "credit", "alt": "alternative text"}
VERB = "recaption"


@dataclass(slots=True)
class Reprint:
    """A story whose editions are made anew with other words of one picture."""

    live: Edition | None = None
    waiting: Edition | None = None
    live_words: dict[str, Any] = field(default_factory=dict)
    waiting_words: dict[str, Any] = field(default_factory=dict)


def reprint(
    picture: Picture, uses: Sequence[Use], before: Words, wanted: Mapping[str, Any], *, by: Any
) -> None:
    """Make new editions of what stands and what waits, with `wanted` words of the picture in place of the library's old."""
    plans = _plans(uses, before, wanted)
    if not plans:
        return
    keys, now = uses[0].keys, timezone.now()
    texts = {
        one.pk: _with_words(contents_of_edition(one), keys, words)
        for plan in plans
        for one, words in ((plan.live, plan.live_words), (plan.waiting, plan.waiting_words))
        if one is not None
    }
    filing = Filing.of(texts.values())
    off = [plan.waiting for plan in plans if plan.waiting is not None]
    acts = [Act("unschedule", one.story_id, {"edition": one.number, "digest": one.digest}) for one in off]
    Edition.objects.filter(pk__in=[one.pk for one in off]).delete()
    reason = f"{_changed(wanted)} of {picture} changed."
    fresh = {
        plan.live.story_id: _updated(
            plan, plan.live, texts[plan.live.pk], filing, now=now, reason=reason, by=by
        )
        for plan in plans
        if plan.live is not None and plan.live_words
    }
    closed = [plan.live for plan in plans if plan.live is not None and plan.live_words]
    Edition.objects.filter(pk__in=[one.pk for one in closed]).update(live_until=now)
    again = [
        _anew(
            one,
            fresh.get(one.story_id) or plan.live,
            texts[one.pk],
            filing,
            live_from=one.live_from,
            by=one.made_by,
        )
        for plan in plans
        if (one := plan.waiting) is not None
    ]
    acts += _add(list(fresh.values()), {one.story_id: texts[one.pk] for one in closed}, filing, picture)
    acts += _add(again, {one.story_id: texts[one.pk] for one in off}, filing, picture)
    record_all(acts, by=by)
    for one in fresh.values():
        announcing.after_commit(one)


def _add(
    made: Sequence[Edition], texts: Mapping[int, Contents], filing: Filing, picture: Picture
) -> list[Act]:
    """Save editions with the rows that hang from them (`texts` by story), and return the acts for the record."""
    saved = Edition.objects.bulk_create(made, batch_size=200)
    editions.add_rows(row for one in saved for row in editions.rows_of(one, texts[one.story_id], filing))
    describing.describe_all(saved)
    return [_act(one, picture.media_id) for one in saved]


def _plans(uses: Sequence[Use], before: Words, wanted: Mapping[str, Any]) -> list[Reprint]:
    """Return which editions are to be made anew; a scheduled one is whenever the one it follows is."""
    stories = [one.story_id for use in uses if (one := use.live) is not None]
    waiting = Edition.objects.waiting().filter(story_id__in=stories).select_related("section", "made_by")
    scheduled = {one.story_id: one for one in waiting}
    plans = []
    for use in uses:
        of_live, of_waiting = (
            {name: wanted[name] for name in use.following(one, before, wanted)}
            for one in (use.live, use.waiting)
        )
        if of_live or of_waiting:
            follower = use.waiting or (scheduled.get(use.live.story_id) if use.live is not None else None)
            plans.append(Reprint(_before(use, follower), follower, of_live, of_waiting))
    return plans


def _before(use: Use, waiting: Edition | None) -> Edition | None:
    """Return the edition that a scheduled one is to follow, also where it does not show the picture."""
    if use.live is not None or waiting is None:
        return use.live
    return Edition.objects.filter(story_id=waiting.story_id, number=waiting.number - 1).first()


def _with_words(contents: Contents, keys: Collection[int], words: Mapping[str, Any]) -> Contents:
    return contents.changed(
        pictures=tuple(replace(one, **words) if one.picture in keys else one for one in contents.pictures)
    )


def _changed(names: Collection[str]) -> str:
    """Return what changed, as a sentence begins: Caption and credit."""
    said = [words for name, words in SAID.items() if name in names]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said).capitalize()


def _updated(
    plan: Reprint, live: Edition, text: Contents, filing: Filing, *, now: datetime, reason: str, by: Any
) -> Edition:
    """Return the edition that takes the place of `live` now, and close `live`, both not yet saved."""
    fresh = _anew(live, live, text, filing, live_from=now, by=by, kind=EditionKind.UPDATE, reason=reason)
    fresh.announced_at = now
    fresh.live_until = plan.waiting.live_from if plan.waiting is not None else None
    live.live_until = now
    return fresh


def _act(edition: Edition, media_id: str | None) -> Act:
    facts = {"edition": edition.number, "digest": edition.digest, "media_id": media_id}
    return Act(VERB, edition.story_id, facts)


def _anew(
    was: Edition,
    previous: Edition | None,
    text: Contents,
    filing: Filing,
    *,
    live_from: datetime,
    by: Any,
    kind: str = "",
    reason: str = "",
) -> Edition:
    """Return an edition that says what `was` said but for the words changed in `text`, its section named as it was."""
    edition = editions.compose(
        story_id=was.story_id,
        previous=previous,
        kind=str(kind or was.kind),
        contents=text,
        filing=filing,
        live_from=live_from,
        dating=was.dating,
        completeness=was.completeness,
        reason=reason or was.reason,
        by=by,
    )
    edition.section_as_printed = was.section_as_printed
    edition.digest = editions.digest_of(edition)
    return edition

"""The rules on a story among others: its embargo, its links, its address, its like, the notes on it."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.models import Contents, Edition, LinkUse, StoryNote
from articles.rules.rule import Rule
from articles.rules.standing import Standing
from newsroom.moments import in_words


def _embargoed(contents: Contents, standing: Standing) -> list[str]:
    until = standing.embargo_until
    if until is None or standing.goes_out >= until:
        return []
    return [f"The story is embargoed until {in_words(until)}. Schedule it for then or later."]


def _dead_links(contents: Contents, standing: Standing) -> list[str]:
    return standing.dead_links


def _slug_used(contents: Contents, standing: Standing) -> list[str]:
    numbers = " and ".join(map(str, standing.slug_used_by))
    if not numbers:
        return []
    return [f"The slug “{contents.slug}” was used before, by story {numbers}. Choose words of its own."]


def _alike(contents: Contents, standing: Standing) -> list[str]:
    return [
        f"Story {number}, “{headline}”, says nearly the same. Update that one, or say why there are two."
        for number, headline in standing.alike[:3]
    ]


def _notes_open(contents: Contents, standing: Standing) -> list[str]:
    if not standing.open_notes:
        return []
    if standing.open_notes == 1:
        return ["A note on the story is still open. Answer and settle it first."]
    return [f"{standing.open_notes} notes on the story are still open. Answer and settle them first."]


def _slug_taken(story: str) -> Q:
    others = Edition.objects.once_public().filter(slug=OuterRef("slug")).exclude(story_id=OuterRef(story))
    return ~Q(slug="") & Q(Exists(others))


def _leads_nowhere(of: str, **which: Any) -> Q:
    """Return the condition on stories that a link of theirs was found dead when links were last looked at."""
    return Q(pk__in=LinkUse.objects.filter(link__is_dead=True, **which).order_by().values(of))


def _has_open_note(story: str) -> Q:
    rows = StoryNote.objects.filter(story_id=OuterRef(story), answers=None, resolved_at=None)
    return Q(Exists(rows))


STOPS = (
    Rule(
        "embargoed",
        "Until its embargo ends a story is nobody's.",
        True,
        _embargoed,
        copies=lambda: Q(embargo_until__gt=timezone.now()),
        heading="Under embargo",
    ),
)
WARNINGS = (
    Rule(
        "dead_link",
        "A link that leads nowhere sends readers away for nothing.",
        False,
        _dead_links,
        copies=lambda: _leads_nowhere("story", edition=None),
        editions=lambda: _leads_nowhere("edition", edition__isnull=False),
        heading="Dead links",
    ),
    Rule(
        "slug_used",
        "Two stories with the same words in their address are taken for one.",
        False,
        _slug_used,
        copies=lambda: _slug_taken("pk"),
        editions=lambda: _slug_taken("story_id"),
        heading="Slug used before",
    ),
    Rule(
        "near_duplicate",
        "The same news twice is read twice, or not at all.",
        False,
        _alike,
        may_break=Q(),
    ),
    Rule(
        "notes_open",
        "Somebody asked something about this story.",
        False,
        _notes_open,
        copies=lambda: _has_open_note("pk"),
        editions=lambda: _has_open_note("story_id"),
        heading="Open notes",
    ),
)

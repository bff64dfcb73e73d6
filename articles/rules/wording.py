"""Finds stories that tell the same in nearly the same words, among those that readers saw lately."""

from datetime import timedelta

from django.db.models.functions import Substr
from django.utils import timezone

from articles import prose
from articles.models import Contents, Edition
from newsroom.folding import fold_words

# How far back, among how many stories at most, and how much of each: what one look may cost.
DAYS, MOST = 14, 400
OPENING = 900
# With its markup an opening is never so many times as long.
MARKED = 8
# Runs of so many words are compared; two texts that share this part of them are the same story told twice.
RUN = 4
ALIKE = 0.5
FEWEST_WORDS = 12


def alike(story_id: int, contents: Contents) -> list[tuple[int, str]]:
    """Return the public stories of the last days whose headline, or whose opening, is nearly that of `contents`.

    Only what readers see is compared: nobody learns here of copy that is not theirs to read. One query.
    """
    since = timezone.now() - timedelta(days=DAYS)
    recent = Edition.objects.at().filter(listed_at__gte=since).exclude(story_id=story_id)
    rows = recent.annotate(opening=Substr("body", 1, OPENING * MARKED)).order_by("-listed_at")
    headline = fold_words(contents.headline)
    mine = runs(prose.plain(contents.body))
    return [
        (number, other)
        for number, other, opening in rows.values_list("story_id", "headline", "opening")[:MOST]
        if (headline and fold_words(other) == headline) or _shared(mine, runs(_plain(opening))) >= ALIKE
    ]


def _plain(beginning: str) -> str:
    """Return the plain text of the beginning of a body, which may end within a tag or a reference."""
    whole = beginning[: beginning.rfind("<")] if beginning.rfind("<") > beginning.rfind(">") else beginning
    return prose.plain(whole)


def runs(text: str) -> frozenset[tuple[str, ...]]:
    """Return every run of `RUN` folded words of the opening of a plain text; none of one too short to judge."""
    words = fold_words(text[:OPENING]).split()
    if len(words) < FEWEST_WORDS:
        return frozenset()
    return frozenset(zip(*(words[start:] for start in range(RUN)), strict=False))


def _shared(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0

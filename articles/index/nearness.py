"""How near two stories stand: tags by how rare they are, names a little, words of the headline, and the days between.

The work for one story is bounded, however many there are: of each tag, name and word it looks at the stories nearest in
time, so many and no more; and of how often each is used it counts no further than a limit.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from articles.models import Edition, EditionByline, EditionTag, EditionWord, Related, Translation
from articles.models.related import KEPT

# Stories looked at on each side of one tag or name, and how far its uses are counted.
AROUND, COUNTED = 30, 1_000
MOST_TAGS, MOST_NAMES, MOST_WORDS, SHORTEST_WORD = 15, 4, 12, 4
# A word that more editions have than this is too common to say anything, and is not counted further.
COMMON = 150
# What the nearest by tags, names and words are then asked of: whether they are public, when, in which language.
MOST_CANDIDATES = 80
TAG, NAME, WORD = 1.0, 0.2, 0.45
# A year between two stories halves what the time adds; another language counts for less.
NEAR_IN_TIME, HALF_LIFE_DAYS, OTHER_LANGUAGE, SAME_SECTION = 0.6, 365.0, 0.5, 1.1
# Less than this in common is no relation.
LEAST = 0.12


@dataclass(frozen=True, slots=True)
class Near:
    """A story near another one: its ID, and how near (more is nearer)."""

    story_id: int
    nearness: float


def nearest(edition: Edition) -> list[Near]:
    """Return the public stories nearest to a public edition, the nearest first, at most `KEPT`."""
    in_common: dict[int, float] = {}
    for story_id, weight in _in_common(edition):
        in_common[story_id] = in_common.get(story_id, 0.0) + weight
    for story_id in _same_story(edition.story_id):
        in_common.pop(story_id, None)
    first = sorted(in_common, key=lambda one: (-in_common[one], one))[:MOST_CANDIDATES]
    public = Edition.objects.at().filter(story__in=first)
    rows = public.values_list("story_id", "listed_at", "language", "section_id", "published_on")
    found = []
    for story_id, listed_at, language, section_id, on in rows:
        nearness = in_common[story_id] * _by_time(edition, listed_at, is_dated=on is not None)
        nearness *= 1.0 if language == edition.language else OTHER_LANGUAGE
        nearness *= SAME_SECTION if section_id == edition.section_id else 1.0
        if nearness >= LEAST:
            found.append(Near(story_id, round(nearness, 6)))
    return sorted(found, key=lambda one: (-one.nearness, one.story_id))[:KEPT]


def _same_story(story_id: int) -> set[int]:
    """Return the story itself and its translations, which are told of elsewhere."""
    mine = Translation.objects.filter(story=story_id).values("original")
    rows = Translation.objects.filter(original=story_id) | Translation.objects.filter(original__in=mine)
    return {story_id, *(number for pair in rows.values_list("story", "original") for number in pair)}


def _in_common(edition: Edition) -> Iterable[tuple[int, float]]:
    """Yield (story ID, weight) for each tag, name and word that another story shares."""
    for row in edition.tag_rows.order_by("pk")[:MOST_TAGS]:
        yield from _around(EditionTag.objects.filter(tag=row.tag_id), edition, TAG)
    for line in edition.byline_rows.filter(is_first=True).order_by("order")[:MOST_NAMES]:
        same = EditionByline.objects.filter(contributor=line.contributor_id, is_first=True)
        yield from _around(same, edition, NAME)
    words = edition.words.values_list("word", flat=True).order_by("-word")
    telling = sorted((word for word in words if len(word) >= SHORTEST_WORD), key=len, reverse=True)
    for word in telling[:MOST_WORDS]:
        keys = (
            EditionWord.objects.filter(word=word).order_by().values_list("edition", flat=True)[: COMMON + 1]
        )
        having = list(keys)
        if 1 < len(having) <= COMMON:
            weight = WORD * _rarity(len(having))
            stories = Edition.objects.filter(pk__in=having).values_list("story_id", flat=True)
            yield from ((story_id, weight) for story_id in set(stories))


def _around(
    rows: "QuerySet[EditionTag] | QuerySet[EditionByline]", edition: Edition, share: float
) -> Iterable[tuple[int, float]]:
    """Yield the stories of one tag or name that are nearest in time, each weighed by how rare that tag or name is."""
    weight = share * _rarity(rows.order_by()[:COUNTED].count())
    here = edition.listed_at
    before = rows.filter(listed_at__lte=here).order_by("-listed_at", "-story_number")[: AROUND + 1]
    after = rows.filter(listed_at__gt=here).order_by("listed_at", "story_number")[:AROUND]
    found = {number for side in (before, after) for number in side.values_list("story_number", flat=True)}
    yield from ((story_id, weight) for story_id in found)


def _rarity(count: int) -> float:
    return 1.0 / math.log2(1 + max(count, 1))


def _by_time(edition: Edition, listed_at: datetime, *, is_dated: bool) -> float:
    """Return what the days between add; nothing where one of the two dates is not stated."""
    if edition.published_on is None or not is_dated:
        return 1.0
    days = abs((edition.listed_at - listed_at).days)
    return 1.0 + NEAR_IN_TIME * math.pow(0.5, days / HALF_LIFE_DAYS)


def put(story_id: int, found: list[Near]) -> bool:
    """Make `found` the related stories of a story; say whether they are others than before, or in another order."""
    held = Related.objects.filter(story=story_id).order_by("rank").values_list("other", flat=True)
    is_other = list(held) != [one.story_id for one in found]
    Related.objects.filter(story=story_id).delete()
    Related.objects.bulk_create(
        Related(story_id=story_id, other_id=one.story_id, rank=rank, nearness=one.nearness)
        for rank, one in enumerate(found, start=1)
    )
    return is_other

"""Finds the story that a page belongs to: by its old address, else by how its text begins, never by a headline alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from articles.importing.offers import Offer
from articles.importing.reading import same_story
from articles.importing.reading.folding import words
from articles.importing.reading.joining import same_headline
from articles.importing.standing import Standing, standing_of
from articles.models import Address, Provenance

# With fewer words in common than these, two texts are one only if their headlines are, or if they are copies.
ENOUGH_WORDS = 20
# With more than these, even another headline does not part them: a story was renamed.
SURE_WORDS = 35
MOST_CANDIDATES = 50


@dataclass(frozen=True, slots=True)
class Match:
    """The story found, how ("address", "text"), or why none could be chosen."""

    standing: Standing | None
    how: str = ""
    doubt: str = ""


def find_story(offer: Offer, key: str) -> Match:
    """Return the story that `offer` tells of; `key` is the page's own key where the page is the story's own."""
    by_address = _by_address(offer, key)
    if by_address is not None:
        return Match(by_address, "address")
    if not offer.fingerprint:
        return Match(None)
    rows = Provenance.objects.filter(fingerprint=offer.fingerprint).order_by("story_id")
    story_ids = list(rows.values_list("story_id", flat=True).distinct()[:MOST_CANDIDATES])
    scored = [
        (score, standing)
        for standing in _standing(story_ids)
        if _may_be_one(offer, key, standing) and (score := _likeness(offer, standing))
    ]
    if not scored:
        return Match(None)
    best = max(score for score, _ in scored)
    chosen = [standing for score, standing in scored if score == best]
    if len(chosen) > 1:
        named = ", ".join(str(one.story_id) for one in chosen)
        return Match(None, doubt=f"It begins like the stories {named}; which of them it is cannot be told.")
    return Match(chosen[0], "text")


def _by_address(offer: Offer, key: str) -> Standing | None:
    if offer.path is None:
        return None
    found = Provenance.objects.filter(source__key=key, source__kind="article").values_list(
        "story_id", flat=True
    )
    story_id = found.first()
    if story_id is None:
        address = Address.objects.filter(path=offer.path, story__isnull=False).first()
        story_id = address.story_id if address else None
        standing = standing_of(story_id) if story_id else None
        # The same path on another host is another page.
        return standing if standing and not standing.keys else None
    return standing_of(story_id)


def _standing(story_ids: Iterable[int]) -> Iterable[Standing]:
    return [standing for one in story_ids if (standing := standing_of(one))]


def _may_be_one(offer: Offer, key: str, standing: Standing) -> bool:
    """Say whether nothing parts the two: two pages of their own at two addresses are two stories."""
    known = {one for one in standing.keys if not one.startswith("text:")}
    return not (offer.path is not None and known and key not in known)


def _likeness(offer: Offer, standing: Standing) -> tuple[bool, int] | None:
    """Return how surely they are one (same headline, words in common), or None where they are not."""
    openings = standing.openings()
    alike = [one for one in openings if _same_text(offer.running, one)]
    if not alike:
        return None
    shared = max(min(len(words(offer.running)), len(words(one))) for one in alike)
    stated = [offer.headline.value] if offer.headline and offer.headline.stated else []
    theirs = standing.headlines()
    if stated and theirs:
        if any(same_headline(stated[0], one) for one in theirs):
            return True, shared
        return (False, shared) if shared >= SURE_WORDS and not _is_short_teaser(offer, standing) else None
    is_copy = any(words(offer.running) == words(one) for one in alike)
    return (False, shared) if is_copy or shared >= ENOUGH_WORDS else None


def _is_short_teaser(offer: Offer, standing: Standing) -> bool:
    """Two teasers under two headlines are two stories, however alike they begin."""
    return offer.is_teaser and standing.is_teaser


def _same_text(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return same_story(short, long)

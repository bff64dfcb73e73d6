"""Bounds for stories that nobody dates: from dated neighbours of their Media ID, their captions and their text.

Media IDs rise with the time of upload. A date in a caption or in the text only proves that the story is not older:
photographs come from the files. What is worked out here is always marked as inferred, with its reason.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from articles.importing.anchors import ANCHORS, FIRST, LAST
from articles.models import Dating, Edition
from media.models import MediaIDCounter

MILLION = 1_000_000
Group = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A Media ID and the days in which it was given out; `what` names them in words."""

    number: int
    earliest: date
    latest: date
    what: str

    @property
    def month(self) -> tuple[int, int]:
        """Return year and month, by which points are compared."""
        return self.earliest.year, self.earliest.month


@dataclass(frozen=True, slots=True)
class Evidence:
    """A day before which a story cannot have run, and what says so ("the caption names 11 March 2014")."""

    day: date
    sentence: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """The days between which something happened, None where open, and the reason as a sentence."""

    earliest: date | None
    latest: date | None
    reason: str


class Neighbours:
    """The dated Media IDs that agree with each other, in rising order, each range of numbers apart."""

    def __init__(self, points: Iterable[Point]) -> None:
        groups: dict[Group, list[Point]] = {}
        for point in sorted(points):
            groups.setdefault(_group(point.number), []).append(point)
        self._chains = {group: _longest_rising(found) for group, found in groups.items()}

    def bounds(self, media_id: str) -> Bounds | None:
        """Return when a Media ID was given out, or None where nothing near it is dated."""
        number = int(media_id)
        chain = self._chains.get(_group(number), [])
        numbers = [point.number for point in chain]
        known = next((point for point in chain if point.number == number and _is_anchor(number)), None)
        if known is not None:
            return Bounds(known.earliest, known.latest, f"Media ID {media_id} was given out in {known.what}")
        below = chain[bisect_left(numbers, number) - 1] if bisect_left(numbers, number) else None
        at = bisect_right(numbers, number)
        above = chain[at] if at < len(chain) else None
        if below and above:
            between = f"{below.number} ({below.what}) and {above.number} ({above.what})"
            return Bounds(below.earliest, above.latest, f"Media ID {media_id} lies between {between}")
        if above:
            return Bounds(
                None, above.latest, f"Media ID {media_id} lies before {above.number} ({above.what})"
            )
        if below:
            return Bounds(
                below.earliest, None, f"Media ID {media_id} lies after {below.number} ({below.what})"
            )
        return None


def _group(number: int) -> Group:
    """Return the range a number belongs to: two archives' numbers say nothing about each other."""
    return len(str(number)), number // MILLION


def _is_anchor(number: int) -> bool:
    return any(number == known for known, _ in ANCHORS)


def _longest_rising(points: Sequence[Point]) -> list[Point]:
    """Return the longest run in which months never fall as numbers rise: those that disagree with it are left out."""
    tails: list[tuple[int, int]] = []
    last: list[int] = []
    before: list[int | None] = []
    for index, point in enumerate(points):
        at = bisect_right(tails, point.month)
        before.append(last[at - 1] if at else None)
        if at == len(tails):
            tails.append(point.month)
            last.append(index)
        else:
            tails[at], last[at] = point.month, index
    chain: list[Point] = []
    here: int | None = last[-1] if last else None
    while here is not None:
        chain.append(points[here])
        here = before[here]
    return chain[::-1]


def known_points() -> list[Point]:
    """Return the anchors of the first archive, and the first stated day of every imported Media ID here: one query."""
    points = {number: Point(number, month, _end_of(month), f"{month:%B %Y}") for number, month in ANCHORS}
    counter = MediaIDCounter.objects.filter(pk=1).first()
    minted = range(settings.MEDIA_ID_START, counter.last + 1 if counter else settings.MEDIA_ID_START)
    rows = (
        Edition.objects.open()
        .dated()
        .filter(picture_rows__picture__media_id__isnull=False)
        .order_by("-published_on")
        .values_list("picture_rows__picture__media_id", "published_on")
    )
    for media_id, day in rows.iterator(chunk_size=2000):
        number = int(media_id or 0)
        if day is None:
            continue
        if number not in minted and not (FIRST <= number <= LAST and _is_anchor(number)):
            points[number] = Point(number, day, day, in_words(day))
    return list(points.values())


def infer(
    media_ids: Iterable[str], evidence: Sequence[Evidence], neighbours: Neighbours, *, today: date
) -> Dating:
    """Return the bounds of an undated story, as inferred, with the reason; without any where nothing is known.

    The picture given out last counts: a story cannot be older than any of its pictures. Evidence later than what
    the Media ID suggests wins, and leaves the other end open: the picture is older than the story then.
    """
    found = [bounds for one in media_ids if (bounds := neighbours.bounds(one))]
    suggested = max(found, key=lambda one: (one.earliest or date.min, one.latest or date.max), default=None)
    proofs = [one for one in evidence if one.day <= today]
    proof = max(proofs, key=lambda one: one.day, default=None)
    if suggested is None:
        return Dating(earliest=proof.day, reason=_upper(proof.sentence)) if proof else Dating()
    if proof is None or (suggested.earliest and proof.day <= suggested.earliest):
        return Dating(earliest=suggested.earliest, latest=suggested.latest, reason=suggested.reason)
    if suggested.latest and proof.day > suggested.latest:
        reason = f"{_upper(proof.sentence)}; {suggested.reason}, so the picture is older than the story"
        return Dating(earliest=proof.day, reason=reason)
    reason = f"{suggested.reason}; {proof.sentence}"
    return Dating(earliest=proof.day, latest=suggested.latest, reason=reason)


def evidence_of(facts: Iterable[Mapping[str, object]]) -> list[Evidence]:
    """Return what kept facts prove about a story's age."""
    return [
        Evidence(date.fromisoformat(str(one["value"])), str(one["rule"]))
        for one in facts
        if one["field"] == "not before"
    ]


def in_words(day: date) -> str:
    """Return a day as the paper prints it."""
    return f"{day.day} {day:%B %Y}"


def _upper(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _end_of(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])

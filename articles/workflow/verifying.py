"""Recomputes every hash and chain of the record and names the first row that does not fit."""

from collections.abc import Callable, Iterator

from articles.models import ChainHead, DayHead, Edition, Event
from articles.models.day_head import hash_of, lines_of, text_of
from articles.workflow import editions, events
from articles.workflow.closing_days import CLOSED

MADE = frozenset({"publish", "update", "correct", "import", "undo_import", "demo"})
Step = Callable[[int], None]


def problems(*, step: Step = lambda count: None) -> Iterator[str]:
    """Yield a sentence for each row of the record that does not fit, in order; `step` is told of rows done."""
    yield from _editions(step)
    yield from _events(step)
    yield from _days()


def _editions(step: Step) -> Iterator[str]:
    story, number, digest = 0, 0, ""
    fields = ("rendered", "shown_pictures", "filed_tags", "excerpt")
    for edition in Edition.objects.order_by("story_id", "number").defer(*fields).iterator(chunk_size=2000):
        if edition.story_id != story:
            story, number, digest = edition.story_id, 0, ""
        name = f"Edition {edition.number} of story {edition.story_id} (row {edition.pk})"
        if edition.number != number + 1:
            yield f"{name}: edition {number + 1} should come here. An edition is missing."
        elif edition.previous_digest != digest:
            yield f"{name}: it is not chained to the edition before it."
        if edition.digest != editions.digest_of(edition):
            yield f"{name}: its text is not what was published; its hash does not fit."
        number, digest = edition.number, edition.digest
        step(1)


def _events(step: Step) -> Iterator[str]:
    sequence, digest = 0, ""
    standing: dict[tuple[int | None, int], tuple[int, str]] = {}
    for event in Event.objects.order_by("sequence").iterator(chunk_size=2000):
        name = f"Event {event.sequence} ({event.verb}, row {event.pk})"
        if event.sequence != sequence + 1:
            yield f"{name}: event {sequence + 1} should come here. An event is missing."
        elif event.previous_digest != digest:
            yield f"{name}: it is not chained to the event before it."
        if event.digest != events.digest_of(event):
            yield f"{name}: it is not what was recorded; its hash does not fit."
        sequence, digest = event.sequence, event.digest
        if event.verb == "unschedule":
            standing.pop((event.story_id, event.details["edition"]), None)
        elif {"edition", "digest"} <= event.details.keys():
            standing[(event.story_id, event.details["edition"])] = (event.sequence, event.details["digest"])
        step(1)
    head = ChainHead.objects.filter(pk=1).first()
    if head is not None and (head.sequence, head.digest) != (sequence, digest):
        yield f"The chain of events ends at event {sequence}, but {head.sequence} were recorded. The last are missing."
    yield from _standing(standing)


def _days() -> Iterator[str]:
    """Recompute the head of each closed day from the editions, and hold each against the one before."""
    previous = ""
    for head in DayHead.objects.order_by("day", "part").iterator():
        name = f"The head of {head.day.isoformat()}, part {head.part}"
        if head.previous_digest != previous:
            yield f"{name}: it is not chained to the head before it."
        lines = map(str, lines_of(head))
        if head.digest != hash_of(text_of(head.day, head.part, head.previous_digest, lines)):
            yield f"{name}: the editions of that day are not those that were published; its hash does not fit."
        previous = head.digest
    yield from _missing_heads()


def _missing_heads() -> Iterator[str]:
    """Hold every day that the events say was closed against the heads that are there."""
    found = {head.day.isoformat(): (head.part, head.digest) for head in DayHead.objects.filter(is_last=True)}
    for event in Event.objects.filter(verb=CLOSED).order_by("sequence").iterator():
        if found.get(event.details["day"]) != (event.details["parts"], event.details["digest"]):
            yield (
                f"The head of {event.details['day']}: event {event.sequence} closed the day with another, "
                "or the head is gone."
            )


def _standing(expected: dict[tuple[int | None, int], tuple[int, str]]) -> Iterator[str]:
    found = {
        (story, number): digest
        for story, number, digest in Edition.objects.values_list("story_id", "number", "digest").iterator()
    }
    for (story, number), (sequence, digest) in expected.items():
        if found.get((story or 0, number)) != digest:
            yield f"Edition {number} of story {story}: event {sequence} published another text, or the edition is gone."

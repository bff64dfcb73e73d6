"""Makes plausible stories for measurements, batch by batch, the same ones for the same seed."""

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from articles import prose, workflow
from articles.index import intake
from articles.models import Contents, Contributor, Dating, Desk, Event, PrintedByline, Section, Tag, TagKind
from articles.sample.words import FIRST_NAMES, LAST_NAMES, PLACES, Vocabulary
from articles.workflow.editions import Filing
from articles.workflow.events import record
from articles.workflow.placing import printed
from media.models import Picture
from newsroom import hands
from newsroom.progress import Bar
from newsroom.rows import writing_much

MARK = "made"
BATCH = 2_000
BEGINNING = datetime(2005, 1, 1, tzinfo=UTC)
SECONDS = 20 * 365 * 86_400
SECTIONS = ("World", "City", "Business", "Culture", "Sport", "Opinion", "Science", "Travel")
TAGS, PICTURES = 400, 500


def made_with(seed: int) -> int:
    """Return how many stories were made with `seed` already."""
    last = Event.objects.filter(verb=MARK, details__seed=seed).order_by("-sequence").first()
    return int(last.details["total"]) if last else 0


def make(count: int, *, seed: int, bar: Bar) -> None:
    """Make stories until there are `count` of this seed, a batch a transaction; stops between two when `bar` says so."""
    done = made_with(seed)
    press = Press.ready(seed)
    with writing_much(), intake() as taking:
        press = replace(press, is_typed=taking.is_open)
        with closing(hands.in_order(press.set_up, _batches(done, count, bar))) as made:
            for batch, galley in made:
                with transaction.atomic():
                    due = workflow.print_off(galley, verb="demo")
                    record(MARK, by=None, seed=seed, total=batch.stop)
                taking.take(galley.typed, due)
                bar.step(len(batch))
                if bar.is_stopped:
                    break


def _batches(done: int, count: int, bar: Bar) -> Iterator[tuple[range, workflow.Numbers]]:
    """Yield the numbers of the stories to make, a batch at a time, each with what its stories are given."""
    while done < count and not bar.is_stopped:
        batch = range(done, min(done + BATCH, count))
        yield batch, workflow.Numbers.taken(len(batch))
        done = batch.stop


@dataclass(frozen=True, slots=True)
class Press:
    """What stories are made of: words, shelves, people, tags, pictures; the same for a whole run."""

    seed: int
    words: Vocabulary
    filing: Filing
    sections: list[str]
    people: list[Contributor]
    tags: list[str]
    pictures: list[Picture]
    weights: dict[int, list[float]]
    # Whether they are made ready for the search index as well.
    is_typed: bool = False

    @classmethod
    def ready(cls, seed: int) -> "Press":
        """Return a press with every row it needs in the database."""
        words = Vocabulary()
        with transaction.atomic():
            sections, people = _sections(), _people()
            tags, pictures = _tags(words), _pictures(seed)
        lengths = {len(people), len(tags), len(pictures)}
        return cls(
            seed=seed,
            words=words,
            filing=Filing(
                sections={row.slug: row for row in sections},
                contributors={row.slug: row for row in people},
                tags={row.name: row.in_force for row in tags},
                pictures={row.pk: row for row in pictures},
            ),
            sections=[row.slug for row in sections],
            people=people,
            tags=[row.name for row in tags],
            pictures=pictures,
            weights={
                length: list(accumulate(1 / (rank + 3) for rank in range(length))) for length in lengths
            },
        )

    def set_up(self, task: tuple[range, workflow.Numbers]) -> tuple[range, workflow.Galley]:
        """Return the stories of these numbers, ready to be printed off."""
        batch, numbers = task
        return batch, workflow.set_up(
            [self.arrival(one) for one in batch], numbers, self.filing, is_typed=self.is_typed
        )

    def arrival(self, number: int) -> workflow.Arrival:
        """Return the story of this number."""
        chance = random.Random(self.seed * 1_000_000_007 + number)  # noqa: S311 - repeatable on purpose
        texts = self.words.text(chance, chance.randrange(150, 450))
        ran_at = BEGINNING + timedelta(seconds=int(chance.random() * SECONDS))
        people = self._some(self.people, chance, 2 if chance.random() < 0.12 else 1)
        pictures = self._some(self.pictures, chance, 1) if chance.random() < 0.3 else []
        return workflow.Arrival(
            Contents(
                headline=self.words.headline(chance),
                standfirst=texts[0][:200].rpartition(" ")[0] + "." if chance.random() < 0.5 else "",
                dateline=chance.choice(PLACES) if chance.random() < 0.6 else "",
                body=prose.paragraphs(texts),
                section=chance.choice(self.sections),
                bylines=tuple(PrintedByline(one.slug, "writer", one.name) for one in people),
                pictures=tuple(printed(one) for one in pictures),
                tags=tuple(self._some(self.tags, chance, chance.randrange(1, 6))),
            ),
            Dating.stated_at(ran_at),
        )

    def _some(self, rows: list[Any], chance: random.Random, count: int) -> list[Any]:
        """Return up to `count` different rows, the first ones far more often than the last."""
        return list(dict.fromkeys(chance.choices(rows, cum_weights=self.weights[len(rows)], k=count)))


def _sections() -> list[Section]:
    rows = []
    for order, name in enumerate(SECTIONS, 1):
        desk, _ = Desk.objects.get_or_create(name=name, defaults={"slug": slugify(name)})
        made = {"name": name, "desk": desk, "order": order * 10, "is_opinion": name == "Opinion"}
        rows.append(Section.objects.get_or_create(slug=slugify(name), defaults=made)[0])
    return rows


def _people() -> list[Contributor]:
    names = [f"{first} {last}" for last in LAST_NAMES for first in FIRST_NAMES]
    wanted = {f"made-{slugify(name)}": name for name in names}
    Contributor.objects.bulk_create(
        [Contributor(slug=slug, name=name) for slug, name in wanted.items()], ignore_conflicts=True
    )
    return list(Contributor.objects.filter(slug__in=wanted, alias_of__isnull=True).order_by("pk"))


def _tags(words: Vocabulary) -> list[Tag]:
    names = words.names(random.Random("tags"), TAGS)  # noqa: S311 - the same tags each time
    kinds = list(TagKind)
    Tag.objects.bulk_create(
        [Tag(name=name, slug=f"made-{slugify(name)}", kind=kinds[n % 4]) for n, name in enumerate(names)],
        ignore_conflicts=True,
    )
    return list(Tag.objects.filter(name__in=names).select_related("alias_of").order_by("pk"))


def _pictures(seed: int) -> list[Picture]:
    """Pictures known by their Media ID alone."""
    numbers = [f"9{seed % 1000:03d}{n:07d}" for n in range(PICTURES)]
    Picture.objects.bulk_create(
        [Picture(media_id=number, caption=f"Seen on a day like any other ({number})") for number in numbers],
        ignore_conflicts=True,
    )
    return list(Picture.objects.filter(media_id__in=numbers).order_by("pk").prefetch_related("renditions"))

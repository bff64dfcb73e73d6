"""Loads a server with very many stories in turn, as readers of an archive and crawlers do: first asked for, and asked for again."""

import random
import time
from dataclasses import dataclass
from itertools import islice

from articles.models import Edition, newest
from bench import loading
from bench.loading import Load, Share

# So many stories are asked for in turn: more than a worker has room for by itself.
MANY = 20_000
# Until each of them was asked for so often, or for so long (seconds), the site has not seen them.
OFTEN, LONGEST = 3, 300
# A server that does nothing for so many seconds has nothing to do.
QUIET_FOR = 5
# Sooner than all of so many are made anew, a second is over.
IN_A_SECOND = 4_000


@dataclass(frozen=True, slots=True)
class InTurn:
    """Many stories in turn: when nobody had asked for them, and when all had been asked for; and the memory of the workers then (MB)."""

    stories: int
    first: Share
    again: Share
    memory: int


def paths() -> list[str]:
    """Return the addresses of `MANY` stories from all over the archive, in any order; none, if it does not have so many."""
    keys = list(Edition.objects.at().order_by().values_list("pk", flat=True))
    chance = random.Random(11)
    if len(keys) < MANY:
        return []
    chosen = chance.sample(keys, MANY)
    found = []
    for start in range(0, MANY, 900):
        rows = Edition.objects.filter(pk__in=chosen[start : start + 900]).values_list("story_id", "slug")
        found += [f"/story/{story}/{slug}/" for story, slug in rows]
    chance.shuffle(found)
    return found


def newest_paths() -> list[str]:
    """Return the addresses of the newest `MANY` stories in any order; none, if there are not so many."""
    found = list(islice((path for path in newest.pages() if path.startswith("/story/")), MANY))
    random.Random(13).shuffle(found)
    return found if len(found) == MANY else []


def wait_until_set(site: str) -> None:
    """Wait until a server that sets pages ahead has done so: until it takes nothing of the processor any more."""
    port, waited = int(site.rpartition(":")[2]), 0
    spent = loading.processor(port)
    while waited < LONGEST:
        time.sleep(QUIET_FOR)
        waited += QUIET_FOR
        before, spent = spent, loading.processor(port)
        if spent - before < 0.1:
            return


def in_turn(site: str, floor: str, floor_path: str, seconds: int, every: list[str]) -> InTurn:
    """Load a server that was not asked for any of them yet with many stories."""
    slices = [every[at : at + IN_A_SECOND] for at in range(0, len(every), IN_A_SECOND)][:seconds]
    first = loading.share([_beside(site, floor, floor_path, some) for some in slices])
    asked = spent = 0.0
    while asked < OFTEN * len(every) and spent < LONGEST:
        asked += loading.load(site, every[int(asked) % len(every) :] or every, 10).rate * 10
        spent += 10
    chance = random.Random(12)
    again = [_beside(site, floor, floor_path, chance.sample(every, len(every))) for _ in range(seconds)]
    return InTurn(len(every), first, loading.share(again), loading.memory(int(site.rpartition(":")[2]))[0])


def _beside(site: str, floor: str, floor_path: str, some: list[str]) -> tuple[Load, Load]:
    return loading.load(floor, [floor_path], 1), loading.load(site, some, 1)

"""Says what began or ended by itself since somebody last looked: an embargo, a place on the front page, a day."""

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from newsroom.away import AWAY

# Of a database that does not answer, nobody asks again for so many seconds.
PAUSE = 5
# Of one that is slow to answer, nobody waits longer for what somebody else asked.
PATIENCE = 1

Between = Callable[[datetime, datetime], Iterable[str]]


def nothing(first: datetime, last: datetime) -> Iterable[str]:
    """Say that nothing changes by itself."""
    return ()


class Turns:
    """Looks once in each second in which anybody asks: at its first request, which waits for it, and so do the others."""

    def __init__(self, between: Between, touch: Callable[[Iterable[str]], None]) -> None:
        self._between = between
        self._touch = touch
        self._lock = threading.Lock()
        self._looked = 0.0
        self._second = 0
        self._asked_again_at = 0.0

    def have_been_seen(self, now: float) -> bool:
        """Say whether somebody looked for them within this second."""
        return int(now) == self._second

    def look(self, now: float) -> bool:
        """Touch what began or ended until now; return whether the database said so, or it is away."""
        if self.have_been_seen(now):
            return True
        if not self._lock.acquire(timeout=PATIENCE):
            return False
        try:
            if int(now) == self._second:
                return True
            return False if now < self._asked_again_at <= now + PAUSE else self._ask(now)
        finally:
            self._lock.release()

    def is_away(self, now: float) -> None:
        """Note that the database did not answer."""
        self._second = 0
        self._asked_again_at = now + PAUSE

    def _ask(self, now: float) -> bool:
        try:
            # A clock that was put back is begun with anew: what is kept by then is void by its own age.
            if 0 < self._looked <= now:
                keys = frozenset(self._between(_moment(self._looked), _moment(now)))
                if keys:
                    self._touch(keys)
        except AWAY:
            self.is_away(now)
            return False
        self._looked, self._second = now, int(now)
        return True


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)

"""The pages that one worker keeps: at most so many bytes of them, those asked for longest ago the first to go."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, Protocol, TypeVar

from newsroom import compressing

# Of the room for pages, how much those have that were asked for once: a crawler walks through these alone.
ONCE = 0.25
# An answer larger than this share of the room is not kept.
LARGEST = 0.125
# What an entry costs beside its body, about: headers, keys, and what lies idle between entries of all sizes. Of a story's page
# 4.4 KB packed, a process grows by 11.5.
_BESIDE = 7_000

Header = tuple[str, str]
Address = tuple[str, str]
Act = Callable[[Mapping[str, Any]], None]


class Kept:
    """One whole answer as it was rendered, packed in each way that somebody took.

    `count` is the ledger's before it was rendered, `places` are where its keys stand there; `acts` is what is to be
    done each time that somebody is answered with it.
    """

    __slots__ = (
        "acts", "bodies", "checked", "count", "etag", "headers", "is_packable", "is_shared", "length", "places", "rendered_at",
        "status",
    )  # fmt: skip

    def __init__(self, status: int, headers: Iterable[Header], body: bytes) -> None:
        self.status = status
        self.headers = list(headers)
        self.bodies = {compressing.PLAIN: body}
        self.length = len(body)
        self.etag = ""
        self.is_packable = self.is_shared = False
        self.count = self.checked = 0
        self.places: tuple[int, ...] = ()
        self.acts: tuple[Act, ...] = ()
        self.rendered_at = 0.0

    def body(self, coding: str) -> bytes:
        """Return the body as one asker takes it. What everybody takes packed is not kept plain beside it."""
        bodies = self.bodies
        if coding in bodies:
            return bodies[coding]
        held, packed = next(iter(bodies.items()))
        plain = compressing.unpacked(packed, held)
        made = compressing.packed(plain, coding)
        kept = {name: body for name, body in bodies.items() if name != compressing.PLAIN}
        self.bodies = {**kept, coding: made} if coding else bodies
        return made

    @property
    def size(self) -> int:
        """Return how many bytes of memory it takes, about."""
        return _BESIDE + sum(len(body) for body in self.bodies.values())


class Sized(Protocol):
    """What a shelf can hold."""

    @property
    def size(self) -> int:
        """Return how many bytes of memory it takes, about."""
        ...


Held = TypeVar("Held", bound=Sized)


class Shelf(Generic[Held]):
    """Things by address. Those asked for a second time move to where those asked for once do not push them out."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._lock = threading.Lock()
        self._once: OrderedDict[Address, tuple[Held, int]] = OrderedDict()
        self._again: OrderedDict[Address, tuple[Held, int]] = OrderedDict()
        self._bytes = [0, 0]

    def get(self, address: Address) -> Held | None:
        """Return what is kept for an address."""
        with self._lock:
            if (found := self._again.get(address)) is not None:
                self._again.move_to_end(address)
                return found[0]
            return found[0] if (found := self._once.get(address)) is not None else None

    def asked_again(self, address: Address, kept: Held) -> None:
        """Note that it was asked for again, and how large it has become."""
        size = kept.size
        with self._lock:
            held = self._again.get(address)
            if held is not None and held == (kept, size):
                return
            self._take(address)
            self._put(1, address, kept, size)
            self._make_room()

    def put(self, address: Address, kept: Held) -> None:
        """Keep an answer; one that takes the place of another stays where that one was."""
        size = kept.size
        with self._lock:
            which = 1 if address in self._again else 0
            self._take(address)
            if size <= self._room * LARGEST:
                self._put(which, address, kept, size)
                self._make_room()

    def drop(self, address: Address, kept: Held) -> None:
        """Forget an answer, unless another has taken its place."""
        with self._lock:
            held = self._again.get(address) or self._once.get(address)
            if held is not None and held[0] is kept:
                self._take(address)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._once.clear()
            self._again.clear()
            self._bytes = [0, 0]

    @property
    def bytes(self) -> int:
        """Return how many bytes are kept, about."""
        return sum(self._bytes)

    def __len__(self) -> int:
        return len(self._once) + len(self._again)

    def _put(self, which: int, address: Address, kept: Held, size: int) -> None:
        (self._once, self._again)[which][address] = (kept, size)
        self._bytes[which] += size

    def _take(self, address: Address) -> None:
        for which, part in enumerate((self._once, self._again)):
            if (held := part.pop(address, None)) is not None:
                self._bytes[which] -= held[1]

    def _make_room(self) -> None:
        while sum(self._bytes) > self._room:
            is_once = bool(self._once) and (self._bytes[0] > self._room * ONCE or not self._again)
            part = self._once if is_once else self._again
            _, (_, size) = part.popitem(last=False)
            self._bytes[0 if is_once else 1] -= size

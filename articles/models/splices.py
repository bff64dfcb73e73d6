"""Keeps a save as what it changed in a whole one: what is typed in an hour is kept in little room."""

from collections.abc import Mapping
from typing import Any

# The number of the whole revision that a kept change stands on, and what changed in it.
ONTO = "onto"
CHANGED = "changed"


def changes_onto(number: int, whole: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Return `now` as what it changed in `whole`, the contents of revision `number`.

    A text that was there before is kept as a splice: [characters kept before, characters taken out, what came].
    """
    changed: dict[str, Any] = {}
    for name, value in now.items():
        was = whole.get(name)
        if value == was:
            continue
        changed[name] = (
            _splice(was, value) if isinstance(was, str) and isinstance(value, str) else {"is": value}
        )
    return {ONTO: number, CHANGED: changed}


def spliced(whole: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return the contents that `kept`, made by `changes_onto`, stands for."""
    contents = dict(whole)
    for name, change in kept[CHANGED].items():
        if isinstance(change, dict):
            contents[name] = change["is"]
        else:
            start, gone, text = change
            was = contents[name]
            contents[name] = was[:start] + text + was[start + gone :]
    return contents


def _splice(was: str, now: str) -> list[Any]:
    start = _shared(was, now)
    end = _shared(was[start:][::-1], now[start:][::-1])
    return [start, len(was) - start - end, now[start : len(now) - end]]


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike, by halving."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low

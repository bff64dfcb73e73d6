"""Compares the colours of two pictures as a grid of six by six says them: laid over each other where they fit best."""

from functools import lru_cache

from PIL import Image

# Parts taken off left, top, right and bottom.
Window = tuple[float, float, float, float]
_ACROSS = 6
_CELLS = _ACROSS * _ACROSS
DIGITS = 3 * _CELLS
# Colour weighs so much more than brightness, which light and paper change.
_WEIGHT = 3.0
# The most by which the grids of near duplicates differ, in shades of 256.
FITTING = 17.0
# How far a copy may be brighter or flatter, more or less colourful, and tinted as a whole.
_LIGHT, _SATURATION, _TINT = 1.35, 1.5, 6.0
# Colour is kept in steps of eight shades about grey, which is this; no more than a step away from it is grey.
_GREY, _STEP = 132.0, 8.0
_MOST_TAKEN_OFF = 0.085
_STEPS = (0.04, 0.02, 0.01)

Channel = list[float]


def colours(drawn: Image.Image) -> str:
    """Return the grid of a picture in RGB: a hexadecimal digit a cell, brightness first, then blue and red."""
    light, *colour = drawn.resize((_ACROSS, _ACROSS), Image.Resampling.BOX).convert("YCbCr").split()
    steps = [one >> 4 for one in light.tobytes()]
    steps += [min(15, max(0, (one - 128) // 8 + 8)) for channel in colour for one in channel.tobytes()]
    return "".join(f"{one:x}" for one in steps)


def fit(whole: str, other: str, start: Window) -> bool:
    """Say whether one grid fits some part of the other, sought from the window `start` on.

    A picture without colour is compared by brightness alone.
    """
    ours, grid = _channels(_grid(whole)), _grid(other)
    window, least = start, _difference(ours, _seen(grid, start))
    for step in _STEPS:
        is_better = True
        while is_better and least > FITTING:
            is_better = False
            for tried in _around(window, step):
                found = _difference(ours, _seen(grid, tried))
                if found < least:
                    window, least, is_better = tried, found, True
    return least <= FITTING


def _around(window: Window, step: float) -> list[Window]:
    tried = []
    for side in range(4):
        for by in (-step, step):
            sides = list(window)
            sides[side] = min(max(sides[side] + by, 0.0), _MOST_TAKEN_OFF)
            tried.append((sides[0], sides[1], sides[2], sides[3]))
    return [one for one in tried if one != window]


@lru_cache(maxsize=256)
def _grid(digits: str) -> Image.Image:
    steps = [int(one, 16) for one in digits]
    shades = [16 * one + 8 for one in steps[:_CELLS]] + [int(8 * one + _GREY - 64) for one in steps[_CELLS:]]
    size = (_ACROSS, _ACROSS)
    channels = (
        Image.frombytes("L", size, bytes(shades[at : at + _CELLS])) for at in range(0, DIGITS, _CELLS)
    )
    return Image.merge("RGB", tuple(channels))


def _seen(grid: Image.Image, window: Window) -> list[Channel]:
    """Return what a grid shows through a window."""
    left, top, right, bottom = (_ACROSS * side for side in window)
    box = (left, top, _ACROSS - right, _ACROSS - bottom)
    return _channels(grid.resize(grid.size, Image.Resampling.BILINEAR, box=box))


def _channels(grid: Image.Image) -> list[Channel]:
    return [[float(one) for one in channel.tobytes()] for channel in grid.split()]


def _difference(ours: list[Channel], theirs: list[Channel]) -> float:
    """Return how far two grids differ once one is lit, coloured and tinted as the other, as far as a copy may be."""
    light = _wide([_rest(ours[:1], theirs[:1], _LIGHT, 255.0)[0]])
    if _is_grey(ours) != _is_grey(theirs):
        return float(light**0.5)
    return float((light + _WEIGHT * _wide(_rest(ours[1:], theirs[1:], _SATURATION, _TINT))) ** 0.5)


def _is_grey(channels: list[Channel]) -> bool:
    return all(abs(one - _GREY) <= _STEP for channel in channels[1:] for one in channel)


def _rest(ours: list[Channel], theirs: list[Channel], most: float, shift: float) -> list[Channel]:
    """Return what is left between channels when theirs are stretched about grey by one factor, and shifted a little."""
    means = [(sum(a) / _CELLS, sum(b) / _CELLS) for a, b in zip(ours, theirs, strict=True)]
    pairs = list(zip(ours, theirs, means, strict=True))
    both = sum((x - m) * (y - n) for a, b, (m, n) in pairs for x, y in zip(a, b, strict=True))
    own = sum((y - n) ** 2 for _, b, (_, n) in pairs for y in b)
    factor = min(max(both / own if own else 1.0, 1 / most), most)
    left = []
    for a, b, (m, n) in pairs:
        by = min(max((m - _GREY) - factor * (n - _GREY), -shift), shift)
        left.append([(x - _GREY) - factor * (y - _GREY) - by for x, y in zip(a, b, strict=True)])
    return left


def _wide(left: list[Channel]) -> float:
    """Return the mean square of what is left, each four neighbours taken together: edges that do not meet even out."""
    places = [down * _ACROSS + across for down in range(_ACROSS - 1) for across in range(_ACROSS - 1)]
    squares = (
        ((one[at] + one[at + 1] + one[at + _ACROSS] + one[at + _ACROSS + 1]) / 4) ** 2
        for one in left
        for at in places
    )
    return sum(squares) / len(places)

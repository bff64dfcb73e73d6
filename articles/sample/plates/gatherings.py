"""Scenes of people together: a concert, a race up the steps, a football match."""

import math

from PIL import Image

from articles.sample.plates import plate as p
from articles.sample.plates.city import house
from articles.sample.plates.plate import Plate, Point


def concert_hall(scale: float = 1.0) -> Image.Image:
    """A concert hall from the back row: organ, stage, the backs of heads."""
    on = Plate("hall", scale=scale, paper=(228, 196, 150))
    on.fade(0, 1067, 60, 130)
    for n in range(7):
        inset = n * 62
        on.shape(
            [(inset, 760), (inset, 20 + inset * 0.4), (1600 - inset, 20 + inset * 0.4), (1600 - inset, 760)],
            p.OCHRE if n % 2 else p.SAND,
            80 + n * 22,
        )
    on.box(440, 210, 720, 420, p.SAND, 222)
    for n in range(25):
        x = 800 + (n - 12) * 27
        high = 330 - 13 * abs(n - 12) + 40 * math.cos(n * math.pi / 4)
        on.box(x - 11, 560 - high, 20, high, p.STONE, 240)
        on.box(x - 11, 560 - high, 6, high, None, 60)
        on.shape([(x - 8, 540), (x + 6, 540), (x - 1, 508)], p.INK, 0)
    on.shape([(380, 640), (1220, 640), (1330, 760), (270, 760)], p.LAMP, 235)
    for n in range(14):
        seat = 420 + n * 59
        on.disc(seat, 652 - (n % 3) * 8, 14, p.INK, 0)
        on.shape([(seat - 22, 716), (seat - 15, 668), (seat + 15, 668), (seat + 22, 716)], p.INK, 0)
    on.disc(800, 682, 15, p.INK, 0)
    on.shape([(776, 752), (784, 698), (816, 698), (824, 752)], p.INK, 0)
    on.line([(812, 704), (856, 660), (884, 622)], 6, p.INK, 0)
    for row in range(4):
        y = 830 + row * 86
        for n in range(-1, 15 - row):
            head = n * (112 + row * 18) + (row % 2) * 60 + on.chance.uniform(-8, 8)
            r = 28 + row * 6
            on.shape(
                [
                    (head - r * 1.7, y + r * 3.4),
                    (head - r * 1.4, y + r * 1.2),
                    (head + r * 1.4, y + r * 1.2),
                    (head + r * 1.7, y + r * 3.4),
                ],
                p.BRICK,
                30 + (n * 31 + row * 17) % 50,
            )
            on.disc(head, y, r, p.INK, 8)
            on.line(
                [(head - r * 0.7, y - r * 0.6), (head, y - r * 0.9), (head + r * 0.7, y - r * 0.6)],
                4,
                None,
                230,
            )
    return on.finish(period=8.5, angle=90, wobble=2)


def steps(scale: float = 1.0) -> Image.Image:
    """Runners on a long flight of steps between houses."""
    on = Plate("steps", scale=scale)
    on.fade(0, 1067, 250, 220, colours=(p.SKY, p.PAPER))
    for n in range(5):
        for side in (0, 1):
            x, base = (-40 + n * 108, 980 - n * 150) if not side else (1600 - 110 - n * 108, 980 - n * 150)
            house(
                on,
                x,
                base + 90,
                150,
                420,
                (p.ROSE, p.SAND, p.OCHRE)[(n + side) % 3],
                90 if not side else 176,
                lit=False,
            )
    count = 22
    for n in range(count):
        part = n / count
        y = 1067 - 860 * part**0.86
        half = 560 - 440 * part
        on.shape([(800 - half, y), (800 + half, y), (800 + half, y + 46), (800 - half, y + 46)], p.STONE, 214)
        on.line([(800 - half, y), (800 + half, y)], 5, p.INK, 30)
    for x, y, s in (
        (560, 1010, 1.5),
        (860, 960, 1.4),
        (1060, 860, 1.2),
        (690, 780, 1.05),
        (900, 690, 0.9),
        (780, 590, 0.75),
        (850, 500, 0.6),
        (770, 430, 0.5),
    ):
        runner(on, x, y, s)
    return on.finish(period=9, angle=2)


def runner(on: Plate, x: float, y: float, s: float) -> None:
    """A runner going uphill, seen from behind, feet at (x, y)."""
    shirt = on.chance.choice((p.BRICK, p.DEEP, p.LEAF, p.LAMP))
    on.line([(x - 6 * s, y - 78 * s), (x - 26 * s, y - 40 * s), (x - 16 * s, y)], 15 * s, p.INK, 0)
    on.line([(x + 8 * s, y - 78 * s), (x + 26 * s, y - 56 * s), (x + 18 * s, y - 24 * s)], 15 * s, p.INK, 0)
    on.shape(
        [
            (x - 20 * s, y - 72 * s),
            (x - 26 * s, y - 138 * s),
            (x + 24 * s, y - 144 * s),
            (x + 20 * s, y - 72 * s),
        ],
        shirt,
        150,
    )
    on.line(
        [(x - 24 * s, y - 132 * s), (x - 46 * s, y - 104 * s), (x - 30 * s, y - 84 * s)], 10 * s, p.OCHRE, 60
    )
    on.line(
        [(x + 24 * s, y - 136 * s), (x + 46 * s, y - 116 * s), (x + 52 * s, y - 146 * s)], 10 * s, p.OCHRE, 60
    )
    on.disc(x + 2 * s, y - 162 * s, 16 * s, p.INK, 10)


def pitch(scale: float = 1.0) -> Image.Image:
    """A football match in the rain under lights, the ball in the net."""
    on = Plate("pitch", scale=scale)
    on.fade(0, 470, 24, 96, colours=(p.NIGHT, p.SLATE))
    for x in (180, 1420):
        on.line([(x, 470), (x, 120)], 14, p.INK, 0)
        on.box(x - 82, 70, 164, 74, p.INK, 0)
        on.glow(x, 106, 330, 1.2)
        for n in range(8):
            on.disc(x - 58 + (n % 4) * 39, 90 + (n // 4) * 34, 13, p.PAPER, 255)
    on.box(0, 330, 1600, 150, p.SLATE, 60)
    for n in range(330):
        on.disc(
            on.chance.uniform(0, 1600),
            346 + (n % 5) * 26,
            9,
            on.chance.choice((p.SAND, p.INK, p.BRICK)),
            on.chance.choice((30, 200)),
        )
    for n in range(9):
        y = 470 + n * n * 8.2
        on.box(0, y, 1600, (n * 2 + 1) * 8.2 + 2, p.FIELD if n % 2 else p.LEAF, 214 if n % 2 else 170)
    goal(on)
    for x, y, s, shirt in (
        (330, 900, 1.9, p.BRICK),
        (620, 760, 1.35, p.PAPER),
        (1040, 870, 1.7, p.BRICK),
        (1290, 730, 1.25, p.PAPER),
    ):
        player(on, x, y, s, shirt)
    for _ in range(260):
        left, top = on.chance.uniform(-60, 1600), on.chance.uniform(-60, 1067)
        on.line([(left, top), (left + 15, top + 52)], 2.2, None, 250)
    return on.finish(period=8.5, angle=2)


def goal(on: Plate) -> None:
    """The goal, its net and the ball in it."""
    net: list[list[Point]] = [[(860 + n * 26, 420), (880 + n * 24, 616)] for n in range(19)]
    net += [[(860, 430 + n * 24), (1330, 430 + n * 24)] for n in range(8)]
    for strand in net:
        on.line(strand, 2, p.PAPER, 240)
    on.line([(850, 640), (850, 410), (1340, 410), (1340, 640)], 11, p.PAPER, 255)
    on.disc(1246, 520, 21, p.PAPER, 255)
    on.disc(1242, 517, 8, p.INK, 0)


def player(on: Plate, x: float, y: float, s: float, shirt: p.Colour) -> None:
    """A player running, feet at (x, y)."""
    turned = -1 if x > 800 else 1

    def at(dx: float, dy: float) -> Point:
        return x + dx * s * turned, y + dy * s

    on.line([at(-4, -78), at(26, -46), at(16, 0), at(34, 2)], 13 * s, p.INK, 0)
    on.line([at(-4, -78), at(-30, -52), at(-64, -36)], 13 * s, p.INK, 0)
    on.shape(
        [at(-22, -70), at(-14, -140), at(28, -144), at(22, -70)], shirt, 235 if shirt == p.PAPER else 130
    )
    on.line([at(24, -136), at(52, -110), at(66, -132)], 10 * s, p.OCHRE, 60)
    on.line([at(-10, -136), at(-40, -112), at(-52, -82)], 10 * s, p.OCHRE, 60)
    head = at(14, -164)
    on.disc(head[0], head[1], 16 * s, p.INK, 10)
    on.shape([at(-60, 6), at(60, 6), at(30, 14), at(-40, 14)], None, 60)

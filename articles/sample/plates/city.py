"""Scenes of the town: skyline, market, tram, clock tower, reading room, cannery."""

import math

from PIL import Image

from articles.sample.plates import plate as p
from articles.sample.plates.plate import Plate


def skyline(scale: float = 1.0) -> Image.Image:
    """The town on its hill at dusk, windows lit, a dome and two towers."""
    on = Plate("skyline", scale=scale)
    on.fade(0, 700, 110, 245, colours=(p.DEEP, p.DUSK))
    on.disc(1260, 210, 52, p.PAPER, 255)
    on.shape(on.ridge(640, 30, peaks=[(1180, 150), (1450, 90)]), p.SLATE, 112)
    for row, (base, low, high, colour, tone) in enumerate(
        [(720, 90, 230, p.ROSE, 120), (830, 110, 270, p.OCHRE, 88), (960, 130, 300, p.DEEP, 40)]
    ):
        x = -30.0
        while x < 1600:
            wide = on.chance.uniform(70, 150)
            hill = 130 * math.exp(-(((x - 760) / 380) ** 2))
            tall = on.chance.uniform(low, high) + hill
            house(on, x, base, wide, tall, colour, tone, lit=row > 0)
            x += wide + on.chance.uniform(-6, 14)
    dome(on, 700, 520, 120)
    for x, top in ((520, 240), (930, 190)):
        tower(on, x, 660, top)
    on.box(0, 950, 1600, 117, p.NIGHT, 8)
    for x in range(60, 1600, 190):
        on.line([(x, 1060), (x, 940)], 5, p.INK, 0)
        on.disc(x, 932, 13, p.LAMP, 255)
        on.glow(x, 932, 70, 0.7)
    return on.finish(period=8.5, angle=2)


def house(
    on: Plate, x: float, base: float, wide: float, tall: float, colour: p.Colour, tone: int, *, lit: bool
) -> None:
    """A flat-roofed house with windows, some lit."""
    on.box(x, base - tall, wide, tall + 140, colour, tone)
    on.box(x, base - tall, wide * 0.22, tall + 140, None, max(0, tone - 36))
    on.box(x - 3, base - tall - 8, wide + 6, 10, p.INK, 10)
    if on.chance.random() < 0.3:
        on.box(x + wide * 0.55, base - tall - 40, 26, 34, p.INK, 14)
    for row in range(int(tall // 52)):
        for column in range(int(wide // 38)):
            shining = lit and on.chance.random() < 0.45
            where = (x + 14 + column * 38, base - tall + 20 + row * 52, 15, 24)
            on.box(*where, p.LAMP if shining else p.INK, 255 if shining else 8)


def dome(on: Plate, x: float, base: float, r: float) -> None:
    """A dome on a drum."""
    on.box(x - r * 0.95, base - 10, r * 1.9, 150, p.STONE, 150)
    arc = [
        (x + r * math.cos(a), base - r * 1.12 * math.sin(a)) for a in [math.pi * n / 24 for n in range(25)]
    ]
    on.shape(arc, p.LEAF, 150)
    for n in range(-3, 4):
        rib = [
            (x + r * math.cos(a) * n / 3.4, base - r * 1.12 * math.sin(a))
            for a in [math.pi / 2 * k / 9 for k in range(10)]
        ]
        on.line(rib, 4, None, 40)
    on.line([(x, base - r * 1.1), (x, base - r * 1.6)], 6, p.INK, 0)
    on.disc(x, base - r * 1.36, 10, p.LAMP, 255)
    for n in range(5):
        on.box(x - r * 0.8 + n * r * 0.36, base + 24, 18, 60, p.INK, 6)


def tower(on: Plate, x: float, base: float, top: float) -> None:
    """A slender tower with a gallery."""
    on.shape([(x - 30, base), (x + 30, base), (x + 22, top), (x - 22, top)], p.STONE, 170)
    on.shape([(x - 30, base), (x - 12, base), (x - 9, top), (x - 22, top)], None, 70)
    on.box(x - 34, top + 60, 68, 14, p.INK, 10)
    on.shape([(x - 24, top), (x + 24, top), (x, top - 86)], p.BRICK, 70)
    on.box(x - 6, top + 14, 12, 34, p.INK, 0)


def market(scale: float = 1.0) -> Image.Image:
    """Market stalls under striped awnings, with buyers."""
    on = Plate("market", scale=scale)
    on.fade(0, 520, 245, 215, colours=(p.SKY, p.PAPER))
    for x in range(-20, 1600, 200):
        house(
            on,
            x,
            560,
            190,
            on.chance.uniform(300, 440),
            (p.SAND, p.ROSE, p.OCHRE)[x // 200 % 3],
            176,
            lit=False,
        )
    on.fade(540, 527, 200, 150, colours=(p.SAND, p.STONE))
    for y in range(580, 1067, 40):
        on.line([(0, y), (1600, y)], 2, None, 110)
    for n, x in enumerate((40, 460, 880, 1300)):
        stall(on, x, 700, (p.BRICK, p.DEEP, p.LEAF, p.BRICK)[n])
    for n in range(13):
        person(on, 70 + n * 122 + on.chance.uniform(-30, 30), 960 + (n * 37) % 80, 1.15 + (n * 7 % 5) * 0.06)
    return on.finish(period=9, angle=-3)


def stall(on: Plate, x: float, y: float, colour: p.Colour) -> None:
    """One stall: awning, poles, a table with heaps on it."""
    for side in (10, 310):
        on.line([(x + side, y + 180), (x + side, y - 120)], 8, p.INK, 0)
    for n in range(8):
        left, right = x - 20 + n * 45, x - 20 + (n + 1) * 45
        tint, tone = (colour, 90) if n % 2 else (p.PAPER, 250)
        on.shape(
            [(left + 26 - n * 7, y - 210), (right + 20 - n * 7, y - 210), (right, y - 90), (left, y - 90)],
            tint,
            tone,
        )
        on.disc((left + right) / 2, y - 90, 22, tint, tone)
    on.box(x, y + 40, 320, 26, p.OCHRE, 70)
    on.box(x + 8, y + 66, 304, 110, p.BRICK, 36)
    for n in range(4):
        heap = (p.DUSK, p.LEAF, p.LAMP, p.ROSE)[(n + int(x)) % 4]
        for _ in range(16):
            on.disc(
                x + 46 + n * 76 + on.chance.gauss(0, 17), y + 30 - abs(on.chance.gauss(0, 15)), 11, heap, 225
            )
            on.disc(
                x + 46 + n * 76 + on.chance.gauss(0, 17), y + 32 - abs(on.chance.gauss(0, 12)), 5, None, 90
            )


def person(on: Plate, x: float, y: float, s: float) -> None:
    """A standing person, feet at (x, y)."""
    coat = on.chance.choice((p.DEEP, p.BRICK, p.SLATE, p.INK, p.OCHRE))
    wide = on.chance.uniform(0.85, 1.15)
    on.shape(
        [
            (x - 16 * s, y),
            (x - 13 * s, y - 70 * s),
            (x + 13 * s, y - 70 * s),
            (x + 16 * s, y),
            (x + 4 * s, y),
            (x, y - 50 * s),
            (x - 4 * s, y),
        ],
        p.INK,
        0,
    )
    on.shape(
        [
            (x - 30 * s * wide, y - 56 * s),
            (x - 24 * s * wide, y - 140 * s),
            (x, y - 152 * s),
            (x + 24 * s * wide, y - 140 * s),
            (x + 30 * s * wide, y - 56 * s),
        ],
        coat,
        60,
    )
    on.shape(
        [
            (x + 6 * s, y - 150 * s),
            (x + 24 * s * wide, y - 140 * s),
            (x + 30 * s * wide, y - 56 * s),
            (x + 10 * s, y - 56 * s),
        ],
        None,
        130,
    )
    on.disc(x, y - 168 * s, 17 * s, p.SAND, 190)
    on.disc(x - 3 * s, y - 175 * s, 17 * s, p.INK, 8, ry=12 * s)


def tram(scale: float = 1.0) -> Image.Image:
    """A tram coming down a narrow street under its wire, a bell in the arch."""
    on = Plate("tram", scale=scale)
    on.fade(0, 1067, 250, 205, colours=(p.SKY, p.PAPER))
    for side in (0, 1):
        for n in range(4):
            near, far = 620 - n * 150, 606 - (n + 1) * 150 + (14 if n < 3 else -60)
            top_near, top_far = 250 - n * 90, 250 - (n + 1) * 90
            foot_near, foot_far = 690 + n * 105, 690 + (n + 1) * 105
            wall = [(near, foot_near), (near, top_near), (far, top_far), (far, foot_far)]
            points = wall if not side else [(1600 - x, y) for x, y in wall]
            on.shape(points, (p.OCHRE, p.ROSE, p.SAND, p.BRICK)[(n + side) % 4], 84 if not side else 172)
            for k in range(3):
                y = top_near + 60 + k * 130
                x = near - 92 if not side else 1600 - near + 40
                on.box(x, y, 46, 78, p.INK, 8)
                on.box(x + (46 if side else -12), y, 12, 78, p.LEAF, 60)
    on.shape([(620, 690), (980, 690), (1600, 1067), (0, 1067)], p.STONE, 176)
    for left in (-1, 1):
        on.line([(800 + left * 40, 690), (800 + left * 230, 1067)], 7, p.INK, 0)
    on.line([(0, 60), (800, 236), (1600, 40)], 3, p.INK, 0)
    on.line([(800, 236), (800, 330)], 4, p.INK, 0)
    on.shape([(610, 330), (990, 330), (1020, 400), (1020, 880), (580, 880), (580, 400)], p.BRICK, 110)
    on.box(580, 690, 440, 24, p.PAPER, 250)
    on.box(580, 640, 440, 40, p.PAPER, 240)
    for x in (612, 752, 892):
        on.box(x, 420, 104, 200, p.DEEP, 24)
        on.shape([(x, 420), (x + 60, 420), (x, 530)], p.SKY, 240)
    on.disc(800, 780, 44, p.LAMP, 255)
    on.disc(800, 780, 30, p.PAPER, 255)
    on.box(700, 344, 200, 52, p.INK, 0)
    for n in range(4):
        on.box(720 + n * 44, 356, 26, 28, p.LAMP, 255)
    on.box(560, 880, 480, 34, p.INK, 0)
    on.shape([(580, 880), (630, 880), (630, 330), (610, 330), (580, 400)], None, 50)
    for x in (240, 1360):
        person(on, x, 1010, 1.5)
    return on.finish(period=9, angle=-2)


def clock_tower(scale: float = 1.0) -> Image.Image:
    """The customs house with its clocks, which do not agree."""
    on = Plate("clocks", scale=scale)
    on.fade(0, 1067, 200, 250, colours=(p.SKY, p.PAPER))
    for x, y, r in ((250, 240, 120), (380, 210, 150), (1300, 330, 130), (1430, 300, 160)):
        on.disc(x, y, r, p.PAPER, 255, ry=r * 0.4)
    on.box(120, 620, 1360, 447, p.SAND, 190)
    on.box(90, 596, 1420, 34, p.STONE, 90)
    for n in range(11):
        x = 160 + n * 120
        if 640 < x < 900:
            continue
        on.box(x, 720, 70, 250, p.INK, 10)
        on.disc(x + 35, 722, 35, p.INK, 10)
        on.box(x - 8, 690, 86, 8, None, 60)
    on.box(600, 110, 400, 957, p.OCHRE, 160)
    on.box(600, 110, 110, 957, None, 90)
    for y in (110, 470, 600):
        on.box(576, y, 448, 24, p.STONE, 60)
    on.shape([(576, 112), (1024, 112), (800, -60)], p.BRICK, 80)
    clock(on, 800, 300, 132, 10, 8)
    on.box(720, 720, 160, 347, p.INK, 6)
    on.disc(800, 722, 80, p.INK, 6)
    for x, hour, minute in ((360, 10, 21), (1240, 9, 54)):
        on.box(x - 92, 440, 184, 170, p.OCHRE, 150)
        on.shape([(x - 110, 444), (x + 110, 444), (x, 360)], p.BRICK, 80)
        clock(on, x, 526, 66, hour, minute)
    for n in range(7):
        person(on, 180 + n * 205, 1050, 0.9)
    return on.finish(period=9, angle=5)


def clock(on: Plate, x: float, y: float, r: float, hour: int, minute: int) -> None:
    """A clock face at the given time."""
    on.disc(x, y, r, p.INK, 0)
    on.disc(x, y, r * 0.9, p.PAPER, 255)
    for n in range(12):
        a = math.tau * n / 12
        on.line(
            [
                (x + r * 0.7 * math.sin(a), y - r * 0.7 * math.cos(a)),
                (x + r * 0.83 * math.sin(a), y - r * 0.83 * math.cos(a)),
            ],
            r * 0.06,
            p.INK,
            0,
        )
    for turn, long, thick in ((hour / 12 + minute / 720, 0.46, 0.09), (minute / 60, 0.7, 0.06)):
        a = math.tau * turn
        on.line([(x, y), (x + r * long * math.sin(a), y - r * long * math.cos(a))], r * thick, p.INK, 0)
    on.disc(x, y, r * 0.08, p.BRICK, 0)


def reading_room(scale: float = 1.0) -> Image.Image:
    """Shelves and readers under lamps, in an arched hall."""
    on = Plate("reading room", scale=scale, paper=(232, 214, 178))
    on.fade(0, 1067, 70, 150)
    for n in range(4):
        x = 60 + n * 390
        on.box(x, 330, 310, 460, p.INK, 12)
        on.disc(x + 155, 330, 155, p.INK, 12)
        on.disc(x + 155, 330, 126, p.SKY, 245)
        on.line([(x + 155, 206), (x + 155, 456)], 7, p.INK, 0)
        on.line([(x + 30, 330), (x + 280, 330)], 7, p.INK, 0)
        for shelf in range(4):
            y = 400 + shelf * 98
            if shelf:
                books(on, x + 16, y, 278)
            on.box(x + 8, y + 2, 294, 8, p.OCHRE, 130)
    on.box(0, 800, 1600, 267, p.BRICK, 40)
    for x in (240, 800, 1360):
        on.box(x - 230, 846, 460, 30, p.OCHRE, 170)
        on.line([(x, 846), (x, 770)], 8, p.LAMP, 230)
        on.shape([(x - 62, 776), (x + 62, 776), (x + 34, 732), (x - 34, 732)], p.LEAF, 200)
        on.glow(x, 800, 210, 1.1)
        for side in (-140, 140):
            on.disc(x + side, 800, 26, p.SAND, 150)
            on.shape(
                [(x + side - 56, 900), (x + side - 40, 838), (x + side + 40, 838), (x + side + 56, 900)],
                p.INK,
                14,
            )
            on.shape(
                [(x + side - 44, 850), (x + side, 836), (x + side + 44, 850), (x + side, 858)], p.PAPER, 255
            )
    return on.finish(period=8.5)


def books(on: Plate, x: float, base: float, wide: float) -> None:
    """A row of books standing on `base`."""
    end = x + wide
    while x < end - 10:
        thick, high = on.chance.uniform(9, 22), on.chance.uniform(54, 82)
        on.box(
            x,
            base - high,
            thick - 2,
            high,
            on.chance.choice((p.BRICK, p.LEAF, p.OCHRE, p.DEEP, p.SAND)),
            on.chance.choice((110, 150, 200)),
        )
        x += thick


def cannery(scale: float = 1.0) -> Image.Image:
    """A cannery with saw-tooth roofs and two chimneys, one still smoking."""
    on = Plate("cannery", scale=scale)
    on.fade(0, 912, 215, 245, colours=(p.SLATE, p.DUSK))
    for n in range(7):
        on.disc(1090 + n * 74, 210 - n * 26, 44 + n * 13, p.STONE, 128 + n * 14, ry=34 + n * 8)
    for x in (620, 1050):
        on.shape([(x - 44, 780), (x + 44, 780), (x + 28, 210), (x - 28, 210)], p.BRICK, 120)
        on.shape([(x - 44, 780), (x - 10, 780), (x - 6, 210), (x - 28, 210)], None, 46)
        on.box(x - 36, 206, 72, 20, p.INK, 0)
    for n in range(7):
        x = 40 + n * 218
        on.shape([(x, 640), (x, 520), (x + 218, 640)], p.SKY, 226)
        on.line([(x, 640), (x, 516), (x + 218, 640)], 7, p.INK, 0)
    on.box(40, 640, 1526, 270, p.OCHRE, 130)
    for n in range(21):
        on.box(72 + n * 72, 700, 44, 90, p.INK, 8)
    on.box(700, 760, 190, 150, p.INK, 0)
    on.fade(910, 157, 150, 70, colours=(p.SEA, p.DEEP))
    on.waves(920, 1050, count=26, tone=245, colour=p.SKY)
    return on.finish(period=9, angle=-6)

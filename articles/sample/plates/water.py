"""Scenes of work by the water: salt pans, boats at night, a boat being built."""

from PIL import Image

from articles.sample.plates import plate as p
from articles.sample.plates.plate import Plate, Point


def salt_pans(scale: float = 1.0) -> Image.Image:
    """Salt pans in the evening with three flamingos."""
    on = Plate("salt", scale=scale)
    on.fade(0, 430, 215, 250, colours=(p.ROSE, (244, 214, 180)))
    on.disc(420, 400, 96, (250, 232, 190), 255)
    on.shape(on.ridge(420, 14, peaks=[(1200, 90), (1420, 60)]), p.SLATE, 104)
    on.fade(440, 627, 250, 200, colours=((238, 206, 184), (196, 190, 186)))
    for row in range(6):
        y = 452 + 14 * row * row + row * 26
        on.line([(0, y), (1600, y - 6)], 5 + row * 2.6, p.STONE, 60)
        for n in range(-8, 9):
            x = 800 + n * (150 + row * 46)
            on.line([(x, y), (x + n * 16, y + 26 + 28 * (row + 1))], 4 + row * 1.6, p.STONE, 78)
    for x, y, s in ((300, 520, 0.3), (380, 528, 0.36), (1330, 560, 0.5), (1440, 556, 0.42)):
        on.shape([(x - 120 * s, y), (x, y - 120 * s), (x + 120 * s, y)], p.PAPER, 245)
        on.shape([(x, y - 120 * s), (x + 120 * s, y), (x + 20 * s, y)], None, 150)
    for x, y, s, turned in ((470, 900, 1.25, 1), (820, 850, 1.0, -1), (1130, 980, 1.5, 1)):
        flamingo(on, x, y, s, turned)
    return on.finish(period=9, wobble=3)


def flamingo(on: Plate, x: float, y: float, s: float, turned: int) -> None:
    """A flamingo standing in water, feet at (x, y)."""

    def at(dx: float, dy: float) -> Point:
        return x + dx * s * turned, y + dy * s

    on.line([at(-6, 0), at(-2, -110), at(-10, -200)], 6 * s, p.BRICK, 60)
    on.line([at(12, 0), at(22, -100), at(10, -200)], 6 * s, p.BRICK, 60)
    body = [
        at(-96, -214),
        at(-60, -262),
        at(10, -280),
        at(60, -250),
        at(50, -206),
        at(0, -186),
        at(-60, -196),
    ]
    on.shape(body, p.ROSE, 205)
    on.shape([at(-96, -214), at(-40, -232), at(20, -224), at(0, -196), at(-60, -200)], p.BRICK, 120)
    neck = [at(46, -246), at(92, -290), at(84, -350), at(44, -380), at(40, -430), at(76, -456)]
    on.line(neck, 17 * s, p.ROSE, 200)
    head = at(80, -456)
    on.disc(head[0], head[1], 17 * s, p.ROSE, 200)
    on.shape([at(90, -464), at(126, -446), at(118, -424), at(100, -442)], p.INK, 0)
    on.line([at(-30, 8), at(60, 8)], 3.5, None, 110)


def night_boats(scale: float = 1.0) -> Image.Image:
    """Fishing boats at night, each with a lamp on the water."""
    on = Plate("night boats", scale=scale)
    on.fade(0, 470, 8, 70, colours=(p.NIGHT, (44, 62, 86)))
    for _ in range(110):
        on.disc(
            on.chance.uniform(0, 1600), on.chance.uniform(0, 400), on.chance.uniform(1, 2.8), p.PAPER, 255
        )
    on.shape(on.ridge(460, 18, peaks=[(260, 90), (1400, 130)]), (26, 36, 52), 14)
    on.fade(470, 597, 74, 20, colours=((44, 66, 88), p.NIGHT))
    for x, y, s in ((300, 560, 0.6), (1010, 530, 0.45), (720, 690, 1.0), (1280, 800, 1.35)):
        for n in range(14):
            half = (84 - n * 4 + on.chance.uniform(-14, 14)) * s
            on.line(
                [(x + 96 * s - half, y + (26 + n * 17) * s), (x + 96 * s + half, y + (26 + n * 17) * s)],
                7 * s,
                p.LAMP,
                250,
            )
        on.glow(x + 96 * s, y - 76 * s, 230 * s, 1.1)
        on.shape(
            [
                (x - 150 * s, y - 34 * s),
                (x + 150 * s, y - 44 * s),
                (x + 116 * s, y + 18 * s),
                (x - 116 * s, y + 18 * s),
            ],
            p.INK,
            0,
        )
        on.line([(x + 96 * s, y - 20 * s), (x + 96 * s, y - 92 * s)], 6 * s, p.INK, 0)
        on.disc(x + 96 * s, y - 92 * s, 19 * s, p.LAMP, 255)
        on.shape(
            [(x - 60 * s, y - 34 * s), (x - 46 * s, y - 116 * s), (x - 14 * s, y - 116 * s), (x, y - 34 * s)],
            p.INK,
            0,
        )
        on.disc(x - 30 * s, y - 132 * s, 17 * s, p.INK, 0)
        on.line([(x - 40 * s, y - 100 * s), (x + 40 * s, y - 60 * s)], 9 * s, p.INK, 0)
    return on.finish(ink=p.NIGHT, period=8)


def boatyard(scale: float = 1.0) -> Image.Image:
    """A hull in frame in a shed, the sea through its door."""
    on = Plate("boatyard", scale=scale, paper=(226, 208, 170))
    on.fade(0, 1067, 120, 186)
    on.box(560, 180, 480, 520, p.SKY, 245)
    on.box(560, 470, 480, 230, p.SEA, 190)
    on.waves(480, 690, count=18, tone=80)
    on.box(0, 0, 560, 700, p.OCHRE, 74)
    on.box(1040, 0, 560, 700, p.OCHRE, 74)
    on.box(560, 0, 480, 180, p.OCHRE, 60)
    for x in (*range(40, 560, 74), *range(1080, 1600, 74)):
        on.line([(x, 0), (x, 700)], 4, None, 10)
    on.shape([(560, 180), (800, 40), (1040, 180)], p.INK, 20)
    on.shape([(0, 700), (1600, 700), (1600, 1067), (0, 1067)], p.SAND, 208)
    sheer = [(150 + n * 65, 560 + 90 * (1 - ((n - 9.5) / 9.5) ** 2)) for n in range(21)]
    for n in range(22):
        x = 250 + n * 52.4
        top = 560 + 90 * (1 - ((x - 150) / 65 - 9.5) ** 2 / 90)
        lean = (n / 21 - 0.5) * 60
        rib = [(x, 900), (x - 34, 860), (x - 52 + lean * 0.5, 780), (x - 44 + lean, top)]
        on.line(rib, 13, p.BRICK, 30)
        on.line([(px + 4, py - 2) for px, py in rib], 3, None, 220)
    on.line(sheer, 17, p.OCHRE, 160)
    on.line([(px, py + 110) for px, py in sheer[1:-1]], 9, p.OCHRE, 130)
    on.line([(210, 904), (1390, 904)], 26, p.BRICK, 20)
    on.line([(210, 904), (120, 520)], 22, p.BRICK, 20)
    on.line([(1390, 904), (1460, 540)], 22, p.BRICK, 20)
    for x in (360, 640, 960, 1240):
        on.shape([(x - 30, 990), (x + 30, 990), (x + 18, 916), (x - 18, 916)], p.INK, 10)
    figure(on, 1100, 1020, 1.5)
    return on.finish(period=9.5, angle=88, wobble=3)


def figure(on: Plate, x: float, y: float, s: float) -> None:
    """A person at work, bent a little, feet at (x, y)."""
    on.shape(
        [
            (x - 34 * s, y),
            (x - 26 * s, y - 96 * s),
            (x + 26 * s, y - 96 * s),
            (x + 40 * s, y),
            (x + 14 * s, y),
            (x, y - 60 * s),
            (x - 12 * s, y),
        ],
        p.INK,
        0,
    )
    on.shape(
        [
            (x - 30 * s, y - 90 * s),
            (x - 44 * s, y - 168 * s),
            (x - 10 * s, y - 190 * s),
            (x + 30 * s, y - 160 * s),
            (x + 28 * s, y - 90 * s),
        ],
        p.DEEP,
        36,
    )
    on.line(
        [(x - 30 * s, y - 164 * s), (x - 70 * s, y - 120 * s), (x - 110 * s, y - 134 * s)], 15 * s, p.DEEP, 24
    )
    on.disc(x - 34 * s, y - 206 * s, 22 * s, p.OCHRE, 96)
    on.shape(
        [
            (x - 62 * s, y - 214 * s),
            (x - 12 * s, y - 222 * s),
            (x - 22 * s, y - 234 * s),
            (x - 48 * s, y - 232 * s),
        ],
        p.INK,
        0,
    )

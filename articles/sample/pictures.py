"""The sample's pictures: who drew what, under which Media ID, and what the library says about each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PIL import Image

from articles.sample.plates import city, faces, gatherings, papers, shore, water
from media.models import RightsClass, Uses

STUDIO = "Idris Benamar/Woodcut"
Scene = Callable[[float], Image.Image]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of the sample. `caption` None says nothing, "" was left empty; without `scene` its file is lost."""

    name: str
    scene: Scene | None
    caption: str | None
    alt: str
    media_id: str | None = None
    credit: str = STUDIO
    rights: str = RightsClass.STAFF
    taken_on: date | None = None
    said_in_file: str = ""
    creator: str = ""
    holder: str = ""
    terms: str = ""
    place: str = ""
    uses: str = Uses.ANYWHERE
    days_left: int | None = None
    focal: tuple[int, int] | None = None


PICTURES = [
    Drawn(
        "harbour", shore.harbour,
        "The Nasma leaves the Old Quay at first light. The cranes behind her have not lifted anything for twenty years.",
        "Woodcut: a small white ferry leaves a harbour at sunrise, cranes on either side.",
        creator="Idris Benamar", place="Old Quay, Halmira", focal=(480, 620),
    ),
    Drawn(
        "river-map", papers.river_map, "The Oum between Karesh, left, and Velmar, with the two dams under dispute.",
        "Map of a river between two countries, with two dams marked on it and a compass rose.",
        credit="Graphics desk",
    ),
    Drawn(
        "salt-chart", papers.salt_chart, "Dues on oil, dark, and on salt, red, over eight years, in millions of crowns.",
        "Column chart: dues on salt rise for eight years while those on oil fall, and pass them in the seventh.",
        credit="Graphics desk",
    ),
    Drawn(
        "concert-hall", gatherings.concert_hall, "The hall at rehearsal, from row M.",
        "Woodcut: an orchestra and an organ seen over the heads of an audience.",
    ),
    Drawn(
        "pitch", gatherings.pitch, "Dunne’s shin, thirty-ninth minute: the only goal of a wet night at the Quayside.",
        "Woodcut: footballers in the rain under floodlights, the ball in the net.",
    ),
    Drawn(
        "harbour-master", faces.harbour_master, "Captain Elias Rahm.",
        "Portrait in silhouette: a bearded man in a peaked cap, the sea behind him.",
        focal=(500, 330),
    ),
    Drawn(
        "boatyard", water.boatyard, "Twenty-two pairs of ribs: the brothers’ boat in Widad Soury’s shed.",
        "Woodcut: the frame of a wooden boat in a shed, a builder at work, the sea through the door.",
    ),
    Drawn(
        "boatbuilder", faces.boatbuilder, "Widad Soury, with the adze that was her father’s.",
        "Portrait in silhouette: a woman in a red headscarf with an adze on her shoulder.",
        focal=(500, 330),
    ),
    Drawn(
        "boat-lines", papers.boat_lines, "The curves of a twelve-metre boat, taken from the boards by Iman Kader.",
        "A boat builder’s drawing: side view, half breadth and sections of a hull.",
        credit="Iman Kader", creator="Iman Kader", rights=RightsClass.LICENSED, holder="Iman Kader",
        terms="For the story on the boatyard, two years.", days_left=19,
    ),
    Drawn(
        "composer", faces.composer, "Yusuf Tarrin, 84, composer.",
        "Portrait in silhouette: an old man with wild hair in front of lines of music.",
        focal=(500, 330),
    ),
    Drawn(
        "storm", shore.storm, "The roof of the fish market, shortly after four in the morning.",
        "Woodcut: sheets of iron fly from the roof of a hall above a heavy sea.",
    ),
    Drawn(
        "reading-room", city.reading_room, "قاعة القراءة في مكتبة الميناء بعد منتصف الليل بقليل.",
        "Woodcut: readers under green lamps in front of arched bookshelves.",
    ),
    Drawn(
        "tram", city.tram, None, "Woodcut: a red tram comes down a narrow street between tall houses.",
    ),
    Drawn(
        "lighthouse", shore.lighthouse, "The light on the Rock, on the last night that somebody was paid to watch it.",
        "Woodcut: a striped lighthouse on a rock at night, its beams across the sky.", taken_on=date(2006, 9, 1),
    ),
    Drawn(
        "island", shore.island, "Virelle from the south-west. The red flag is on the north hill, the blue on the south.",
        "Woodcut: an island with two hills and a flag on each, a sailing boat in front.", credit="Virelle Post",
        rights=RightsClass.HANDOUT, holder="Virelle Post", uses=Uses.WEB, days_left=5, place="Virelle",
    ),
    Drawn(
        "cannery", city.cannery, "The Saltworks cannery. The smaller chimney, on the left, goes cold first.",
        "Woodcut: a factory with saw-tooth roofs by the water, smoke from one of its two chimneys.",
        taken_on=date(2013, 5, 28),
    ),
    Drawn(
        "catch-chart", papers.catch_chart, "Sardines landed in the Littoral, thousands of tonnes a year.",
        "Line chart: landings fall for eleven years, from 70 to 24, with one small rise in the third.", credit="Graphics desk",
    ),
    Drawn(
        "pattern", papers.pattern, "بلاطات من نجوم مثمّنة وُجدت تحت أرضيّة دار الملح.",
        "A pattern of eight-pointed stars and crosses in blue, ochre and red.", rights=RightsClass.PUBLIC_DOMAIN,
    ),
    Drawn(
        "clocks", city.clock_tower, "The customs house on an ordinary morning: from left, slow, undecided and fast.",
        "Woodcut: a customs house with three clocks that show different times.", media_id="55360112",
        taken_on=date(2016, 10, 11),
    ),
    Drawn(
        "bell", papers.bell, "", "Woodcut: a hand reaches for the rope of a brass bell.", media_id="55361435",
        credit="", rights=RightsClass.UNKNOWN,
    ),
    Drawn(
        "salt-pans", water.salt_pans, "Friday, ten past six: the first of them are always in a hurry.",
        "Woodcut: three flamingos in salt pans at sunset, heaps of salt behind.", media_id="55369004",
        taken_on=date(2017, 3, 10),
    ),
    Drawn("letter", papers.letter, None, "Woodcut: a letter and an envelope with its stamp torn off.", said_in_file="An unsigned letter, found in the bound volumes."),
    Drawn(
        "night-boats", water.night_boats, "قوارب الضوء في الخليج قبيل منتصف الليل.",
        "Woodcut: fishing boats at night, each with a lamp and its reflection.", taken_on=date(2019, 7, 28),
    ),
    Drawn(
        "steps", gatherings.steps, "The leaders at step 400, where it is still possible to smile.",
        "Woodcut: runners on a long flight of steps between tall houses.", taken_on=date(2022, 12, 4),
        creator="Idris Benamar", focal=(420, 700),
    ),
    Drawn(
        "amina", None, "The Amina comes alongside the Old Quay for the last time, her flags at the dip.",
        "", media_id="55204418", credit="Staff photographer", rights=RightsClass.UNKNOWN, taken_on=date(2010, 8, 28),
    ),
    Drawn(
        "skyline", city.skyline, "Halmira from the corniche, ten minutes after the lamps came on.",
        "Woodcut: a town on a hill at dusk, windows lit, a dome and two towers.",
    ),
    Drawn(
        "mayor", faces.mayor, "Adila Marsh.",
        "Portrait in silhouette: a woman with her hair up and a chain of office.",
        focal=(500, 330),
    ),
    Drawn(
        "harbour-again", shore.harbour, None,
        "", credit="", creator="Idris Benamar", rights=RightsClass.UNKNOWN, said_in_file="Harbour, second print.",
    ),
    Drawn(
        "market", city.market, "Saturday morning in Bab al-Rih.",
        "Woodcut: market stalls under striped awnings, with buyers.",
    ),
]  # fmt: skip

"""The sample's people, desks, sections and tags."""

from dataclasses import dataclass

from articles.models import TagKind
from articles.roles import Role


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can log in to try the desk out: their login's name, full name, role and desks."""

    login: str
    first_name: str
    last_name: str
    role: Role
    desks: tuple[str, ...] = ()
    contributor: str = ""


CAST = [
    Person("reporter", "Layla", "Haddane", Role.REPORTER, ("City",), "layla-haddane"),
    Person("editor", "Tomas", "Verrin", Role.EDITOR, ("World", "City", "Features"), "tomas-verrin"),
    Person("chief", "Ruth", "Calloway", Role.CHIEF, ("Comment",), "ruth-calloway"),
    Person("pictures", "Idris", "Benamar", Role.PICTURE_DESK, (), "idris-benamar"),
    Person("reader", "Rima", "Osman", Role.READER),
]

# Slug, name, the line about them; the first that is nobody's own name is the paper's.
CONTRIBUTORS = [
    ("layla-haddane", "Layla Haddane", "Reports on the city: the council, the water, the trams."),
    ("tomas-verrin", "Tomas Verrin", "World editor. Has covered the river for eleven years."),
    ("ruth-calloway", "Ruth Calloway", "Editor-in-chief."),
    ("idris-benamar", "Idris Benamar", "Cuts the pictures, in pear wood and otherwise."),
    ("samir-qadoura", "Samir Qadoura", "Writes about the port, salt and other people’s money."),
    ("nour-el-tayeb", "Nour el-Tayeb", "Culture, in Arabic and English."),
    ("jonas-pell", "Jonas Pell", "Sport, in most weathers."),
    ("hana-marek", "Hana Marek", "Features and interviews."),
    ("salma-wahbeh", "Salma Wahbeh", "Courts, obituaries, the older streets."),
    ("peter-aldous", "Peter Aldous", "Columnist. Usually late."),
    ("staff", "Staff reporters", ""),
]

# Slug, name, the line about it, desk, whether it is opinion.
SECTIONS = [
    ("world", "World", "Beyond the bay.", "World", False),
    ("city", "City", "Halmira, street by street.", "City", False),
    ("business", "Business", "The port, the pans and the exchange.", "Business", False),
    ("culture", "Culture", "Music, books, pictures, lives.", "Culture", False),
    ("sport", "Sport", "Results, and how they came about.", "Sport", False),
    ("opinion", "Opinion", "Signed, and not always agreed with.", "Comment", True),
    ("features", "Features", "Stories that took longer.", "Features", False),
    ("interviews", "Interviews", "Questions, and the answers as given.", "Features", False),
]

TAGS = [
    ("Port", TagKind.TOPIC), ("Water", TagKind.TOPIC), ("Housing", TagKind.TOPIC), ("Elections", TagKind.TOPIC),
    ("Transport", TagKind.TOPIC), ("Heritage", TagKind.TOPIC), ("Fishing", TagKind.TOPIC), ("Budget", TagKind.TOPIC),
    ("Climate", TagKind.TOPIC), ("Economy", TagKind.TOPIC), ("Music", TagKind.TOPIC), ("Football", TagKind.TOPIC),
    ("Athletics", TagKind.TOPIC), ("Weather", TagKind.TOPIC), ("Environment", TagKind.TOPIC), ("Books", TagKind.TOPIC),
    ("Arts", TagKind.TOPIC), ("Crafts", TagKind.TOPIC), ("Trade", TagKind.TOPIC), ("Technology", TagKind.TOPIC),
    ("Old Quay", TagKind.PLACE), ("Tanners’ Row", TagKind.PLACE), ("Saltworks", TagKind.PLACE),
    ("Bab al-Rih", TagKind.PLACE), ("University Hill", TagKind.PLACE), ("Lighthouse Rock", TagKind.PLACE),
    ("Karesh", TagKind.PLACE), ("Velmar", TagKind.PLACE), ("Virelle", TagKind.PLACE),
    ("Adila Marsh", TagKind.PERSON), ("Yusuf Tarrin", TagKind.PERSON), ("Elias Rahm", TagKind.PERSON),
    ("Widad Soury", TagKind.PERSON),
    ("Harbour Authority", TagKind.ORGANISATION), ("Halmira City Council", TagKind.ORGANISATION),
    ("Saltco", TagKind.ORGANISATION), ("Halmira Rovers", TagKind.ORGANISATION),
]  # fmt: skip

# Other names under which a tag is found.
ALIASES = [("Old Port", "Old Quay", TagKind.PLACE), ("المياه", "Water", TagKind.TOPIC)]
# Merged by an editor after their stories ran.
MERGED = [("Harbour Board", "Harbour Authority", TagKind.ORGANISATION)]

# A manuscript, and the one that it was translated from.
TRANSLATED = (("09-ferry-arabic", "01-ferry-returns"),)

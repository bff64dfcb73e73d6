"""What a search can be narrowed by, with how many stories each leaves: one value of a kind at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.index import Facets, Tally
from articles.seeking import WITH, WITHOUT, Search

# So many of a kind stand on the page.
MOST = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """One value: what it is called, how many stories it leaves, where it leads. The one in force leads off again."""

    name: str
    stories: int
    path: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of narrowing, and its values."""

    key: str
    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A narrowing in force: its kind, its value, and the search without it."""

    kind: str
    name: str
    path: str


def _kinds() -> dict[str, str]:
    return {
        "section": _("Section"),
        "kind": _("Kind of tag"),
        "tag": _("Tag"),
        "by": _("By"),
        "language": _("Language"),
        "pictures": _("Pictures"),
    }


def _tallies(counted: Facets) -> dict[str, Sequence[Tally]]:
    pictured = [
        Tally(WITH, _("with pictures"), counted.with_picture),
        Tally(WITHOUT, _("without pictures"), counted.without_picture),
    ]
    return {
        "section": counted.sections,
        "kind": counted.kinds,
        "tag": counted.tags,
        "by": counted.people,
        "language": counted.languages,
        "pictures": [one for one in pictured if one.stories],
    }


def groups(counted: Facets, wanted: Search) -> list[Group]:
    """Return the ways to narrow a search that make a difference, or are in force."""
    found = []
    for key, tallies in _tallies(counted).items():
        in_force = wanted.narrowed.get(key)
        # What every story found has narrows nothing.
        telling = [one for one in tallies if one.stories < counted.total or one.key == in_force]
        if telling:
            found.append(Group(key, _kinds()[key], tuple(_choices(key, in_force, telling, wanted))))
    return found


def _choices(key: str, in_force: str | None, tallies: Sequence[Tally], wanted: Search) -> Iterable[Choice]:
    ordered = sorted(tallies, key=lambda one: one.key != in_force)[:MOST]
    for one in ordered:
        is_chosen = one.key == in_force
        path = wanted.but(**{f"{key}_": "" if is_chosen else one.key}).at()
        yield Choice(
            capfirst(one.name) if key in ("kind", "pictures") else one.name, one.stories, path, is_chosen
        )


def chosen(counted: Facets, wanted: Search) -> list[Chosen]:
    """Return the narrowings in force, by name where it is known."""
    found = []
    for key, value in wanted.narrowed.items():
        if key in ("from", "to"):
            continue
        names = {one.key: one.name for one in _tallies(counted)[key]}
        found.append(Chosen(_kinds()[key], names.get(value, value), wanted.but(**{f"{key}_": ""}).at()))
    first, last = wanted.narrowed.get("from"), wanted.narrowed.get("to")
    if first or last:
        said = first if first == last else f"{first or '…'} – {last or '…'}"
        found.append(Chosen(_("Ran"), str(said), wanted.but(from_="", to_="").at()))
    return found

"""The law of the floors: imports point down only, and rooms never import each other."""

import ast

from tests.laws.tree import dotted, is_migration, is_product, parse

ROOMS = (
    "authoring",
    "archive",
    "search",
    "feeds",
    "importing",
    "sample",
    "picture_desk",
    "planning",
    "together",
)
READING_ROOMS = ("archive", "search", "feeds")

# From the ground up. A module may import its own floor and what lies below.
FLOORS = {
    "newsroom": 0,
    "media": 1,
    "articles.models": 2,
    "articles.linkable": 2,
    "articles.prose": 2,
    "articles.roles": 2,
    "articles.index": 3,
    "articles.redline": 3,
    "articles.rules": 3,
    "articles.threeway": 3,
    "articles.paper": 4,
    "articles.seeking": 3,
    "articles.workflow": 4,
    "articles.templatetags": 5,
    **{f"articles.{room}": 5 for room in ROOMS},
    "articles.admin": 6,
    "articles.apps": 6,
    "articles.management": 6,
    "newsroom.urls": 7,
}
NOT_FOR_READERS = ("articles.workflow", "articles.models.article", "articles.models.revision")
# These look a model up by name, past every import.
BY_NAME = ("get_model", "import_module", "import_string", "__import__")


def module_name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def floor_of(module: str) -> tuple[str, int] | None:
    """(the part of the house a module belongs to, its height); None for what is not ours."""
    parts = module.split(".")
    for length in (2, 1):
        part = ".".join(parts[:length])
        if part in FLOORS:
            return part, FLOORS[part]
    return None


def imports(path: str, source: str) -> list[tuple[int, str]]:
    """(line, dotted name) of everything imported; `from a import b` counts as a.b, relative ones resolved."""
    here = module_name(path).split(".")
    package = here if path.endswith("__init__.py") else here[:-1]
    found = []
    for node in ast.walk(parse(source)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            up = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*up, *([node.module] if node.module else [])])
            found += [(node.lineno, f"{base}.{alias.name}") for alias in node.names]
    return found


def imports_point_down(path: str, source: str) -> list[str]:
    if not is_product(path):
        return []
    own = floor_of(module_name(path))
    if own is None:
        return (
            [] if module_name(path) == "articles" else [f"{path} is on no floor: see docs/architecture.md."]
        )
    found = []
    for line, name in imports(path, source):
        there = floor_of(name)
        if there is None:
            if name == "articles" or name.startswith("articles."):
                found.append(f"{path}:{line} imports {name}, which is on no floor.")
            continue
        part, height = there
        if height > own[1]:
            found.append(f"{path}:{line} imports {name} from the floor above.")
        elif height == own[1] == 5 and part != own[0]:
            found.append(
                f"{path}:{line} imports {name}: rooms never import each other. Move it a floor down."
            )
    return found


def readers_rooms_see_no_copy(path: str, source: str) -> list[str]:
    """archive, search and feeds (and what they share: paper, seeking, the template tags) import neither verbs nor working copy."""
    part = floor_of(module_name(path))
    if (
        is_migration(path)
        or part is None
        or part[0].removeprefix("articles.") not in (*READING_ROOMS, "paper", "seeking", "templatetags")
    ):
        return []
    found = []
    for line, name in imports(path, source):
        if name.startswith(NOT_FOR_READERS):
            found.append(f"{path}:{line} imports {name}: what shows things to readers can see no copy.")
        elif name.startswith("articles.models.") and name.split(".")[2][:1].isupper():
            found.append(
                f"{path}:{line} imports {name} through the whole of articles.models: name its own module."
            )
        elif name == "articles.models":
            found.append(f"{path}:{line} imports all of articles.models: name the module it needs.")
    found += [
        f"{path}:{node.lineno} looks code up by name ({dotted(node.func)}): import it, so that this law can see it."
        for node in ast.walk(parse(source))
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in BY_NAME
    ]
    return found

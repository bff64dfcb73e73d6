"""Finds the project's own files, the ones that the laws are about."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("newsroom", "articles", "media")
CODE = (*APPS, "tests", "bench")
PAGES = ("templates", "articles", "media", "static")


def files(folders: tuple[str, ...], *endings: str) -> Iterator[tuple[str, str]]:
    """(path from the root, source) of each file below the folders, caches left out."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in endings and path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def python_files() -> list[tuple[str, str]]:
    """Every module of ours, those at the root among them."""
    at_root = [(path.name, path.read_text(encoding="utf-8")) for path in sorted(ROOT.glob("*.py"))]
    return [*at_root, *files(CODE, ".py")]


def template_files() -> list[tuple[str, str]]:
    return list(files(("templates", "articles", "media"), ".html", ".txt", ".xml"))


def script_files() -> list[tuple[str, str]]:
    return list(files(PAGES, ".js", ".mjs"))


def style_files() -> list[tuple[str, str]]:
    return list(files(PAGES, ".css"))


@cache
def parse(source: str) -> ast.Module:
    return ast.parse(source)


def is_migration(path: str) -> bool:
    return "/migrations/" in path


def is_test(path: str) -> bool:
    return path.startswith("tests/") or path == "conftest.py"


def is_product(path: str) -> bool:
    """Ours, running in front of people: neither a test nor a migration nor a measurement."""
    return path.startswith(APPS) and not is_migration(path)


def dotted(node: ast.AST) -> str:
    """`Edition.objects.at` for the expression that reads so; calls in between are left out; "" for the rest."""
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            before = dotted(node.value)
            return f"{before}.{node.attr}" if before else f"?.{node.attr}"
        case ast.Call():
            return dotted(node.func)
        case ast.Subscript():
            return dotted(node.value)
    return ""

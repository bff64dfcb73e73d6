"""The shape of the house: floors, rooms, folders; each law is shown a violation that turns it red."""

from pathlib import Path

import pytest

from tests.laws.imports import imports, imports_point_down, readers_rooms_see_no_copy
from tests.laws.tree import ROOT, python_files

LAWS = [imports_point_down, readers_rooms_see_no_copy]

FOLDERS = {
    "newsroom", "articles", "media", "templates", "static", "tests", "docs", "bench", "var", ".ci", ".git", ".venv",
    ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis",
}  # fmt: skip
IN_ARTICLES = {
    "models", "workflow", "prose", "roles", "redline", "linkable", "index", "authoring", "archive", "search", "feeds", "importing", "paper", "seeking", "sample", "picture_desk", "planning", "together", "rules", "threeway", "admin",
    "apps", "templatetags", "management", "migrations", "__init__", "__pycache__",
}  # fmt: skip


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_house_keeps_the_law(law):
    broken = [sentence for path, source in python_files() for sentence in law(path, source)]
    assert not broken, "\n" + "\n".join(broken)


VIOLATIONS = [
    (imports_point_down, "articles/models/edition.py", "from articles.workflow import publish"),
    (imports_point_down, "articles/models/edition.py", "from articles import workflow"),
    (imports_point_down, "articles/models/edition.py", "from ..workflow import publish"),
    (imports_point_down, "articles/prose.py", "from articles.index.query import parse"),
    (imports_point_down, "articles/roles.py", "import articles.authoring.forms"),
    (imports_point_down, "articles/index/__init__.py", "from articles.workflow import verbs"),
    (imports_point_down, "articles/workflow/publishing.py", "from articles.archive import pages"),
    (
        imports_point_down,
        "articles/workflow/publishing.py",
        "def f():\n    from articles.archive import pages",
    ),
    (imports_point_down, "media/models/picture.py", "from articles.models.edition import Edition"),
    (imports_point_down, "newsroom/folding.py", "from media.models import Picture"),
    (imports_point_down, "newsroom/settings.py", "import articles"),
    (imports_point_down, "newsroom/headers.py", "from newsroom import urls"),
    (imports_point_down, "articles/archive/story.py", "from articles.feeds import entries"),
    (imports_point_down, "articles/search.py", "from articles.archive.lists import shelf"),
    (imports_point_down, "articles/templatetags/printed.py", "from articles.archive import lists"),
    (imports_point_down, "articles/authoring/forms.py", "from articles import admin"),
    (imports_point_down, "articles/shortcuts.py", "x = 1"),
    (imports_point_down, "articles/archive/story.py", "from articles.shortcuts import x"),
    (readers_rooms_see_no_copy, "articles/archive/story.py", "from articles.workflow import kill"),
    (readers_rooms_see_no_copy, "articles/archive.py", "from articles import workflow"),
    (readers_rooms_see_no_copy, "articles/search/form.py", "from articles.models.article import State"),
    (readers_rooms_see_no_copy, "articles/feeds/atom.py", "import articles.models.revision"),
    (readers_rooms_see_no_copy, "articles/feeds/atom.py", "from articles.models import Edition"),
    (readers_rooms_see_no_copy, "articles/feeds/atom.py", "from articles import models"),
    (
        readers_rooms_see_no_copy,
        "articles/templatetags/printed.py",
        "from articles.models.article import Article",
    ),
    (readers_rooms_see_no_copy, "articles/archive/a.py", "apps.get_model('articles', 'Article')"),
    (readers_rooms_see_no_copy, "articles/archive/a.py", "importlib.import_module('articles.workflow')"),
]


@pytest.mark.parametrize(("law", "path", "source"), VIOLATIONS)
def test_violation_turns_the_law_red(law, path, source):
    assert law(path, source)


CLEAN = [
    (
        imports_point_down,
        "articles/workflow/publishing.py",
        "from articles import prose, roles\nimport media.models",
    ),
    (
        imports_point_down,
        "articles/archive/story.py",
        "from articles.archive import lists\nfrom . import pages",
    ),
    (imports_point_down, "articles/admin.py", "from articles.authoring import stories"),
    (
        imports_point_down,
        "articles/management/commands/demo.py",
        "from articles.importing import saved_pages",
    ),
    (imports_point_down, "newsroom/urls.py", "from articles.archive import urls"),
    (
        imports_point_down,
        "media/library.py",
        "from django.db import models\nfrom newsroom.keyset import Cursor",
    ),
    (readers_rooms_see_no_copy, "articles/archive/story.py", "from articles.models.edition import Edition"),
    (readers_rooms_see_no_copy, "articles/authoring/forms.py", "from articles.models.article import Article"),
]


@pytest.mark.parametrize(("law", "path", "source"), CLEAN)
def test_lawful_import_stays_green(law, path, source):
    assert law(path, source) == []


def test_relative_imports_are_resolved():
    assert imports("articles/archive/story.py", "from . import lists") == [(1, "articles.archive.lists")]
    assert imports("articles/archive/__init__.py", "from .lists import x") == [
        (1, "articles.archive.lists.x")
    ]
    assert imports("articles/archive/story.py", "from ..models.edition import E") == [
        (1, "articles.models.edition.E")
    ]


def unexpected(names: list[str], expected: set[str]) -> list[str]:
    return [name for name in names if name not in expected]


def test_folders_are_the_ones_of_the_design():
    # What Python compiles lies where git does not look.
    top = [path.name for path in ROOT.iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert unexpected(top, FOLDERS) == []
    inside = [Path(path.name).stem for path in (ROOT / "articles").iterdir()]
    assert unexpected(inside, IN_ARTICLES) == []


def test_unexpected_folder_turns_the_law_red():
    assert unexpected(["articles", "utils"], FOLDERS) == ["utils"]


def test_pictures_app_is_code_and_git_keeps_it():
    ignored = [line.strip().strip("/") for line in (ROOT / ".gitignore").read_text().splitlines()]
    assert "media" not in ignored
    assert "var" in ignored

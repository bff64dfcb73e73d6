"""Laws about how Python is written: length, first line, imports, comments, names."""

import ast
import io
import re
import tokenize

from tests.laws.tree import dotted, is_migration, is_test, parse

LONGEST_FILE, LONGEST_TEST, LONGEST_FUNCTION = 400, 500, 50

# Imports inside a function that cannot stand at the top, and why: (path, function).
INNER_IMPORTS: dict[tuple[str, str], str] = {
    ("articles/apps.py", "ready"): "Django reads this module before it knows any model",
}
STAR_IMPORTS = {"tests/settings.py": "the tests' settings are the site's own, with a few of them changed"}

FORBIDDEN = {
    "title", "titles", "post", "posts", "author", "authors", "description", "descriptions", "content", "category",
    "categories", "data", "obj", "item", "items", "manager", "managers", "handler", "handlers", "utils", "util",
    "common", "helpers", "helper", "core", "services", "service", "misc", "base", "stuff",
}  # fmt: skip


def file_is_short(path: str, source: str) -> list[str]:
    limit = LONGEST_TEST if is_test(path) else LONGEST_FILE
    lines = source.count("\n")
    if lines <= limit or is_migration(path):
        return []
    return [f"{path} has {lines} lines, and the law is {limit}: split it by what its parts do."]


def functions_are_short(path: str, source: str) -> list[str]:
    return [
        f"{path}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1} lines; the law is {LONGEST_FUNCTION}."
        for node in ast.walk(parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
        and not is_migration(path)
    ]


def module_says_its_job(path: str, source: str) -> list[str]:
    if is_migration(path) or not source.strip():
        return []
    docstring = ast.get_docstring(parse(source))
    if not docstring:
        return [f"{path} does not say its job: begin it with a one-sentence docstring."]
    first = docstring.splitlines()[0]
    if not re.search(r"[.?!:]$", first):
        return [f"{path}:1 the first line is no whole sentence: “{first}”."]
    return []


def no_import_inside_a_function(path: str, source: str) -> list[str]:
    found = []
    for function in ast.walk(parse(source)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if is_test(path) or is_migration(path) or (path, function.name) in INNER_IMPORTS:
            continue
        found += [
            f"{path}:{node.lineno} imports inside {function.name}: move it to the top, or name it in INNER_IMPORTS."
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
    return found


def no_star_import(path: str, source: str) -> list[str]:
    return [
        f"{path}:{node.lineno} imports everything from {node.module}: name what is used."
        for node in ast.walk(parse(source))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
        if path not in STAR_IMPORTS
    ]


def no_undated_todo(path: str, source: str) -> list[str]:
    """Python only looks at its comments; other files at every line."""
    if path.endswith(".py"):
        tokens = tokenize.generate_tokens(io.StringIO(source).readline)
        lines = [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]
    else:
        lines = list(enumerate(source.splitlines(), 1))
    return [
        f"{path}:{number} says “{text.strip()[:60]}” without a date: do it, or write 2026-11-30 behind it."
        for number, text in lines
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", text) and not re.search(r"\b20\d\d-[01]\d-[0-3]\d\b", text)
    ]


def names_are_the_newsrooms(path: str, source: str) -> list[str]:
    """Module and folder names; the last word of a class's name; a whole function's name."""
    if is_migration(path):
        return []
    parts = path.removesuffix(".py").split("/")
    found = [
        f"{path}: “{part}” says nothing of the newspaper; name it for what it does."
        for part in parts
        if part.removeprefix("_").removeprefix("test_").lower() in FORBIDDEN
    ]
    for node in ast.walk(parse(source)):
        if isinstance(node, ast.ClassDef):
            words = re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z]+", node.name)
            is_bad = bool(words) and words[-1].lower() in FORBIDDEN
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            is_bad = node.name.lstrip("_") in FORBIDDEN and not is_test(path)
        else:
            continue
        if is_bad:
            found.append(f"{path}:{node.lineno} “{node.name}” says nothing of the newspaper.")
    return found


# Whatever makes text trusted: any mention of the first, only a call of the second (a type may be named).
TRUSTING = {"mark_safe", "html_safe"}
TRUSTED_TYPES = {"SafeString", "SafeText", "SafeData"}
# prose.trusted wraps what prose.render once stored; the tag that prints a story's text is its one caller.
PRINTS_STORED_HTML = "articles/templatetags/printed.py"


def only_prose_trusts_html(path: str, source: str) -> list[str]:
    """`mark_safe` and what amounts to it stand in articles/prose.py alone."""
    if path == "articles/prose.py" or is_test(path):
        return []
    return [
        f"{path}:{node.lineno} trusts HTML: only articles/prose.py may. Use format_html."
        for node in ast.walk(parse(source))
        if _trusts(node, path)
    ]


def _trusts(node: ast.AST, path: str) -> bool:
    if isinstance(node, ast.Name | ast.Attribute):
        return dotted(node).split(".")[-1] in TRUSTING
    if isinstance(node, ast.ImportFrom):
        return any(alias.name in TRUSTING for alias in node.names)
    if isinstance(node, ast.Call):
        called = dotted(node.func)
        if called == "prose.trusted" or called == "trusted":
            return path != PRINTS_STORED_HTML
        return called.split(".")[-1] in TRUSTED_TYPES
    return isinstance(node, ast.FunctionDef) and node.name == "__html__"

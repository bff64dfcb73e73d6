"""Laws about the record: who may compare its dates, set a state, make an edition, or read past `at()`."""

import ast
import re

from tests.laws.tree import dotted, is_product, parse

QUERY_SET = "articles/models/edition.py"
WORKFLOW = "articles/workflow/"
READING = ("articles/archive", "articles/search", "articles/feeds", "articles/templatetags")

_DATES = ("live_from", "live_until")
_LOOKUP = re.compile(r"(^|__)live_(from|until)(__|$)")
_SQL = re.compile(r"\blive_(from|until)\b\W{0,3}(<|>|=|\bis\b|\bbetween\b|\bin\b)", re.IGNORECASE)
_FILTERS = (
    "filter",
    "exclude",
    "get",
    "Q",
    "When",
    "aget",
    "get_or_create",
    "update_or_create",
    "FilteredRelation",
)
_MAKERS = ("create", "bulk_create", "get_or_create", "update_or_create", "acreate", "abulk_create")
# What hangs from the working copy, and what the desk alone may ask of the record.
_COPY = ("article", "articles", "revisions", "placements", "copy")
_PUBLIC = ("at", "once_public")
# A prefetch of the rows of editions already found is lawful; asking the rows first is not.
_ASKING = (
    "filter",
    "exclude",
    "get",
    "all",
    "values",
    "values_list",
    "annotate",
    "aggregate",
    "count",
    "exists",
)


def only_at_compares_live_dates(path: str, source: str) -> list[str]:
    if not is_product(path) or path == QUERY_SET:
        return []
    said = "compares an edition's live dates: only Edition.objects.at() and its neighbours may (on a row in hand, ask edition.is_open)."
    return [
        f"{path}:{getattr(node, 'lineno', 0)} {said}"
        for node in ast.walk(parse(source))
        if _compares(node, is_workflow=path.startswith(WORKFLOW))
    ]


def _compares(node: ast.AST, *, is_workflow: bool) -> bool:
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        # Whether the row that a verb holds is still open is no question of who may see it.
        asks_open = all(isinstance(op, ast.Is | ast.IsNot) for op in node.ops)
        named = any(
            isinstance(side, ast.Attribute | ast.Name) and dotted(side).endswith(_DATES) for side in sides
        )
        return named and not (is_workflow and asks_open)
    if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in _FILTERS:
        return any(word.arg and _LOOKUP.search(word.arg) for word in node.keywords)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return bool(_SQL.search(node.value)) or bool(re.fullmatch(r"\w*live_(from|until)__\w+", node.value))
    return False


def only_workflow_sets_a_state(path: str, source: str) -> list[str]:
    if not is_product(path) or path.startswith(WORKFLOW):
        return []
    return [
        f"{path}:{node.lineno} sets a state: call a verb of articles.workflow."
        for node in ast.walk(parse(source))
        if _sets_state(node)
    ]


def _sets_state(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(target, ast.Attribute) and target.attr == "state" for target in targets)
    if not isinstance(node, ast.Call):
        return False
    called = dotted(node.func).split(".")[-1]
    if called in (*_MAKERS, "update", "aupdate", "Article", "replace"):
        given = [word.arg for word in node.keywords]
        defaults = [word.value for word in node.keywords if word.arg in ("defaults", "create_defaults", None)]
        return "state" in given or any("state" in _keys(value) for value in defaults)
    if called == "setattr":
        return len(node.args) > 1 and isinstance(node.args[1], ast.Constant) and node.args[1].value == "state"
    if called in ("save", "bulk_update", "asave"):
        named = [
            *node.args,
            *(word.value for word in node.keywords if word.arg in ("update_fields", "fields")),
        ]
        return any("state" in _strings(value) for value in named)
    return False


def _keys(node: ast.AST) -> list[object]:
    return (
        [key.value for key in node.keys if isinstance(key, ast.Constant)]
        if isinstance(node, ast.Dict)
        else []
    )


def _strings(node: ast.AST) -> list[object]:
    if not isinstance(node, ast.List | ast.Tuple | ast.Set):
        return []
    return [element.value for element in node.elts if isinstance(element, ast.Constant)]


def only_workflow_makes_an_edition(path: str, source: str) -> list[str]:
    if not is_product(path) or path.startswith(WORKFLOW):
        return []
    return [
        f"{path}:{node.lineno} makes an edition: call publish, correct, update or an importing verb."
        for node in ast.walk(parse(source))
        if _makes_edition(node)
    ]


def _makes_edition(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return bool(re.search(r"\b(insert\s+into|update)\s+\W?articles_edition\b", node.value, re.IGNORECASE))
    if not isinstance(node, ast.Call):
        return False
    parts = dotted(node.func).split(".")
    if parts[-1] == "Edition":
        return True
    return parts[-1] in _MAKERS and ("Edition" in parts[:-1] or "editions" in parts[:-1])


def readers_start_from_at(path: str, source: str) -> list[str]:
    """Rooms that show things to readers ask the record through `at` or `once_public`, and the copy not at all."""
    if not path.startswith(READING):
        return []
    found = []
    for node in ast.walk(parse(source)):
        if isinstance(node, ast.Attribute):
            parts = dotted(node).split(".")
            if len(parts) >= 2 and parts[-2] in ("objects", "editions"):
                root = "Edition" if "Edition" in parts else parts[-2]
                if root in ("Edition", "editions") and parts[-1] not in _PUBLIC:
                    found.append(
                        f"{path}:{node.lineno} asks the record for .{parts[-1]}: begin with .at(moment)."
                    )
                rows = parts[-3] if len(parts) > 2 else ""
                if rows.startswith("Edition") and rows != "Edition" and parts[-1] in _ASKING:
                    found.append(f"{path}:{node.lineno} reads {parts[-3]} rows past the editions public now.")
            if parts[-1] in _COPY[:4] and len(parts) > 1 and parts[0] != "models":
                found.append(f"{path}:{node.lineno} reaches the working copy through .{parts[-1]}.")
        for word in node.keywords if isinstance(node, ast.Call) else []:
            if word.arg and any(part in _COPY for part in word.arg.split("__")):
                found.append(f"{path}:{node.lineno} looks up the working copy through {word.arg}.")
    return found

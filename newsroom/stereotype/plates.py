"""Tells what a template says alike on every page of one language, and keeps it: a plate."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.template.base import FilterExpression, Node, TextNode, TokenType, Variable
from django.template.context import Context
from django.template.defaulttags import CommentNode, LoadNode, URLNode
from django.template.library import SimpleNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.translation import get_language

Tag = TypeVar("Tag", bound=Callable[..., Any])


def alike(tag: Tag) -> Tag:
    """Mark a tag of ours, above `@register.simple_tag`, that says the same on every page of one language."""
    tag.says_the_same = True  # type: ignore[attr-defined]
    return tag


class Plate(TextNode):
    """Neighbours in a template that say the same on every page of one language."""

    child_nodelists = ()

    def __init__(self, nodes: Iterable[Node]) -> None:
        super().__init__("")
        self._nodes = list(nodes)
        self._set: dict[str | None, str] = {}

    def render(self, context: Context) -> Any:
        """Return the text in the language that is spoken."""
        return self.render_annotated(context)

    def render_annotated(self, context: Context) -> Any:
        """Return the text; past the wrapping that tells where in a template something went wrong."""
        language = get_language()
        found = self._set.get(language)
        if found is None:
            found = self._set[language] = "".join(str(node.render_annotated(context)) for node in self._nodes)
        return found


def with_plates(nodes: Iterable[Node]) -> list[Node]:
    """Return nodes with neighbours that say the same everywhere made one; texts alone stay texts."""
    made: list[Node] = []
    waiting: list[Node] = []
    for node in nodes:
        if _is_the_same_everywhere(node):
            waiting.append(node)
            continue
        made += _plates(waiting)
        waiting = []
        made.append(node)
    return made + _plates(waiting)


def _plates(waiting: list[Node]) -> list[Node]:
    return [Plate(waiting)] if any(not _is_text(node) for node in waiting) else list(waiting)


def _is_text(node: Node) -> bool:
    return isinstance(node, TextNode) or type(node) in (CommentNode, LoadNode)


def _is_the_same_everywhere(node: Node) -> bool:
    match node:
        case TextNode() | CommentNode() | LoadNode():
            return True
        case URLNode():
            names = [node.view_name, *node.args, *node.kwargs.values()]
            return node.asvar is None and all(map(is_plain, names)) and ":" not in node.view_name.var
        case SimpleNode():
            given = node.args or node.kwargs or node.target_var or node.takes_context
            return not given and getattr(node.func, "says_the_same", False)
        case StaticNode():
            return node.varname is None and is_plain(node.path)
        case TranslateNode():
            return not node.asvar and not node.message_context and _is_sentence(node.filter_expression)
        case BlockTranslateNode():
            is_text = all(token.token_type == TokenType.TEXT for token in node.singular)
            return is_text and not (node.plural or node.asvar or node.message_context or node.extra_context)
    return False


def is_plain(value: FilterExpression) -> bool:
    """Say whether an expression is a text as it stands in the template."""
    return isinstance(value.var, str) and not value.filters


def _is_sentence(value: FilterExpression) -> bool:
    return isinstance(value.var, Variable) and isinstance(value.var.literal, str) and not value.filters

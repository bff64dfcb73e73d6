"""Casts templates into plates when they are loaded: what is the same on every page is set once for each language.

An address without a variable, the name of a style sheet and a sentence of the furniture are a third of what a page's
template does. They and the text around them become one piece. What a template says does not change by it, only when
the work is done; `tests/newsroom/test_stereotype.py` compares.
"""

from collections.abc import Iterable
from typing import Any

from django.template import Template
from django.template.base import FilterExpression, Node, NodeList, TextNode, TokenType, Variable
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.loader_tags import IncludeNode
from django.template.loaders import cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class Loader(cached.Loader):
    """Django's loader that keeps templates, which casts each as it comes."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """Return a template, cast when it is loaded first."""
        found = super().get_template(template_name, skip)
        if not hasattr(found, "is_cast"):
            found.nodelist = _cast(found.nodelist)
            found.is_cast = True  # type: ignore[attr-defined]
        return found


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


class Part(IncludeNode):
    """An include of a template that is named outright: it is looked up once, not once a page."""

    found: Template | None = None

    def render(self, context: Context) -> SafeString:
        """Return the part, with what it is given."""
        if self.found is None:
            engine: Any = context.template.engine  # type: ignore[union-attr]
            self.found = engine.get_template(self.template.var)
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        if self.isolated_context:
            return self.found.render(context.new(values))
        with context.push(**values):
            return self.found.render(context)


def _cast(nodes: NodeList) -> NodeList:
    made, waiting = NodeList(), []
    for node in nodes:
        if _is_the_same_everywhere(node):
            waiting.append(node)
            continue
        made += _plates(waiting)
        waiting = []
        made.append(_with_cast_parts(node))
    made += _plates(waiting)
    made.contains_nontext = nodes.contains_nontext
    return made


def _plates(waiting: list[Node]) -> list[Node]:
    return [Plate(waiting)] if any(not isinstance(node, TextNode) for node in waiting) else list(waiting)


def _with_cast_parts(node: Node) -> Node:
    for name in node.child_nodelists:
        held = vars(node).get(name)
        if isinstance(held, NodeList):
            setattr(node, name, _cast(held))
    branches = getattr(node, "conditions_nodelists", None)
    if branches is not None:
        node.conditions_nodelists = [(condition, _cast(held)) for condition, held in branches]  # type: ignore[attr-defined]
    for block in getattr(node, "blocks", {}).values():
        block.nodelist = _cast(block.nodelist)
    if type(node) is IncludeNode and _is_plain(node.template):
        node.__class__ = Part
    return node


def _is_the_same_everywhere(node: Node) -> bool:
    match node:
        case TextNode():
            return True
        case URLNode():
            names = [node.view_name, *node.args, *node.kwargs.values()]
            return node.asvar is None and all(map(_is_plain, names)) and ":" not in node.view_name.var
        case StaticNode():
            return node.varname is None and _is_plain(node.path)
        case TranslateNode():
            return not node.asvar and not node.message_context and _is_sentence(node.filter_expression)
        case BlockTranslateNode():
            is_text = all(token.token_type == TokenType.TEXT for token in node.singular)
            return is_text and not (node.plural or node.asvar or node.message_context or node.extra_context)
    return False


def _is_plain(value: FilterExpression) -> bool:
    """Say whether an expression is a text as it stands in the template."""
    return isinstance(value.var, str) and not value.filters


def _is_sentence(value: FilterExpression) -> bool:
    return isinstance(value.var, Variable) and isinstance(value.var.literal, str) and not value.filters

"""Sets beforehand what each node of a template does when its page is printed.

A node stays what it is and stands where it stood; it is given another `render_annotated`. So whatever holds it, a tag
of Django's or of the desk's, prints it as before. A node that is not known here does what its own class says.
"""

from collections.abc import Callable
from html import escape
from typing import Any

from django.conf import settings
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    TextNode,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.template.context import Context
from django.template.defaulttags import CommentNode, ForNode, IfNode, LoadNode, WithNode
from django.template.library import InclusionNode, SimpleNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.templatetags.i18n import BlockTranslateNode
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from newsroom.stereotype.expressions import decision, value_of
from newsroom.stereotype.parts import Part, Say, block, extends, inclusion, part, said_by
from newsroom.stereotype.plates import is_plain, with_plates


class Forme(NodeList):
    """Nodes whose texts stand in their places already; the others say what comes between."""

    def __init__(self, nodes: NodeList) -> None:
        super().__init__(with_plates(nodes))
        self.contains_nontext = nodes.contains_nontext
        for node in self:
            cast(node)
        self.say = _together(self)
        whole = Node()
        whole.render_annotated = self.say  # type: ignore[method-assign,assignment]
        self._whole = NodeList([whole])

    def render(self, context: Context) -> SafeString:
        """Return what the nodes say."""
        return self._whole.render(context)


def cast(node: Node) -> None:
    """Set beforehand what a node does, and those it holds."""
    for name in node.child_nodelists:
        held = vars(node).get(name)
        if type(held) is NodeList:
            setattr(node, name, Forme(held))
    branches: Any = getattr(node, "conditions_nodelists", None)
    if branches is not None:
        node.conditions_nodelists = [  # type: ignore[attr-defined]
            (test, Forme(held) if type(held) is NodeList else held) for test, held in branches
        ]
    if type(node) is IncludeNode and is_plain(node.template):
        node.__class__ = Part
    known = _KNOWN.get(type(node))
    if known is not None:
        node.render_annotated = known(node)  # type: ignore[method-assign,assignment]


def _together(nodes: list[Node]) -> Say:
    """Return a function that says what nodes say one after another."""
    texts: list[Any] = []
    open_places: list[tuple[int, Say]] = []
    for node in nodes:
        if type(node) in (CommentNode, LoadNode):
            continue
        if type(node) is not TextNode:
            open_places.append((len(texts), node.render_annotated))
            texts.append("")
        elif texts and not (open_places and open_places[-1][0] == len(texts) - 1):
            texts[-1] += node.s
        else:
            texts.append(node.s)
    if not open_places:
        text = "".join(texts)
        return lambda context: text

    if len(texts) == 1:
        return open_places[0][1]

    def say(context: Context) -> str:
        said = texts.copy()
        for place, say_one in open_places:
            said[place] = say_one(context)
        return "".join(said)

    return say


def _variable(node: VariableNode) -> Say:
    look = value_of(node.filter_expression)

    def say(context: Context) -> Any:
        try:
            value = look(context)
        except UnicodeDecodeError:
            return ""
        kind = type(value)
        if kind is SafeString:
            return value
        if kind is str:
            return escape(value) if context.autoescape else value
        if kind is int and not settings.USE_THOUSAND_SEPARATOR:
            return str(value)
        return render_value_in_context(value, context)

    return say


def _if(node: IfNode) -> Say:
    branches = [
        (decision(test) if test is not None else _otherwise, said_by(held))
        for test, held in node.conditions_nodelists
    ]

    def say(context: Context) -> Any:
        for decide, say_so in branches:
            try:
                is_so = decide(context)
            except VariableDoesNotExist:
                continue
            if is_so:
                return say_so(context)
        return ""

    return say


def _otherwise(context: Context) -> bool:
    return True


def _for(node: Any) -> Say:
    sequence = value_of(node.sequence, ignore_failures=True)
    each, none, names = said_by(node.nodelist_loop), said_by(node.nodelist_empty), node.loopvars
    name = names[0] if len(names) == 1 else None
    is_reversed = node.is_reversed

    def say(context: Context) -> Any:
        dicts = context.dicts
        loop: dict[str, Any] = {"parentloop": context.get("forloop", {})}
        held: dict[str, Any] = {}
        dicts.append(held)
        try:
            values = sequence(context)
            if values is None:
                return none(context)
            if not hasattr(values, "__len__"):
                values = list(values)
            left = len(values)
            if left < 1:
                return none(context)
            held["forloop"] = loop
            said, last = [], left - 1
            for count, value in enumerate(reversed(values) if is_reversed else values):
                loop["counter0"], loop["counter"] = count, count + 1
                loop["revcounter"], loop["revcounter0"] = left - count, last - count
                loop["first"], loop["last"] = count == 0, count == last
                if name is not None:
                    held[name] = value
                    said.append(each(context))
                else:
                    dicts.append(_unpacked(names, value))
                    said.append(each(context))
                    dicts.pop()
            return "".join(said)
        finally:
            dicts.pop()

    return say


def _unpacked(names: list[str], value: Any) -> dict[str, Any]:
    try:
        found = len(value)
    except TypeError:
        found = 1
    if found != len(names):
        raise ValueError(f"Need {len(names)} values to unpack in for loop; got {found}. ")
    return dict(zip(names, value, strict=False))


def _with(node: WithNode) -> Say:
    values = [(name, value_of(value)) for name, value in node.extra_context.items()]
    say_so = said_by(node.nodelist)

    def say(context: Context) -> Any:
        dicts = context.dicts
        dicts.append({name: look(context) for name, look in values})
        try:
            return say_so(context)
        finally:
            dicts.pop()

    return say


def _simple(node: SimpleNode) -> Say:
    func, takes_context, target = node.func, node.takes_context, node.target_var
    args = [value_of(one) for one in node.args]
    named = [(name, value_of(one)) for name, one in node.kwargs.items()]

    def say(context: Context) -> Any:
        given = [look(context) for look in args]
        if takes_context:
            given.insert(0, context)
        made = func(*given, **{name: look(context) for name, look in named})
        if target is not None:
            context[target] = made
            return ""
        return conditional_escape(made) if context.autoescape and type(made) is not SafeString else made

    return say


class _Found:
    """Stands for an expression in a node that prints itself: it resolves as one, by what was set beforehand."""

    def __init__(self, expression: FilterExpression) -> None:
        self.resolve = value_of(expression)


def _sentence(node: Any) -> Say:
    """A sentence with gaps prints itself; what is to be translated is put together once."""
    said = {id(one): node.render_token_list(one) for one in (node.singular, node.plural) if one}
    node.extra_context = {name: _Found(value) for name, value in node.extra_context.items()}
    if node.counter is not None:
        node.counter = _Found(node.counter)

    def render_token_list(tokens: Any) -> tuple[str, list[str]]:
        text, names = said[id(tokens)]
        return text, list(names)

    node.render_token_list = render_token_list
    return node.render  # type: ignore[no-any-return]


_KNOWN: dict[type[Node], Callable[[Any], Say]] = {
    VariableNode: _variable,
    IfNode: _if,
    ForNode: _for,
    WithNode: _with,
    SimpleNode: _simple,
    InclusionNode: inclusion,
    Part: part,
    BlockNode: block,
    ExtendsNode: extends,
    BlockTranslateNode: _sentence,
}

"""Sets beforehand what each node of a template does when its page is printed.

A node stays what it is and stands where it stood; it is given another `render_annotated`. So whatever holds it, a tag
of Django's or of the desk's, prints it as before. A node that is not known here does what its own class says.
"""

from collections.abc import Callable
from html import escape
from typing import Any

from django.conf import settings
from django.template import Template
from django.template.base import (
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
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext, BlockNode, ExtendsNode, IncludeNode
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from newsroom.stereotype.expressions import decision, value_of
from newsroom.stereotype.plates import is_plain, with_plates

Say = Callable[[Context], Any]


class Forme(NodeList):
    """Nodes whose texts stand in their places already; the others say what comes between."""

    def __init__(self, nodes: NodeList) -> None:
        super().__init__(with_plates(nodes))
        self.contains_nontext = nodes.contains_nontext
        for node in self:
            cast(node)
        self.say = _together(self)

    def render(self, context: Context) -> SafeString:
        """Return what the nodes say."""
        return SafeString(self.say(context))


class Part(IncludeNode):
    """An include of a template that is named outright: it is looked up once, not once a page."""

    found: Template | None = None


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
        node.render_annotated = known(node)  # type: ignore[method-assign]


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
        (decision(test) if test is not None else _otherwise, _said_by(held))
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


def _said_by(nodes: NodeList) -> Say:
    return nodes.say if isinstance(nodes, Forme) else nodes.render


def _for(node: ForNode) -> Say:
    sequence = value_of(node.sequence, ignore_failures=True)
    each, none, names = _said_by(node.nodelist_loop), _said_by(node.nodelist_empty), node.loopvars
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
    say_so = _said_by(node.nodelist)

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


def _inclusion(node: InclusionNode) -> Say:
    if not isinstance(node.filename, str):
        return node.render
    func, takes_context, name = node.func, node.takes_context, node.filename
    args = [value_of(one) for one in node.args]
    named = [(key, value_of(one)) for key, one in node.kwargs.items()]
    kept: list[Template] = []

    def say(context: Context) -> Any:
        given = [look(context) for look in args]
        if takes_context:
            given.insert(0, context)
        made = func(*given, **{key: look(context) for key, look in named})
        if not kept:
            kept.append(_engine(context).get_template(name))
        # A context, say, may be given back: Django knows what to take of it.
        dicts = [dict(_ALWAYS), made] if type(made) is dict else context.new(made).dicts
        token = context.get("csrf_token")
        if token is not None:
            dicts[-1]["csrf_token"] = token
        return _apart(kept[0], dicts, context)

    return say


def _engine(context: Context) -> Any:
    return context.template.engine  # type: ignore[union-attr]


def _part(node: Part) -> Say:
    values = [(name, value_of(value)) for name, value in node.extra_context.items()]
    is_apart, name = node.isolated_context, node.template.var

    def say(context: Context) -> Any:
        found = node.found
        if found is None:
            found = node.found = _engine(context).get_template(name)
        given = {name: look(context) for name, look in values}
        if is_apart:
            return _apart(found, [dict(_ALWAYS), given], context)
        dicts = context.dicts
        dicts.append(given)
        try:
            return _printed(found, context)
        finally:
            dicts.pop()

    return say


# What every template sees.
_ALWAYS = {"True": True, "False": False, "None": None}


def _apart(template: Template, dicts: list[Any], context: Context) -> Any:
    """Print a template that sees nothing but what it is given: what `context.new` does, without a copy."""
    around = context.dicts
    context.dicts = dicts
    try:
        return _printed(template, context)
    finally:
        context.dicts = around


def _printed(template: Template, context: Context, *, is_state_shared: bool = False) -> Any:
    """Print a template inside another: what `Template.render` does, for one whose context is bound."""
    state: Any = context.render_context
    around, state.template = state.template, template
    if not is_state_shared:
        state.dicts.append({})
    try:
        return template._render(context)  # type: ignore[attr-defined]
    finally:
        state.template = around
        if not is_state_shared:
            state.dicts.pop()


def _block(node: BlockNode) -> Say:
    name = node.name

    def say(context: Context) -> Any:
        blocks = context.render_context.dicts[-1].get(BLOCK_CONTEXT_KEY)
        held: dict[str, Any] = {"block": node}
        dicts = context.dicts
        dicts.append(held)
        try:
            if blocks is None:
                return _said_by(node.nodelist)(context)
            pushed = blocks.pop(name)
            chosen = pushed or node
            block: Any = BlockNode(chosen.name, chosen.nodelist)
            block.context = context
            held["block"] = block
            said = _said_by(chosen.nodelist)(context)
            if pushed is not None:
                blocks.push(name, pushed)
            return said
        finally:
            dicts.pop()

    return say


def _extends(node: ExtendsNode) -> Say:
    if not is_plain(node.parent_name):
        return node.render
    name = node.parent_name.var
    kept: list[tuple[Template, Any, dict[str, BlockNode]]] = []

    def say(context: Context) -> Any:
        state: Any = context.render_context
        history = state.setdefault(ExtendsNode.context_key, [node.origin])
        if any(origin.template_name == name for origin in history):
            # One that extends another of its own name: which, depends on those it comes from.
            return node.render(context)
        if not kept:
            parent = node.get_parent(context)
            kept.append((parent, history[-1], _own_blocks(parent)))
        else:
            history.append(kept[0][1])
        parent, _, blocks = kept[0]
        found = state.dicts[-1].setdefault(BLOCK_CONTEXT_KEY, BlockContext())
        found.add_blocks(node.blocks)
        found.add_blocks(blocks)
        return _printed(parent, context, is_state_shared=True)

    return say


def _own_blocks(parent: Template) -> dict[str, BlockNode]:
    """Return the blocks of a template that extends no other."""
    first = next((node for node in parent.nodelist if not isinstance(node, TextNode)), None)
    if first is None or isinstance(first, ExtendsNode):
        return {}
    return {node.name: node for node in parent.nodelist.get_nodes_by_type(BlockNode)}


_KNOWN: dict[type[Node], Callable[[Any], Say]] = {
    VariableNode: _variable,
    IfNode: _if,
    ForNode: _for,
    WithNode: _with,
    SimpleNode: _simple,
    InclusionNode: _inclusion,
    Part: _part,
    BlockNode: _block,
    ExtendsNode: _extends,
}

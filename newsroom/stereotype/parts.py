"""Sets beforehand how templates come together: parts, inclusion tags, blocks, and the template that another extends."""

from collections.abc import Callable
from typing import Any

from django.template import Template
from django.template.base import TextNode
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext, BlockNode, ExtendsNode, IncludeNode

from newsroom.stereotype.expressions import value_of
from newsroom.stereotype.plates import is_plain

Say = Callable[[Context], Any]


class Part(IncludeNode):
    """An include of a template that is named outright: it is looked up once, not once a page."""

    found: Template | None = None


def said_by(nodes: Any) -> Say:
    """Return a function that says what nodes say one after another."""
    say: Say = getattr(nodes, "say", None) or nodes.render
    return say


def inclusion(node: Any) -> Say:
    """An inclusion tag: its function is called, and a template printed that sees what that gives."""
    if not isinstance(node.filename, str):
        return node.render  # type: ignore[no-any-return]
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


def part(node: Any) -> Say:
    """An include of a template that is named outright."""
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


def block(node: Any) -> Say:
    """A block: the one of this name in the template that extends the others last."""
    name = node.name

    def say(context: Context) -> Any:
        blocks: Any = context.render_context.dicts[-1].get(BLOCK_CONTEXT_KEY)
        held: dict[str, Any] = {"block": node}
        dicts = context.dicts
        dicts.append(held)
        try:
            if blocks is None:
                return said_by(node.nodelist)(context)
            pushed = blocks.pop(name)
            chosen = pushed or node
            block: Any = BlockNode(chosen.name, chosen.nodelist)
            block.context = context
            held["block"] = block
            said = said_by(chosen.nodelist)(context)
            if pushed is not None:
                blocks.push(name, pushed)
            return said
        finally:
            dicts.pop()

    return say


def extends(node: Any) -> Say:
    """A template that extends another: the other, with these blocks. Which it is, and its blocks, is found once."""
    if not is_plain(node.parent_name):
        return node.render  # type: ignore[no-any-return]
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
    blocks: Any = parent.nodelist.get_nodes_by_type(BlockNode)
    return {block.name: block for block in blocks}

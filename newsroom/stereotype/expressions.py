"""Sets beforehand how an expression of a template finds its value: a name, its parts, filters, a condition.

Each becomes a function of the context. It finds what Django's own `resolve` finds, by the way that its documentation
describes (a key, an attribute, a number in a list; what can be called is called); what the expression itself tells is
worked out once, and what most values are is tried first, without an exception.
"""

import operator
from collections.abc import Callable
from functools import lru_cache
from inspect import signature
from typing import Any

from django.template import smartif
from django.template.base import FilterExpression, Variable
from django.template.context import BaseContext, Context
from django.template.defaulttags import TemplateLiteral
from django.utils.safestring import SafeData, mark_safe
from django.utils.timezone import template_localtime

Look = Callable[[Context], Any]
Step = Callable[[Any, Context], Any]

MISSING: Any = object()


def value_of(expression: FilterExpression, *, ignore_failures: bool = False) -> Look:
    """Return a function that finds what an expression says: `FilterExpression.resolve`, set beforehand."""
    steps = [_step(func, args) for func, args in expression.filters]
    if not expression.is_var:
        return _with_steps(_always(expression.var), steps)
    variable: Any = expression.var
    if ignore_failures:
        return _with_steps(_looked_up(variable, _nothing), steps)
    if not steps:
        return _looked_up(variable, lambda context: _invalid(context, variable))
    found = _looked_up(variable, _missing)

    def look(context: Context) -> Any:
        value = found(context)
        if value is MISSING:
            value = _invalid_value(context)
            if value:
                return _invalid(context, variable)
        for step in steps:
            value = step(value, context)
        return value

    return look


def decision(test: Any) -> Look:
    """Return a function that decides the condition of an `{% if %}`."""
    if type(test) is TemplateLiteral:
        return value_of(test.value, ignore_failures=True)
    if type(test) is not smartif.OPERATORS.get(test.id):
        return test.eval  # type: ignore[no-any-return]
    first = decision(test.first)
    if test.id == "not":
        return _negated(first)
    second = decision(test.second)
    if test.id == "and":
        return _both(first, second)
    if test.id == "or":
        return _either(first, second)
    return _compared(_COMPARISONS[test.id], first, second)


_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "in": lambda one, other: one in other,
    "not in": lambda one, other: one not in other,
    "is": operator.is_,
    "is not": operator.is_not,
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


# What cannot be compared is not so, whatever was asked; Django's conditions never fail.
def _negated(first: Look) -> Look:
    def decide(context: Context) -> Any:
        try:
            return not first(context)
        except Exception:
            return False

    return decide


def _both(first: Look, second: Look) -> Look:
    def decide(context: Context) -> Any:
        try:
            return first(context) and second(context)
        except Exception:
            return False

    return decide


def _either(first: Look, second: Look) -> Look:
    def decide(context: Context) -> Any:
        try:
            return first(context) or second(context)
        except Exception:
            return False

    return decide


def _compared(compare: Callable[[Any, Any], Any], first: Look, second: Look) -> Look:
    def decide(context: Context) -> Any:
        try:
            return compare(first(context), second(context))
        except Exception:
            return False

    return decide


def _always(value: Any) -> Look:
    return lambda context: value


def _nothing(context: Context) -> None:
    return None


def _missing(context: Context) -> Any:
    return MISSING


def _invalid_value(context: Context) -> Any:
    return context.template.engine.string_if_invalid  # type: ignore[union-attr]


def _invalid(context: Context, variable: Variable) -> Any:
    invalid = _invalid_value(context)
    return invalid % variable if invalid and "%s" in invalid else invalid


def _with_steps(found: Look, steps: list[Step]) -> Look:
    if not steps:
        return found

    def look(context: Context) -> Any:
        value = found(context)
        for step in steps:
            value = step(value, context)
        return value

    return look


def _step(func: Callable[..., Any], args: list[tuple[bool, Any]]) -> Step:
    looks = [_argument(is_variable, value) for is_variable, value in args]
    is_local, is_told, keeps_safe = (
        getattr(func, flag, False) for flag in ("expects_localtime", "needs_autoescape", "is_safe")
    )
    constants = None
    if not any(callable(look) for look, _ in looks):
        constants = [value for _, value in looks]
        if not (is_local or is_told or keeps_safe):
            return lambda value, context: func(value, *constants)

    def step(value: Any, context: Context) -> Any:
        given = constants
        if given is None:
            given = [look(context) if look else constant for look, constant in looks]
        if is_local:
            value = template_localtime(value, context.use_tz)
        made = func(value, *given, autoescape=context.autoescape) if is_told else func(value, *given)
        return mark_safe(made) if keeps_safe and isinstance(value, SafeData) else made

    return step


def _argument(is_variable: bool, value: Any) -> tuple[Look | None, Any]:
    if not is_variable:
        return None, mark_safe(value)
    if value.lookups is None and not value.translate:
        return None, value.literal
    found = _looked_up(value, _missing)

    def look(context: Context) -> Any:
        known = found(context)
        # What is not there is asked for again, for Django to say so.
        return value.resolve(context) if known is MISSING else known

    return look, None


def _looked_up(variable: Variable, absent: Look) -> Look:
    if variable.translate:
        return variable.resolve
    if variable.lookups is None:
        return _always(variable.literal)
    name, *bits = variable.lookups
    return _followed(name, tuple(bits), absent) if bits else _named(name, absent)


def _named(name: str, absent: Look) -> Look:
    def look(context: Context) -> Any:
        for held in reversed(context.dicts):
            if name in held:
                value = held[name]
                if not callable(value):
                    return value
                try:
                    return _called(value, context)
                except Exception as error:
                    return _silenced(error, context)
        return absent(context)

    return look


def _followed(name: str, bits: tuple[str, ...], absent: Look) -> Look:
    def look(context: Context) -> Any:
        for held in reversed(context.dicts):
            if name in held:
                value = held[name]
                break
        else:
            return absent(context)
        try:
            if callable(value):
                value = _called(value, context)
            for bit in bits:
                kind = type(value)
                if kind is dict and bit in value:
                    value = value[bit]
                elif _has_keys(kind):
                    value = _key_of(value, bit)
                else:
                    try:
                        value = getattr(value, bit)
                    except (TypeError, AttributeError):
                        value = _numbered(value, bit)
                if value is MISSING:
                    return absent(context)
                if callable(value):
                    value = _called(value, context)
        except Exception as error:
            return _silenced(error, context)
        return value

    return look


# As many kinds as a site shows; classes that are made for one request are forgotten again.
@lru_cache(1024)
def _has_keys(kind: type) -> bool:
    return hasattr(kind, "__getitem__")


def _key_of(value: Any, bit: str) -> Any:
    if type(value) not in (list, tuple):
        try:
            return value[bit]
        except (TypeError, AttributeError, KeyError, ValueError, IndexError):
            pass
    try:
        if isinstance(value, BaseContext) and getattr(type(value), bit):
            raise AttributeError
        return getattr(value, bit)
    except (TypeError, AttributeError):
        return _numbered(value, bit)


def _numbered(value: Any, bit: str) -> Any:
    """Return what stands under a number, while the error is handled that there is no such attribute.

    That of a property of this name is raised again.
    """
    if not isinstance(value, BaseContext) and _has_attribute(value, bit):
        raise  # noqa: PLE0704
    try:
        return value[int(bit)]
    except (IndexError, ValueError, KeyError, TypeError):
        return MISSING


def _has_attribute(value: Any, bit: str) -> bool:
    kind = type(value)
    if kind.__dir__ is not object.__dir__:
        return bit in dir(value)
    return any(bit in vars(one) for one in kind.__mro__) or bit in getattr(value, "__dict__", ())


def _called(value: Any, context: Context) -> Any:
    if getattr(value, "do_not_call_in_templates", False):
        return value
    if getattr(value, "alters_data", False):
        return _invalid_value(context)
    try:
        return value()
    except TypeError:
        try:
            asked = signature(value)
        except ValueError:
            return _invalid_value(context)
        try:
            asked.bind()
        except TypeError:
            return _invalid_value(context)
        raise


def _silenced(error: Exception, context: Context) -> Any:
    if getattr(error, "silent_variable_failure", False):
        return _invalid_value(context)
    raise error

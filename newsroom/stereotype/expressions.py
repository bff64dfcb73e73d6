"""Sets beforehand how an expression of a template finds its value: a name, filters, a condition.

Each becomes a function of the context, which finds what Django's own `resolve` finds; what the expression itself tells
is worked out once.
"""

import operator
from collections.abc import Callable
from typing import Any

from django.template import smartif
from django.template.base import FilterExpression, Variable
from django.template.context import Context
from django.template.defaulttags import TemplateLiteral
from django.utils.functional import Promise
from django.utils.safestring import SafeData
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]

from newsroom.stereotype.names import MISSING, Look, always, invalid_value, looked_up, missing

Step = Callable[[Any, Context], Any]


def value_of(expression: FilterExpression, *, ignore_failures: bool = False) -> Look:
    """Return a function that finds what an expression says: `FilterExpression.resolve`, set beforehand."""
    if type(expression) is not FilterExpression or _has_translated_argument(expression):
        return lambda context: expression.resolve(context, ignore_failures)
    steps = [_step(func, args) for func, args in expression.filters]
    if not expression.is_var:
        return _with_steps(always(expression.var), steps)
    variable: Any = expression.var
    if ignore_failures:
        return _with_steps(looked_up(variable, _nothing), steps)
    if not steps:
        return looked_up(variable, lambda context: _invalid(context, variable))
    found = looked_up(variable, missing)

    def look(context: Context) -> Any:
        value = found(context)
        if value is MISSING:
            value = invalid_value(context)
            if value:
                return _invalid(context, variable)
        for step in steps:
            value = step(value, context)
        return value

    return look


def decision(test: Any) -> Look:
    """Return a function that decides the condition of an `{% if %}`."""
    if type(test) is TemplateLiteral:
        wanted: Any = test.value
        return value_of(wanted, ignore_failures=True)
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
        except Exception:  # noqa: BLE001
            return False

    return decide


def _both(first: Look, second: Look) -> Look:
    def decide(context: Context) -> Any:
        try:
            return first(context) and second(context)
        except Exception:  # noqa: BLE001
            return False

    return decide


def _either(first: Look, second: Look) -> Look:
    def decide(context: Context) -> Any:
        try:
            return first(context) or second(context)
        except Exception:  # noqa: BLE001
            return False

    return decide


def _compared(compare: Callable[[Any, Any], Any], first: Look, second: Look) -> Look:
    def decide(context: Context) -> Any:
        try:
            return compare(first(context), second(context))
        except Exception:  # noqa: BLE001
            return False

    return decide


def _nothing(context: Context) -> None:
    return None


def _invalid(context: Context, variable: Variable) -> Any:
    invalid = invalid_value(context)
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
    if not any(look for look, _ in looks):
        constants = [value for _, value in looks]
        if not (is_local or is_told or keeps_safe):
            return lambda value, context: func(value, *constants)

    def step(value: Any, context: Context) -> Any:
        if keeps_safe and isinstance(value, SafeData):
            return _by_django(func, args, value, context)
        given = constants
        if given is None:
            given = [look(context) if look else constant for look, constant in looks]
        if is_local:
            value = template_localtime(value, context.use_tz)
        return func(value, *given, autoescape=context.autoescape) if is_told else func(value, *given)

    return step


def _by_django(func: Callable[..., Any], args: list[tuple[bool, Any]], value: Any, context: Context) -> Any:
    """Have Django apply a filter that leaves safe what is safe: whether a text is trusted is not ours to say."""
    only: Any = FilterExpression.__new__(FilterExpression)
    only.token, only.var, only.is_var, only.filters = "", value, False, [(func, args)]
    return only.resolve(context)


def _has_translated_argument(expression: FilterExpression) -> bool:
    arguments = [value for _, args in expression.filters for is_variable, value in args if not is_variable]
    return any(isinstance(value, Promise) for value in arguments)


def _argument(is_variable: bool, value: Any) -> tuple[Look | None, Any]:
    if not is_variable:
        # As it was read from the template: safe.
        return None, value
    if value.lookups is None and not value.translate:
        return None, value.literal
    found = looked_up(value, missing)

    def look(context: Context) -> Any:
        known = found(context)
        # What is not there is asked for again, for Django to say so.
        return value.resolve(context) if known is MISSING else known

    return look, None

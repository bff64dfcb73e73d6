"""Finds what a name in a template means: a key, an attribute, a number in a list, and what a call of it gives.

By the way that Django's documentation describes, and with its silences; what most values are is tried first, without
an exception.
"""

from collections.abc import Callable
from functools import lru_cache
from inspect import signature
from typing import Any

from django.template.base import Variable
from django.template.context import BaseContext, Context

Look = Callable[[Context], Any]

MISSING: Any = object()


def always(value: Any) -> Look:
    """Return a function that finds what is there already."""
    return lambda context: value


def missing(context: Context) -> Any:
    """Find nothing, not even None."""
    return MISSING


def invalid_value(context: Context) -> Any:
    """Return what stands for a name that means nothing."""
    return context.template.engine.string_if_invalid  # type: ignore[union-attr]


def looked_up(variable: Variable, absent: Look) -> Look:
    """Return a function that finds what a variable means, and what `absent` gives where it means nothing."""
    if variable.translate:
        return variable.resolve
    if variable.lookups is None:
        return always(variable.literal)
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
                except Exception as error:  # noqa: BLE001
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
                kind: Any = type(value)
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
        except Exception as error:  # noqa: BLE001
            return _silenced(error, context)
        return value

    return look


# As many kinds as a site shows; classes that are made for one request are forgotten again.
@lru_cache(1024)
def _has_keys(kind: Any) -> bool:
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
    kind: Any = type(value)
    if kind.__dir__ is not object.__dir__:
        return bit in dir(value)
    return _is_of_class(kind, bit) or bit in getattr(value, "__dict__", ())


@lru_cache(4_096)
def _is_of_class(kind: Any, bit: str) -> bool:
    return any(bit in vars(one) for one in kind.__mro__)


def _called(value: Any, context: Context) -> Any:
    if getattr(value, "do_not_call_in_templates", False):
        return value
    if getattr(value, "alters_data", False):
        return invalid_value(context)
    try:
        return value()
    except TypeError:
        try:
            asked = signature(value)
        except ValueError:
            return invalid_value(context)
        try:
            asked.bind()
        except TypeError:
            return invalid_value(context)
        raise


def _silenced(error: Exception, context: Context) -> Any:
    if getattr(error, "silent_variable_failure", False):
        return invalid_value(context)
    raise error

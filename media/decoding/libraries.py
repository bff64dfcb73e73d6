"""Finds the library behind one of Pillow's modules, where it is there in a version whose public header is known here."""

import ctypes
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any


def found(module: ModuleType | None, names: Sequence[str], is_known: Callable[[Any], bool]) -> Any:
    """Return the library that `module` was built with; None where it is no file, lacks a name, or is of another version.

    The wheels bring their libraries along, but a Pillow of a distribution, or on another system, may hide them. Whoever
    gets None reads by Pillow alone, which takes more memory, and so takes smaller pictures only.
    """
    try:
        library = ctypes.CDLL(str(module.__file__)) if module else None
        return (
            library if library and all(getattr(library, one) for one in names) and is_known(library) else None
        )
    except (OSError, AttributeError, TypeError, ValueError):
        return None

"""Casts templates when they are loaded: whatever of a page can be done once is not done again for each page.

What is the same on every page of one language is set into plates; what differs is found by functions that were made of
the template's own nodes. What a template says does not change by it, only when the work is done;
`tests/newsroom/test_stereotype.py` compares.
"""

import threading
from typing import Any

from django.template import Template
from django.template.loaders import cached

from newsroom.stereotype.nodes import Forme
from newsroom.stereotype.parts import Part
from newsroom.stereotype.plates import Plate, alike

__all__ = ["Loader", "Part", "Plate", "alike"]


class Loader(cached.Loader):
    """Django's loader that keeps templates, which casts each as it comes; not where errors name the lines of templates."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._casting = threading.Lock()
        self._cast: dict[str, Template] = {}

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """Return a template, cast when it is loaded first."""
        kept = None if skip else self._cast.get(template_name)
        if kept is not None:
            return kept
        found = super().get_template(template_name, skip)
        if self.engine.debug:
            return found
        with self._casting:
            if not hasattr(found, "is_cast"):
                found.nodelist = Forme(found.nodelist)
                found.is_cast = True  # type: ignore[attr-defined]
            if not skip:
                self._cast[template_name] = found
        return found

    def reset(self) -> None:
        """Forget all templates."""
        super().reset()
        self._cast = {}

"""Casts templates when they are loaded: whatever of a page can be done once is not done again for each page.

What is the same on every page of one language is set into plates; what differs is found by functions that were made of
the template's own nodes. What a template says does not change by it, only when the work is done;
`tests/newsroom/test_stereotype.py` compares.
"""

import threading
from typing import Any

from django.template import Template
from django.template.loaders import cached

from newsroom.stereotype.nodes import Forme, Part
from newsroom.stereotype.plates import Plate

__all__ = ["Loader", "Part", "Plate"]


class Loader(cached.Loader):
    """Django's loader that keeps templates, which casts each as it comes; not where errors name the lines of templates."""

    _casting = threading.Lock()

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """Return a template, cast when it is loaded first."""
        found = super().get_template(template_name, skip)
        if not hasattr(found, "is_cast") and not self.engine.debug:
            with self._casting:
                if not hasattr(found, "is_cast"):
                    found.nodelist = Forme(found.nodelist)
                    found.is_cast = True  # type: ignore[attr-defined]
        return found

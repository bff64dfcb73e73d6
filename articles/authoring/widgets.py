"""Form fields of the desk: the body with its editor, a moment with its zone, boxes that suggest."""

import json
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.utils import timezone

from articles import prose


class BodyWidget(forms.Textarea):
    """A text area that the editor grows out of; without JavaScript the markup itself is edited.

    The editor is told `prose.MARKUP` and `prose.CLASSES`, so that what it lets one type is what survives.
    """

    class Media:
        css = {"all": ["css/desk-editor.css"]}
        js = [Script("js/desk/body.js", type="module")]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        table = {
            "markup": {tag: sorted(names) for tag, names in prose.MARKUP.items()},
            "classes": {tag: sorted(names) for tag, names in prose.CLASSES.items()},
        }
        context["widget"]["attrs"]["data-markup"] = json.dumps(table, separators=(",", ":"))
        return context


class MomentWidget(forms.DateTimeInput):
    """One field for day and hour, in the paper's own zone."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M:%S", attrs={"step": "1"})


class MomentField(forms.DateTimeField):
    """A moment in the paper's own zone, given as one field."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=MomentWidget(),
            input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"],
            error_messages={"invalid": "Write day and hour as 2026-11-03 06:00."},
            **kwargs,
        )


def zone_in_words() -> str:
    """Return the name of the paper's zone as a person would say it: Europe/London (GMT)."""
    local = timezone.localtime()
    name = timezone.get_current_timezone_name()
    return name if name == local.tzname() else f"{name} ({local.tzname()} today)"


def suggesting(kind: str, **attrs: str) -> forms.TextInput:
    """Return a box that suggests what the newsroom knows while one types."""
    return forms.TextInput(attrs={"data-suggest": kind, "autocomplete": "off", **attrs})

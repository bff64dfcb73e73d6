"""Form fields of the desk: the body with its editor, a moment with its zone, boxes that suggest."""

import json
from datetime import datetime
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.utils import timezone

from articles import prose
from newsroom.moments import Trouble, read_moment


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


class MomentField(forms.DateTimeField):
    """A moment as people type it, in the paper's own zone: “tomorrow 6”, “Thursday 18:30”, “2026-11-03 06:00”."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"data-moment": "", "autocomplete": "off", "dir": "auto"}

    def to_python(self, value: Any) -> datetime | None:
        """Return the moment meant; what has passed is taken too: whoever uses it says whether that will do."""
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value
        zone = timezone.get_current_timezone()
        found = read_moment(str(value), now=timezone.now(), zone=zone, may_have_passed=True)
        if isinstance(found, Trouble):
            raise forms.ValidationError(found.said)
        return found.at

    def prepare_value(self, value: Any) -> Any:
        """Return a moment as text that is read as this moment again, in an hour that comes twice too."""
        if not isinstance(value, datetime):
            return value
        local = timezone.localtime(value)
        seconds = f":{local:%S}" if local.second else ""
        is_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
        offset = f" {local.isoformat()[-6:]}" if is_twice else ""
        return f"{local:%Y-%m-%d %H:%M}{seconds}{offset}"


def zone_in_words() -> str:
    """Return the name of the paper's zone as a person would say it: Europe/London (GMT)."""
    local = timezone.localtime()
    name = timezone.get_current_timezone_name()
    return name if name == local.tzname() else f"{name} ({local.tzname()} today)"


def suggesting(kind: str, **attrs: str) -> forms.TextInput:
    """Return a box that suggests what the newsroom knows while one types."""
    return forms.TextInput(attrs={"data-suggest": kind, "autocomplete": "off", **attrs})

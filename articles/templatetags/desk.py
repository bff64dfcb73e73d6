"""Prints what the desk shows again and again: a state as a word, a moment with its zone, a field with its label."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def state_word(article: Any) -> str:
    """Print the state of copy as a word with a colour; `scheduled_at` on it makes that word “scheduled”."""
    if getattr(article, "scheduled_at", None):
        return format_html('<span class="state {}">{}</span>', "scheduled", "scheduled")
    return format_html('<span class="state {}">{}</span>', article.state, article.get_state_display())


@register.simple_tag
def way_of(article: Any, name: str, words: str) -> str:
    """Print a way from a story's page; one that has not begun has it with 0, until the page puts its number there."""
    pattern = reverse(f"admin:{name}", args=[0])
    here = reverse(f"admin:{name}", args=[article.pk]) if article else pattern
    return format_html('<a data-of-story="{}" href="{}">{}</a>', pattern, here, words)


@register.filter
def in_zone(moment: datetime | None) -> str:
    """Print a moment in the paper's own zone, the zone named; nothing for no moment."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'j M Y, H:i')} {local.tzname()}"


@register.filter
def clock_or_day(moment: datetime) -> str:
    """Print a moment of today as its hour, to the second, as a save while typing is told; any other with its day."""
    local = timezone.localtime(moment)
    return date_format(local, "H:i:s") if local.date() == timezone.localdate() else in_zone(moment)


@register.inclusion_tag("authoring/_field.html")
def field(bound: BoundField, kind: str = "") -> dict[str, Any]:
    """Print one field of a form: label, box, help, mistakes; `kind` is a class for its looks."""
    return {
        "field": bound,
        "kind": kind,
        "is_box": getattr(bound.field.widget, "input_type", "") == "checkbox",
    }


@register.filter
def as_json(facts: Mapping[str, Any]) -> str:
    """Return plain facts as JSON for a data attribute; the template escapes it there."""
    return json.dumps(facts)


@register.simple_tag
def printed_layer(row: BaseForm, said: Mapping[str, Any] | None) -> str:
    """Return whose caption will be printed under a picture: own, none (on purpose), library, file or absent."""
    if row["no_caption"].value():
        return "none"
    if row["caption_is_absent"].value():
        return "absent"
    if row["caption"].value():
        return "own"
    return str(said["caption_layer"]) if said and said["caption"] else "absent"

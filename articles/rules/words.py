"""The rules on what a story says: that it says something, that all of it is finished, that it is not too long."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan

from articles.models import Contents
from articles.rules.rule import Rule
from articles.rules.standing import Standing

# The most characters of each part before the desk is asked: the one table of lengths.
MOST = {"headline": 110}
# A body of nothing but markup and notes that never print: the same pattern in Python and in either database.
NOTHING_BUT_MARKUP = (
    r'^([ \t\r\n]|&nbsp;|<p class="note"([^">]|"[^"]*")*>([^<]|<[^/]|</[^p])*</p>|<([^">]|"[^"]*")*>)*$'
)
# A Media ID that stayed as it was typed: the library knew no such picture. The same pattern in each, too.
NUMBER_ALONE = r'<p( dir="(ltr|rtl)")?>[ \t]*([0-9٠-٩]{8})[ \t]*</p>'
LABELS = {
    "bylines": "byline",
    "pictures": "pictures",
    "tags": "tags",
    "tags_typing": "tags",
    "pictures_typing": "pictures",
    "embargo_until": "embargo",
    "due_at": "due date",
    "planned_words": "planned length",
}
PLURAL = ("pictures", "tags")
_EMPTY = re.compile(NOTHING_BUT_MARKUP)
_NUMBER = re.compile(NUMBER_ALONE)


def _no_headline(contents: Contents, standing: Standing) -> list[str]:
    return [] if contents.headline else ["The story has no headline. Write one."]


def _no_text(contents: Contents, standing: Standing) -> list[str]:
    return ["The story has no text. Write the body first."] if _EMPTY.match(contents.body) else []


def _no_section(contents: Contents, standing: Standing) -> list[str]:
    if contents.section:
        return []
    return ["The story is in no section. Choose the section readers will find it in."]


def _unfinished(contents: Contents, standing: Standing) -> list[str]:
    return [
        f"The {LABELS.get(name, name)} {'are' if LABELS.get(name) in PLURAL else 'is'} not finished: {said}"
        for name, kept in contents.unfinished.items()
        for said in _said(kept)
    ]


def _said(kept: Any) -> Iterator[str]:
    """Say what is unfinished in one field: a text as typed, or rows that tell what is wrong with each."""
    if isinstance(kept, Mapping):
        said, typed = kept.get("said"), kept.get("typed")
        if said or typed is not None:
            yield str(said or f"“{str(typed)[:80]}” is not understood. Mend it or take it out.")
            return
        for one in kept.values():
            yield from _said(one)
    elif isinstance(kept, list | tuple):
        for one in kept:
            yield from _said(one)
    else:
        yield f"“{str(kept)[:80]}” is not understood. Mend it or take it out."


def _no_standfirst(contents: Contents, standing: Standing) -> list[str]:
    return [] if contents.standfirst else ["The story has no standfirst. Write what it says in one sentence."]


def _headline_too_long(contents: Contents, standing: Standing) -> list[str]:
    length = len(contents.headline)
    if length <= MOST["headline"]:
        return []
    return [
        f"The headline is {length} characters long; {MOST['headline']} fit on a line of a list. Shorten it."
    ]


def _number_alone(contents: Contents, standing: Standing) -> list[str]:
    return [
        f"“{found[3]}” stands on a line of its own, and is no picture. Put the picture in, or take the line out."
        for found in _NUMBER.finditer(contents.body)
    ]


def _too_long() -> Q:
    return Q(GreaterThan(Length(F("headline")), MOST["headline"]))


def _when(**facts: Any) -> "dict[str, Any]":
    """Give a rule the same condition for copy and for editions."""
    return {"copies": lambda: Q(**facts), "editions": lambda: Q(**facts)}


STOPS = (
    Rule(
        "no_headline",
        "A story is known by its headline.",
        True,
        _no_headline,
        **_when(headline=""),
        heading="No headline",
    ),
    Rule(
        "no_text",
        "A story without a text is none.",
        True,
        _no_text,
        copies=lambda: Q(body__regex=NOTHING_BUT_MARKUP),
        editions=lambda: Q(body__regex=NOTHING_BUT_MARKUP),
        heading="No text",
    ),
    Rule(
        "no_section",
        "Readers find a story on its shelf.",
        True,
        _no_section,
        copies=lambda: Q(section__isnull=True),
        editions=lambda: Q(section__isnull=True),
        heading="In no section",
    ),
    Rule(
        "unfinished",
        "What was typed and is no fact yet would be lost to readers without a word.",
        True,
        _unfinished,
        copies=lambda: ~Q(unfinished={}),
        heading="Typed and not finished",
    ),
)
WARNINGS = (
    Rule(
        "no_standfirst",
        "Lists, feeds and shares show the standfirst.",
        False,
        _no_standfirst,
        **_when(standfirst=""),
        heading="No standfirst",
    ),
    Rule(
        "headline_too_long",
        "A long headline is cut in lists, shares and search results.",
        False,
        _headline_too_long,
        copies=_too_long,
        editions=_too_long,
        heading="Headline too long",
    ),
    Rule(
        "number_alone",
        "A Media ID that no picture has is printed as a number.",
        False,
        _number_alone,
        **_when(body__regex=NUMBER_ALONE),
        heading="A number on a line of its own",
    ),
)

"""Where an imported story came from, as far as readers are told: from which page, when it was read, what was mended.

What stays private: the file's name and folder, who imported it, what was put aside, and whatever was read for an edition
that is no longer shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from articles.models.edition import Edition
from articles.models.provenance import Provenance

MOST_SOURCES, MOST_REPAIRS, LONGEST_SAID = 10, 20, 160
KINDS = {
    "article": _("its own page"),
    "list": _("a list of stories"),
    "attachment": _("the page of a picture"),
}
# What the rules of repair are called where readers see them.
RULES = {
    "mojibake": _("letters garbled by a wrong character set"),
    "encoding": _("the page's character set"),
    "entity": _("a letter written as a code"),
    "invisible": _("an invisible sign"),
    "apostrophe": _("an apostrophe"),
    "doubled-space": _("a doubled space"),
    "cut-character": _("a letter cut in half at the end"),
    "line-ends": _("the ends of lines"),
    "unwrapped-lines": _("a paragraph broken into lines"),
}
# The facts of which readers are told that no page states them.
INFERRED = {"headline": _("headline"), "section": _("section"), "byline": _("byline"), "published": _("date")}


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing that was mended: what kind of thing, as it was, as it is now, on which line of the page (0: all)."""

    rule: str
    was: str
    now: str
    line: int


@dataclass(frozen=True, slots=True)
class Source:
    """One saved page that told of the story: what kind, its old address if known, when it was read, what was mended.

    `inferred` names what the page does not state and was worked out; `more` is how many repairs there are beside those told.
    """

    kind: str
    address: str
    read_at: datetime
    is_teaser: bool
    repairs: tuple[Repair, ...]
    inferred: tuple[str, ...]
    more: int = 0


def rows_of(story_id: int, moment: datetime) -> QuerySet[Provenance]:
    """Return the first pages that told of a story, but for what was taken back or read for an edition not shown now."""
    shown = Edition.objects.once_public(moment).filter(pk=OuterRef("edition"), suppressed_at__isnull=True)
    told = Provenance.objects.filter(Q(edition__isnull=True) | Exists(shown), story=story_id)
    told = told.filter(source__run__undone_at__isnull=True, source__read_at__lte=moment)
    first = told.order_by("pk").values("pk")[:MOST_SOURCES]
    return Provenance.objects.filter(pk__in=first).order_by()


def read(
    kind: str, address: str, read_at: datetime, is_teaser: bool, facts: Any, repairs: Any, *, has_text: bool
) -> Source:
    """Return one page as readers are told of it; without its repairs where it gave no edition its text."""
    told: Sequence[Mapping[str, Any]] = repairs if has_text and isinstance(repairs, list) else []
    every: Sequence[Mapping[str, Any]] = facts if isinstance(facts, list) else []
    unstated = [str(one.get("field")) for one in every if not one.get("stated", True)]
    return Source(
        kind=str(KINDS.get(kind, _("a saved page"))),
        address=_public_address(address),
        read_at=read_at,
        is_teaser=is_teaser,
        repairs=tuple(_repair(one) for one in told[:MOST_REPAIRS]),
        more=max(0, len(told) - MOST_REPAIRS),
        inferred=tuple(dict.fromkeys(str(INFERRED[name]) for name in unstated if name in INFERRED)),
    )


def _repair(one: Mapping[str, Any]) -> Repair:
    rule, line = str(one.get("rule", "")), one.get("line")
    return Repair(
        rule=str(RULES.get(rule, rule.replace("-", " "))),
        was=str(one.get("was", ""))[:LONGEST_SAID],
        now=str(one.get("now", ""))[:LONGEST_SAID],
        line=line if isinstance(line, int) else 0,
    )


def _public_address(address: str) -> str:
    """Return an old address of the web; nothing where it is a file's or nobody's."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.netloc or "@" in parts.netloc:
        return ""
    return f"{parts.scheme}://{parts.netloc}{parts.path}"

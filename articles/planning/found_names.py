"""Finds people, tags and sections for Ctrl-K: as they are written, as they begin, and as they sound."""

from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.urls import reverse

from articles import roles
from articles.models import Contributor, Section, Tag, heading_words
from articles.planning.asked import OF_A_KIND, Asked, Found
from newsroom.folding import fold
from newsroom.sounding import after, beginning, sound

# Less than this of a name, or of its sound, is too much to be meant; so many are looked at to find six that fit.
SHORTEST, LOOKED_AT = 2, 60
KINDS: tuple[tuple[str, Any, str], ...] = (
    ("person", Contributor, "admin:articles_contributor_change"),
    ("tag", Tag, "admin:articles_tag_change"),
)


def names(user: Any, asked: Asked) -> list[Found]:
    """Return people and tags, aliases as what they stand for, and sections: along indexes, whatever their number."""
    if not roles.has_role(user, "start"):
        return []
    found = [
        _named(user, kind, row, page)
        for kind, model, page in KINDS
        for row in _rows(kind, model.objects.select_related("alias_of"), asked)[:OF_A_KIND]
    ]
    return found + _sections(user, asked)


def further(user: Any, asked: Asked) -> list[Found]:
    """Return the tags and people of which what was typed is no beginning: every name is looked at."""
    if not roles.has_role(user, "start") or asked.path or len(fold(asked.typed)) <= SHORTEST:
        return []
    return [
        _named(user, kind, row, page)
        for kind, model, page in KINDS
        for row in _within(kind, model.objects.select_related("alias_of"), asked.words)[:OF_A_KIND]
    ]


def _named(user: Any, kind: str, row: Any, page: str) -> Found:
    stands_for: Any = row.alias_of or row
    may_file = roles.has_role(user, "merge")
    at = reverse(page, args=[stands_for.pk]) if may_file else stands_for.get_absolute_url()
    note = f"stands for {stands_for.name}" if row.alias_of else stands_for.line[:60]
    return {"kind": kind, "name": row.name, "note": note, "address": at}


def _rows(kind: str, rows: QuerySet[Any], asked: Asked) -> list[Any]:
    if asked.path:
        return list(rows.filter(slug=asked.leads[kind])) if kind in asked.leads else []
    folded = fold(asked.typed)
    return list(_by_index(rows, asked.typed, folded)[:OF_A_KIND]) if folded else []


def _by_index(rows: QuerySet[Any], typed: str, folded: str) -> QuerySet[Any]:
    """Return the names that begin as was typed, then those that sound so, then those whose sound begins so."""
    begun, key, heard = Q(folded__gte=folded, folded__lt=after(folded)), sound(typed), beginning(typed)
    is_meant = begun | Q(sound=key)
    if len(heard) > SHORTEST:
        is_meant |= Q(sound__gte=heard, sound__lt=after(heard))
    rank = Case(When(begun, then=Value(0)), When(sound=key, then=Value(1)), default=Value(2))
    return rows.filter(is_meant).order_by(rank, "name")


def _within(kind: str, rows: QuerySet[Any], words: list[str]) -> list[Any]:
    """Return the names in which every word typed begins one of theirs; of a person also where it sounds like one."""
    is_meant = Q()
    for word in words:
        holds = Q(folded__contains=word)
        if kind == "person" and len(heard := beginning(word)) >= SHORTEST:
            holds |= Q(sound__contains=heard)
        is_meant &= holds
    if not words:
        return []
    looked_at = rows.filter(is_meant).order_by("name")[:LOOKED_AT]
    return [row for row in looked_at if all(_says(row.name, word, kind) for word in words)]


def _says(name: str, word: str, kind: str) -> bool:
    parts = heading_words(name)
    if any(part.startswith(word) for part in parts):
        return True
    heard = beginning(word)
    return (
        kind == "person" and len(heard) >= SHORTEST and any(sound(part).startswith(heard) for part in parts)
    )


def _sections(user: Any, asked: Asked) -> list[Found]:
    """Return the readers' shelves: to who runs them their own page, to others the shelf."""
    may = roles.has_role(user, "organise")
    slug = asked.leads.get("section")
    if asked.path and slug is None:
        return []
    return [
        {
            "kind": "section",
            "name": row.name,
            "note": row.line[:60],
            "address": reverse("admin:articles_section_change", args=[row.pk])
            if may
            else row.get_absolute_url(),
        }
        for row in Section.objects.all()
        if (row.slug == slug if asked.path else asked.fits(row.name, row.slug))
    ][:OF_A_KIND]

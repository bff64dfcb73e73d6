"""Finds or makes the sections and people that old pages name; a name guessed from an address gives way to a printed one."""

from collections.abc import Sequence
from zlib import crc32

from django.db.models import F, Value
from django.db.models.functions import Replace
from django.utils.text import slugify

from articles.importing.reading.names import person_from_slug
from articles.importing.reading.page import Byline, Fact, Label
from articles.models import BylineRole, Contributor, PrintedByline, Section
from articles.models.keys import keys_of
from articles.workflow.events import record
from articles.workflow.filing import contributor_named, section_named


def section_slug(label: Fact[Label] | None) -> str:
    """Return the slug of the section a page names, "" where it names none."""
    if label is None or not label.value.name.strip():
        return ""
    return section_of(label.value).slug


def section_of(label: Label) -> Section:
    """Return the section of a label, by its slug in the old address or its printed name."""
    by_name = Section.objects.filter(name__iexact=label.name[:80]).first()
    slug = slugify(label.slug or label.name) or f"section-{crc32(label.name.encode()):08x}"
    return by_name or section_named(label.name, slug=slug)


def printed_bylines(bylines: Sequence[Byline]) -> tuple[PrintedByline, ...]:
    """Return the names as an edition prints them."""
    lines = {}
    for byline in bylines:
        person = contributor_of(byline)
        lines[person.slug] = PrintedByline(person.slug, BylineRole.WRITER, byline.name.value[:200])
    return tuple(lines.values())


def contributor_of(byline: Byline) -> Contributor:
    """Return who is named. "hamzamustafa" in an address and "Hamza Mustafa" in print are one person."""
    name = byline.name.value
    if byline.is_paper:
        return contributor_named(name, is_staff_name=True)
    squeezed = _squeezed(byline.slug or name)
    known = Contributor.objects.filter(alias_of__isnull=True, is_staff_name=False)
    alike = known.annotate(letters=Replace(F("slug"), Value("-"), Value(""))).filter(letters=squeezed).first()
    if alike is None:
        return contributor_named(name, slug=byline.slug or "")
    if byline.name.stated and alike.name != name and _is_guess(alike):
        record("rename", by=None, what="contributor", was=alike.name, now=name)
        Contributor.objects.filter(pk=alike.pk).update(name=name[:160], **keys_of(name[:160]))
        alike.name = name[:160]
    return alike


def _squeezed(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _is_guess(person: Contributor) -> bool:
    return person.name == person_from_slug(person.slug)

"""Readable names from slugs: inferred, and never as sure as a printed one."""

from __future__ import annotations

_PARTICLES = ("al", "el", "ad", "as", "ash", "az", "an", "ar", "at")
_SMALL = ("of", "and", "the", "in", "for", "on", "de", "la", "von", "bin", "ibn", "bint")


def person_from_slug(slug: str) -> str:
    """“mshari-al-zaydi” gives "Mshari Al-Zaydi", "h-almajid" gives "H. Almajid"; a name in capitals stays as it is."""
    if any(letter.isupper() for letter in slug):
        return " ".join(slug.replace("-", " ").replace("_", " ").split()) if " " not in slug else slug
    parts = [part for part in slug.split("-") if part and not (part.isdecimal() and len(part) < 3)]
    if not parts:
        return slug
    named: list[str] = []
    for index, part in enumerate(parts):
        word = (
            f"{part.upper()}."
            if len(part) == 1
            else (part if part in _SMALL and index else part.capitalize())
        )
        if named and parts[index - 1] in _PARTICLES[:2]:
            named[-1] = f"{named[-1]}-{word}"
        else:
            named.append(word)
    return " ".join(named)


def shelf_from_slug(slug: str) -> str:
    """“news-middle-east” gives "Middle East": the lists print the section's name so."""
    parts = [part for part in slug.replace("_", "-").replace(" ", "-").split("-") if part]
    if len(parts) > 1 and parts[0] == "news":
        del parts[0]
    return (
        " ".join(
            part if part in _SMALL and index else part[:1].upper() + part[1:]
            for index, part in enumerate(parts)
        )
        or slug
    )

"""Laws about what a browser is sent: templates, scripts and styles."""

import re

from tests.laws.tree import ROOT

LONGEST_TEMPLATE, LONGEST_SCRIPT = 80, 149

_INERT = ("application/ld+json", "application/json", "speculationrules")


def template_is_short(path: str, source: str) -> list[str]:
    lines = source.count("\n")
    return [] if lines <= LONGEST_TEMPLATE else [f"{path} has {lines} lines; the law is {LONGEST_TEMPLATE}."]


def script_is_short(path: str, source: str) -> list[str]:
    lines = source.count("\n")
    return (
        []
        if lines <= LONGEST_SCRIPT
        else [f"{path} has {lines} lines; the law is under 150: one behaviour each."]
    )


def template_trusts_nothing(path: str, source: str) -> list[str]:
    """No filter and no block that turns escaping off: trusted HTML comes from articles/prose.py as such."""
    pattern = r"\|\s*safe(seq)?\b|\{%-?\s*autoescape\s+off|\{%-?\s*filter\s+[^%]*\bsafe\b"
    return [
        f"{path}:{_line(source, m.start())} turns escaping off: {m[0]}" for m in re.finditer(pattern, source)
    ]


def imports_are_there(path: str, source: str) -> list[str]:
    """A module that imports a file which is gone leaves its page without any script at all."""
    names = re.findall(r"""(?:from|import)\s+["'](\.{1,2}/[^"']+\.js)["']""", source)
    there = (ROOT / path).parent
    # The editor's own bundle comes with its package.
    return [
        f"{path} imports {name}, which is not there."
        for name in names
        if "django_prose_editor/" not in name and not (there / name).is_file()
    ]


def nothing_inline(path: str, source: str) -> list[str]:
    """No script, style or event attribute inside a page: the content security policy would stop it."""
    source = re.sub(
        r"\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}",
        lambda m: re.sub(r"[^\n]", " ", m[0]),
        source,
        flags=re.S,
    )
    found = []
    for match in re.finditer(r"<script\b([^>]*)>", source, re.IGNORECASE):
        attributes = match[1]
        is_inert = any(kind in attributes for kind in _INERT)
        if not (is_inert or re.search(r"\bsrc\s*=", attributes) or re.search(r"\bnonce\s*=", attributes)):
            found.append(f"{path}:{_line(source, match.start())} has a script in the page: give it a file.")
    for match in re.finditer(r"<style\b", source, re.IGNORECASE):
        found.append(f"{path}:{_line(source, match.start())} has styles in the page: give them a file.")
    for match in re.finditer(r"<[a-z][^<>]*?\s(style|on[a-z]+)\s*=\s*[\"'{]", source, re.IGNORECASE):
        found.append(
            f"{path}:{_line(source, match.start())} has a {match[1]}= attribute: use a class or a module."
        )
    for match in re.finditer(r"(href|src|action)\s*=\s*[\"']?\s*javascript:", source, re.IGNORECASE):
        found.append(f"{path}:{_line(source, match.start())} has a javascript: address.")
    return found


def nothing_from_another_host(path: str, source: str) -> list[str]:
    """Nothing a browser loads by itself comes from elsewhere; links that a person follows may."""
    loading = (
        r"<(script|img|iframe|video|audio|source|embed|object)\b[^>]*\b(src|srcset|data|poster)\s*=\s*[\"']?(https?:)?//"
        r"|<link\b(?![^>]*rel=[\"']?(canonical|alternate|license|author|original|timegate|timemap))[^>]*\bhref\s*=\s*[\"']?(https?:)?//"
        r"|@import\b[^;]*(https?:)?//|url\(\s*[\"']?(https?:)?//"
        r"|\bfrom\s+[\"'](https?:)?//|\bimport\(?\s*[\"'](https?:)?//|\bfetch\(\s*[\"'](https?:)?//"
    )
    return [
        f"{path}:{_line(source, m.start())} loads something from another host: {m[0][-60:]}"
        for m in re.finditer(loading, source, re.IGNORECASE)
    ]


def _line(source: str, position: int) -> int:
    return source.count("\n", 0, position) + 1

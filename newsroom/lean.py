"""Sends style sheets without comments and blank space, and pages without the indentation of their templates.

Both are done once: to sheets when they are collected, to templates when they are loaded. Readers get less to wait for.
"""

import re

from django.core.files.base import ContentFile, File
from django.template import Origin
from django.template.loaders import filesystem
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = "css/"
_GAP = r"(?:\s|/\*.*?\*/)"
# What is quoted, and an address, stay as they are; a number less than one needs no nought. A blank before a colon may be part of a selector; one after it never is.
_SHORTER = re.compile(
    r"""(?P<kept>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)"']*\))"""
    rf"|(?P<end>{_GAP}*;{_GAP}*\}}{_GAP}*)|{_GAP}*(?P<sign>[{{}};,>]){_GAP}*|(?P<colon>:{_GAP}+)"
    rf"|(?P<nought>(?<=[\s:,(/-])0(?=\.[0-9]))|{_GAP}+",
    re.DOTALL,
)
_INDENTED = re.compile(r"^[ \t]+", re.MULTILINE)
# A line that only decides what comes, or brings a part, prints no end of its own: the line before it has ended, and parts end theirs.
_SILENT = re.compile(
    r"^((?:\{%[ ](?:if|elif|else|endif|for|endfor|empty|with|endwith|load|block|endblock|include)\b[^%]*%\}|\{%[ ]comment[ ]%\}.*?\{%[ ]endcomment[ ]%\})+)\n",
    re.MULTILINE,
)


def sheet(text: str) -> str:
    """Return a style sheet of our own that says the same in fewer letters."""
    return _SHORTER.sub(_shorter, text).strip()


def _shorter(found: re.Match[str]) -> str:
    if found["end"]:
        return "}"
    return found["kept"] or found["sign"] or (":" if found["colon"] else "" if found["nought"] else " ")


def template(text: str) -> str:
    """Return a template without its indentation and silent lines; one with a text in which that counts stays as it is."""
    return text if "<pre" in text else _SILENT.sub(r"\1", _INDENTED.sub("", text))


class Sheets(CompressedManifestStaticFilesStorage):
    """Keeps each static file under the hash of what is sent: our sheets as `sheet` has them, all else as it is."""

    def file_hash(self, name: str | None, content: "File[bytes] | None" = None) -> str:
        """Return the hash of what is going to be sent."""
        return str(super().file_hash(name, None if content is None else _shortened(name, content)))

    def _save(self, name: str, content: "File[bytes]") -> str:
        return str(super()._save(name, _shortened(name, content)))


def _shortened(name: str | None, content: "File[bytes]") -> "File[bytes]":
    if name is None or not name.startswith(OURS) or not name.endswith(".css"):
        return content
    content.seek(0)
    return ContentFile(sheet(content.read().decode()).encode())


class Templates(filesystem.Loader):
    """Loads our own templates without their indentation."""

    def get_contents(self, origin: Origin) -> str:
        """Return the text of a template."""
        return template(super().get_contents(origin))

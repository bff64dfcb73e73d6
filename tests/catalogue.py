"""Keeps the Arabic catalogue: every sentence that readers' pages print, found in templates and code, and its compiled form.

    python -m tests.catalogue

Needs no program beside Python. Sentences that are new are added without a translation, ones that are gone go; then
`tests/newsroom/test_catalogue.py` says which are still to be translated.
"""

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "newsroom" / "locale" / "ar" / "LC_MESSAGES"
PO, MO = FOLDER / "django.po", FOLDER / "django.mo"
CODE = ("newsroom", "articles", "media")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def sources():
    """Every file that may hold a sentence, in an order that does not change."""
    found = [
        path for folder in CODE for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts
    ]
    return sorted([*found, *(ROOT / "templates").rglob("*.html")])


def wanted():
    """The sentences as a catalogue without translations."""
    catalogue = Catalog(project="Newsroom", domain="django", charset="utf-8", fuzzy=False)
    for path in sources():
        text = path.read_text()
        if path.suffix == ".html":
            # What is no sentence comes back blanked out, but as deep in its lines as it stood.
            text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
        lines = io.BytesIO(text.encode())
        for _, message, _, context in extract("python", lines, KEYWORDS, (), {"encoding": "utf-8"}):
            catalogue.add(message, context=context)
    return catalogue


def kept():
    """The catalogue as it is kept."""
    with PO.open("rb") as file:
        return pofile.read_po(file, locale="ar")


def refreshed():
    """The kept catalogue with every sentence that is wanted and no other, translations as they were."""
    now, old = Catalog(locale="ar", project="Newsroom", domain="django", charset="utf-8", fuzzy=False), kept()
    for message in sorted(wanted(), key=lambda one: (str(one.id), one.context or "")):
        if message.id:
            there = old.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
            string = there.string if there else None
            flags = message.flags & {"python-format", "python-brace-format"}
            now.add(message.id, string, flags=flags, context=message.context)
    return now


def as_po(catalogue):
    """A catalogue as it is written, the date of the day left out so that nothing changes without a change."""
    out = io.BytesIO()
    pofile.write_po(out, catalogue, width=100, omit_header=True, no_location=True)
    forms = f"nplurals={catalogue.num_plurals}; plural={catalogue.plural_expr};"
    head = (
        'msgid ""\nmsgstr ""\n"Language: ar\\n"\n"MIME-Version: 1.0\\n"\n'
        f'"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {forms}\\n"\n\n'
    )
    return head.encode() + out.getvalue()


def compiled(catalogue):
    """A catalogue as programs read it, without the date of the day."""
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    out = io.BytesIO()
    mofile.write_mo(out, catalogue)
    return out.getvalue()


def main():
    if not PO.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        PO.write_bytes(as_po(Catalog(locale="ar")))
    catalogue = refreshed()
    PO.write_bytes(as_po(catalogue))
    MO.write_bytes(compiled(kept()))
    lacking = [message.id for message in catalogue if message.id and not all(_strings(message))]
    print(f"{len(catalogue)} sentences, {len(lacking)} without a translation.")


def _strings(message):
    return message.string if isinstance(message.string, (list, tuple)) else [message.string]


if __name__ == "__main__":
    main()

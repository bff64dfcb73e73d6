"""Saves made-up pages in a folder, as somebody saved the archive's, and imports them."""

import io
import json
from pathlib import Path

from django.core.management import call_command

from articles.models import Edition
from tests.importing.pages import ARCHIVE, BAKERS, FERRY, LAMPS, article

OPENING = (
    "The harbour council voted on Tuesday to keep the night ferry, after a winter in which the islands had no other "
    "way to reach the market, the clinic and the school on the mainland, and it asked the owners for a new timetable."
)
REST = "Nobody spoke against it. The vote was unanimous, and the meeting ended before the last boat sailed."


def save(folder, name, text, path=None):
    """Save a page as NAME.txt, and where it was in NAME.json beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.txt"
    file.write_text(text, encoding="utf-8")
    if path is not None:
        (folder / f"{name}.json").write_text(json.dumps({"url": f"{ARCHIVE}{path}"}))
    return file


def story(
    headline="Council keeps the night ferry",
    *,
    above=(),
    opening=OPENING,
    dateline="London, Asharq Al-Awsat- ",
):
    """Return an article's page: the opening that teasers repeat, and more."""
    return article(f"{dateline}{opening}", REST, BAKERS, LAMPS, headline=headline, above=above)


def teaser(opening=OPENING, *, by="Nadia Farouk", on="Aug 28, 2014", section="Middle East", length=170):
    """Return an entry of a list with byline, date and section, its teaser broken off."""
    cut = opening[:length].rsplit(" ", 1)[0]
    return f"by {by} | {on} | {section}\nLondon, Asharq Al-Awsat—{cut}...\n"


def bring(*paths, **options):
    """Import `paths`; return the report, a dictionary a file, by the file's last name, and what was said."""
    report = Path(str(paths[0])).parent / "report.jsonl"
    said = io.StringIO()
    call_command(
        "import_archive", *map(str, paths), report=str(report), stdout=said, stderr=io.StringIO(), **options
    )
    rows = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    return {row["file"].rsplit("/", 1)[-1]: row for row in rows}, said.getvalue()


def only_story():
    """Return the last edition of the one story there is."""
    (story_id,) = set(Edition.objects.values_list("story_id", flat=True))
    return Edition.objects.filter(story_id=story_id).order_by("number").last()


def told(story_id, field):
    """Return the facts of one field that all pages gave about a story."""
    rows = Edition.objects.get(story_id=story_id, number=1).story.provenances.order_by("pk")
    return [one for row in rows for one in row.facts if one["field"] == field]


__all__ = [
    "BAKERS",
    "FERRY",
    "LAMPS",
    "OPENING",
    "REST",
    "bring",
    "only_story",
    "save",
    "story",
    "teaser",
    "told",
]

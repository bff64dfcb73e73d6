"""Tells of each run of words in a story's text who wrote it, and in which revision."""

from collections.abc import Sequence
from dataclasses import dataclass

from articles import prose
from articles.authoring.sittings import folded
from articles.models import Contents, Revision, RevisionKind
from articles.redline import redline

# Beyond this many sittings the earliest are taken as one: what was there before them.
MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class Run:
    """Words that came into the text together, and the revision they came with."""

    text: str
    revision: Revision


def who_wrote(story_id: int, contents: Contents) -> list[list[Run]]:
    """Return the paragraphs of `contents`' body as runs; what is not in any revision yet is the last one's."""
    steps = _steps(story_id)
    if not steps:
        return []
    text = ""
    owners: list[int] = []
    for number, revision in enumerate(steps):
        now = prose.plain(revision.read().body, notes=True)
        owners = _carried(text, now, owners, number)
        text = now
    now = prose.plain(contents.body, notes=True)
    owners = _carried(text, now, owners, len(steps) - 1)
    return _as_runs(now, owners, steps)


def _steps(story_id: int) -> list[Revision]:
    """Return the last revision of each sitting, earliest first, without texts that lost."""
    rows = Revision.objects.filter(story_id=story_id).exclude(kind=RevisionKind.CONFLICT)
    slim = rows.select_related("made_by", "named").defer("contents").order_by("-number")
    ends = [stretch.last.pk for stretch in folded(slim)][:MOST_STEPS]
    return list(rows.filter(pk__in=ends).select_related("made_by").order_by("number"))


def _carried(before: str, after: str, owners: Sequence[int], step: int) -> list[int]:
    """Return whose each character of `after` is, line breaks left out: what stayed keeps its owner."""
    if before == after:
        return list(owners)
    carried: list[int] = []
    at = 0
    for line in redline(before, after):
        for span in line.spans:
            if span.kind == "new":
                carried += [step] * len(span.text)
                continue
            if span.kind == "same":
                carried += owners[at : at + len(span.text)]
            at += len(span.text)
    return carried


def _as_runs(text: str, owners: Sequence[int], steps: Sequence[Revision]) -> list[list[Run]]:
    paragraphs, at = [], 0
    for line in text.splitlines():
        runs: list[Run] = []
        begin = 0
        for place in range(1, len(line) + 1):
            if place == len(line) or owners[at + place] != owners[at + begin]:
                runs.append(Run(line[begin:place], steps[owners[at + begin]]))
                begin = place
        paragraphs.append(runs)
        at += len(line)
    return paragraphs

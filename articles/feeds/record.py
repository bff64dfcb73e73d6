"""The record for machines: an edition's hashed text byte for byte, the days' heads, what changed, and what is missing."""

from datetime import date, datetime
from typing import Any, cast

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from articles.feeds import answers, shapes
from articles.feeds.answers import ElsewhereNow, Gone, absolute, iso
from articles.feeds.pages_as_json import answered
from articles.models import withdrawal
from articles.models.day_head import DayHead, lines_of, text_of
from articles.models.edition import Edition
from articles.models.gaps import MOST_DAYS, counts, gaps_of
from articles.models.hashed import hashed_bytes
from articles.models.record_day import RecordDay, RecordLine, latest_heads, list_name, read_day, read_part
from articles.redline import Line
from articles.redline.versions import Part, compare
from newsroom.keyset import cursor_in

HEADS = 400
# Characters of what changed in one answer; beyond, the versions themselves are to be read.
MOST_TEXT = 400_000


@answered
def edition_record(
    request: HttpRequest, story_id: str, slug: str, number: str, *, moment: datetime | None = None
) -> HttpResponseBase:
    """Answer with the bytes of which an edition's digest is the SHA-256: save them, and any program checks them."""
    found = _editions(int(story_id), slug, [int(number)], f"editions/{number}/record/", moment)
    edition = found[int(number)]
    response = answers.send(request, hashed_bytes(edition), "application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="story-{story_id}-edition-{number}.json"'
    return response


@answered
def between(
    request: HttpRequest,
    story_id: str,
    slug: str,
    first: str,
    second: str,
    *,
    moment: datetime | None = None,
) -> HttpResponseBase:
    """Answer with what a later version changed in an earlier one, part by part. Two queries."""
    low, high = sorted((int(first), int(second)))
    there = f"editions/{low}/" if low == high else f"editions/{low}/{high}/"
    found = _editions(int(story_id), slug, [int(first), int(second)], there, moment)
    before, after = found[low], found[high]
    comparison = compare(before, after)
    path = f"/story/{story_id}/{slug}/editions/{low}/{high}/"
    facts = {
        "story_id": story_id,
        "url": absolute(path),
        "first": {"edition": low, "digest": before.digest, "live_from": iso(before.live_from)},
        "second": {"edition": high, "digest": after.digest, "live_from": iso(after.live_from)},
        "words_added": comparison.words_in,
        "words_removed": comparison.words_out,
        "is_by_words": comparison.is_by_words,
        "is_markup_only": comparison.is_markup_only,
        "parts": [_part(part) for part in comparison.parts],
        **_text(comparison.text),
        "pictures": [
            {
                "media_id": one.shown["media_id"],
                "fate": {"in": "put in", "out": "taken out", "stays": "stays"}[one.fate],
                "is_withdrawn": one.is_withdrawn,
                "said": [_part(part) for part in one.said],
            }
            for one in comparison.pictures
        ],
    }
    return answers.as_json(request, facts)


def _editions(
    story_id: int, slug: str, numbers: list[int], there: str, moment: datetime | None
) -> dict[int, Edition]:
    """Return published versions of a story that is public, by number: one query where all are there.

    Raises Http404, `Gone` where the story or one of them was withdrawn, `ElsewhereNow` where the address has another
    slug or its numbers another order; `there` is the rest of the right address.
    """
    when = moment or timezone.now()
    slugs = Subquery(Edition.objects.at(when).filter(story=OuterRef("story")).values("slug")[:1])
    rows = Edition.objects.once_public(when).annotate(slug_now=slugs)
    rows = rows.filter(story_id=story_id, number__in=numbers, slug_now__isnull=False)
    found = {row.number: cast(Any, row) for row in rows}
    if not found:
        raise _absent(story_id, when)
    if len(found) < len(set(numbers)):
        raise Http404
    slug_now = found[numbers[0]].slug_now
    if slug != slug_now or numbers != sorted(set(numbers)):
        raise ElsewhereNow(f"/story/{story_id}/{slug_now}/{there}")
    for row in found.values():
        if row.suppressed_at is not None:
            raise Gone(withdrawal.of_version(row))
    return found


def _absent(story_id: int, when: datetime) -> Exception:
    """Return what is answered where a story has no such version: 410 only for a story that was withdrawn."""
    if Edition.objects.at(when).filter(story_id=story_id).exists():
        return Http404()
    past = withdrawal.of_story(story_id, when)
    return Gone(past) if past else Http404()


def _part(part: Part) -> dict[str, Any]:
    return {"part": part.name, "lines": [_spans(line) for line in part.lines]}


def _spans(line: Line) -> list[list[str]]:
    return [[str(span.kind), span.text] for span in line.spans]


def _text(lines: list[Line]) -> dict[str, Any]:
    """Return the paragraphs that differ, each with how many stayed before it, and whether these are all of them."""
    found: list[dict[str, Any]] = []
    same, left = 0, MOST_TEXT
    for line in lines:
        if line.is_same:
            same += 1
            continue
        left -= sum(len(span.text) for span in line.spans)
        if left < 0:
            return {"text": found, "is_text_whole": False}
        found.append({"unchanged_before": same, "spans": _spans(line)})
        same = 0
    return {"text": found, "is_text_whole": True}


@answered
def record(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with the heads of the days that are closed, the last first. One query."""
    rows = [_head(one) for one in latest_heads(moment)[:HEADS]]
    return answers.as_json(request, {"items": rows, "next": None})


@answered
def day(
    request: HttpRequest, year: str, month: str, day: str, *, moment: datetime | None = None
) -> HttpResponseBase:
    """Answer with a day's head and a page of the editions that entered the record on it. Two queries."""
    on = _day(year, month, day)
    after = cursor_in(request, list_name(on))
    found = read_day(on, after, moment)
    if found is None or (after is not None and not found.lines):
        raise Http404
    page = shapes.page([_line(one) for one in found.lines], found.path, found.next)
    return answers.as_json(request, _day_facts(found) | page)


@answered
def text(
    request: HttpRequest, year: str, month: str, day: str, part: str, *, moment: datetime | None = None
) -> HttpResponseBase:
    """Answer with the text of which a part's head is the SHA-256: a line an edition. Two queries."""
    head = read_part(_day(year, month, day), int(part), moment)
    if head is None:
        raise Http404
    body = text_of(head.day, head.part, head.previous_digest, map(str, lines_of(head)))
    return answers.send(request, body, "text/plain; charset=utf-8")


def _day(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError as no_such_day:
        raise Http404 from no_such_day


def _head(head: DayHead) -> dict[str, Any]:
    return {
        "day": head.day.isoformat(),
        "url": absolute(head.path),
        "head": head.digest,
        "closed_at": iso(head.closed_at),
    }


def _day_facts(found: RecordDay) -> dict[str, Any]:
    head = found.head
    return {
        "day": found.day.isoformat(),
        "url": absolute(found.path),
        "head": head.digest if head else None,
        "closed_at": iso(head.closed_at) if head else None,
        "editions": found.editions if head else None,
        "previous": _head(found.before) if found.before else None,
        "parts": [
            {
                "part": one.part,
                "editions": one.editions,
                "previous": one.previous_digest or None,
                "digest": one.digest,
                "text": absolute(one.text_path),
            }
            for one in found.parts
        ],
    }


def _line(line: RecordLine) -> dict[str, Any]:
    return {
        "story_id": str(line.story_id),
        "edition": line.number,
        "digest": line.digest,
        "entered_at": iso(line.entered_at),
        "url": absolute(line.path) if line.path else None,
        "headline": line.headline or None,
    }


@answered
def gaps(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with what is missing, as of the last count, and the trend of each gap. One query."""
    rows = list(counts(moment)[:MOST_DAYS])
    facts = {
        "url": absolute("/gaps/"),
        "counted_at": iso(rows[0].counted_at) if rows else None,
        "stories": rows[0].stories if rows else None,
        "pictures": rows[0].pictures if rows else None,
        "items": [
            {
                "gap": gap.name,
                "words": gap.words,
                "of": gap.of,
                "count": gap.count,
                "whole": gap.whole,
                "trend": [
                    {"on": on.isoformat(), "count": count, "whole": whole} for on, count, whole in gap.trend
                ],
            }
            for gap in gaps_of(rows)
        ],
    }
    return answers.as_json(request, facts)

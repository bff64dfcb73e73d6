"""Takes one story into the archive: new, joined to what is there, or refused in a sentence; every fact with its source."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import unquote

from articles import workflow
from articles.importing import dating as dates
from articles.importing.dating import Neighbours
from articles.importing.joining import Match, find_story
from articles.importing.merging import Named, alone, changes_text, first_of, proof, stated_dating, together
from articles.importing.names import printed_bylines, section_slug
from articles.importing.offers import OPENING, FactRow, Offer, fact
from articles.importing.pictures import joined, place
from articles.importing.standing import Standing
from articles.models import (
    Address,
    Contents,
    Dating,
    Edition,
    ImportRun,
    Outcome,
    PrintedPicture,
    Provenance,
    SourcePage,
)
from articles.workflow.filing import refile_live

LONGEST_PATH = 700


@dataclass(slots=True)
class Round:
    """What one run of the importer carries from file to file.

    `waiting` are pictures of attachment pages whose story has not come: old path of the story -> pictures.
    """

    run: ImportRun
    neighbours: Neighbours
    today: date
    waiting: dict[str, list[PrintedPicture]] = field(default_factory=dict)

    @property
    def why(self) -> str:
        """Return the reason that events of this run carry, by which it can be undone."""
        return f"import {self.run.pk}"


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one story on a page."""

    outcome: str
    story_id: int | None = None
    reason: str = ""
    facts: tuple[FactRow, ...] = ()
    is_joined: bool = False
    is_bounded: bool = False


def old_path(path: str) -> str:
    """Return an old address as it is kept: decoded, no slash at the end."""
    return unquote(path).rstrip("/") or "/"


def tell(offer: Offer, source: SourcePage, turn: Round) -> Told:
    """Take the story that `offer` tells of, once; nothing that an editor wrote or withdrew is touched."""
    match = find_story(offer, source.key)
    standing = match.standing
    if standing is not None and not standing.is_open and not standing.was_undone:
        return Told(
            Outcome.REFUSED,
            standing.story_id,
            f"Story {standing.story_id} was withdrawn by the editors. The import leaves it so.",
        )
    beside = standing.contents.pictures if standing else ()
    named = Named(
        section_slug(offer.section),
        printed_bylines(offer.bylines),
        tuple({one.picture: one for one in (place(block, beside) for block in offer.pictures)}.values()),
    )
    further = turn.waiting.get(old_path(offer.path), []) if offer.path else []
    rows = _facts(offer, match)
    edition: Edition | None
    if standing is None or not standing.is_open:
        told, edition = _admit(offer, named, further, standing, rows, turn)
    else:
        told, edition = _join(offer, named, further, standing, rows, source, turn)
    if told.story_id is None:
        return told
    keep_facts(source, told.story_id, edition, offer, rows)
    if offer.path:
        lead(offer.path, story_id=told.story_id)
    is_new_and_undated = edition is not None and edition.number == 1 and edition.published_at is None
    return replace(
        told,
        facts=tuple(rows),
        is_joined=standing is not None,
        is_bounded=is_new_and_undated and edition is not None and edition.dated_reason != "",
    )


def _admit(
    offer: Offer,
    named: Named,
    further: Sequence[PrintedPicture],
    standing: Standing | None,
    rows: Sequence[FactRow],
    turn: Round,
) -> tuple[Told, Edition]:
    contents = alone(offer, named)
    contents = contents.changed(pictures=joined(contents.pictures, further))
    arrival = workflow.Arrival(
        contents,
        stated_dating(offer) or _inferred(contents, rows, turn),
        offer.completeness,
        reason=turn.why,
    )
    edition = workflow.admit(arrival=arrival, story_id=standing.story_id if standing else None)
    return Told(Outcome.CREATED, edition.story_id), edition


def _join(
    offer: Offer,
    named: Named,
    further: Sequence[PrintedPicture],
    standing: Standing,
    rows: Sequence[FactRow],
    source: SourcePage,
    turn: Round,
) -> tuple[Told, Edition | None]:
    story_id, old = standing.story_id, standing.contents
    is_same_page = bool(source.key) and source.key in standing.keys
    contents, completeness = together(standing, offer, named, is_same_page=is_same_page)
    contents = contents.changed(pictures=joined(contents.pictures, further))
    has_new_text = changes_text(old, contents) or completeness != standing.edition.completeness
    if has_new_text and standing.has_copy:
        reason = f"Story {story_id} has been edited at the desk. The import leaves its text and keeps only the facts."
        return Told(Outcome.REFUSED, story_id, reason), None
    stated = first_of(stated_dating(offer), standing.edition.dating)
    dating = stated or _inferred(contents, [*standing.facts, *rows], turn)
    is_redated = workflow.redate(story_id=story_id, dating=dating, why=turn.why)
    edition = None
    if has_new_text:
        arrival = workflow.Arrival(contents, dating, completeness, reason=turn.why)
        edition = workflow.amend(story_id=story_id, arrival=arrival)
    elif set(contents.tags) != set(old.tags):
        refile_live(story_id=story_id, tags=contents.tags, by=None)
    is_changed = has_new_text or is_redated or set(contents.tags) != set(old.tags)
    return Told(Outcome.UPDATED if is_changed else Outcome.UNCHANGED, story_id), edition


def add_pictures(
    standing: Standing,
    pictures: Sequence[PrintedPicture],
    source: SourcePage,
    rows: Sequence[FactRow],
    turn: Round,
) -> Told:
    """Place further pictures in a story that stands, as a new edition, unless it has them."""
    old = standing.contents
    contents = old.changed(pictures=joined(old.pictures, pictures))
    story_id = standing.story_id
    edition = None
    told = Told(Outcome.UNCHANGED, story_id)
    if standing.has_copy and changes_text(old, contents):
        reason = f"Story {story_id} has been edited at the desk, so the picture was not placed in it."
        told = Told(Outcome.UNCHANGED, story_id, reason)
    elif changes_text(old, contents):
        arrival = workflow.Arrival(
            contents, standing.edition.dating, standing.edition.completeness, reason=turn.why
        )
        edition = workflow.amend(story_id=story_id, arrival=arrival)
        told = Told(Outcome.UPDATED, story_id)
    Provenance.objects.create(source=source, story_id=story_id, edition=edition, facts=list(rows))
    return told


def _inferred(contents: Contents, rows: Sequence[FactRow], turn: Round) -> Dating:
    numbers = [one.media_id for one in contents.pictures if one.media_id]
    return dates.infer(numbers, dates.evidence_of(rows), turn.neighbours, today=turn.today)


def _facts(offer: Offer, match: Match) -> list[FactRow]:
    """Return the page's facts, with what tells it from other stories and what bounds its age."""
    rows = list(offer.facts)
    if offer.headline is None:
        rows.append(fact("headline", offer.inferred_headline, 0, "opening-of-the-text", stated=False))
    rows.append(fact("opening", offer.running[:OPENING], 0, "for-joining"))
    for found in offer.not_before:
        proved = proof(found)
        if proved is not None:
            rows.append(fact("not before", proved[0], found.line, proved[1], stated=False))
    if match.standing is not None:
        rows.append(fact("story", match.standing.story_id, 0, f"joined-by-{match.how}", stated=False))
    if match.doubt:
        rows.append(fact("doubt", match.doubt, 0, "joining", stated=False))
    return rows


def keep_facts(
    source: SourcePage, story_id: int, edition: Edition | None, offer: Offer, rows: Sequence[FactRow]
) -> None:
    """Keep what the page said about the story, and which edition it made."""
    Provenance.objects.create(
        source=source,
        story_id=story_id,
        edition=edition,
        fingerprint=offer.fingerprint,
        is_teaser=offer.is_teaser,
        facts=list(rows),
        repairs=[
            {"line": one.line, "rule": one.rule, "was": one.was, "now": one.now} for one in offer.repairs
        ],
    )


def lead(path: str, *, story_id: int | None = None, picture_id: int | None = None, to_path: str = "") -> None:
    """Let an old address lead to a story, a picture or a list; one that leads somewhere already stays."""
    kept = old_path(path)
    if kept != "/" and len(kept) <= LONGEST_PATH:
        there: dict[str, Any] = {"story_id": story_id, "picture_id": picture_id, "to_path": to_path}
        Address.objects.bulk_create([Address(path=kept, **there)], ignore_conflicts=True)

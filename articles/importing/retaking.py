"""Takes a line of a corpus again whose story is here: what it says otherwise now is a further edition, unless the desk had it."""

from django.db import transaction

from articles import workflow
from articles.importing.lines import Line
from articles.importing.merging import changes_text
from articles.importing.names_met import Names
from articles.importing.pages import Taken
from articles.importing.standing import Standing, standing_of
from articles.importing.taking import Round
from articles.models import Contents, Outcome, Provenance, SourcePage
from articles.workflow.copy import cleaned
from articles.workflow.filing import refile_live


@transaction.atomic
def take_again(file: str, line: Line, turn: Round, names: Names) -> Taken:
    """Take a line whose key the archive knows; nothing that an editor wrote or withdrew is touched."""
    known = Provenance.objects.filter(source__key=line.key, source__kind="line").order_by("pk")
    story_id = known.values_list("story_id", flat=True).first()
    standing = standing_of(story_id) if story_id else None
    if story_id is None or standing is None:
        return Taken(file, Outcome.UNCHANGED)
    if not standing.is_open and not standing.was_undone:
        reason = f"Story {story_id} was withdrawn by the editors. The import leaves it so."
        return _kept(file, line, turn, story_id, Outcome.REFUSED, reason)
    contents = cleaned(names.contents(line))
    arrival = workflow.Arrival(contents, line.dating, line.completeness, reason=turn.why)
    if not standing.is_open:
        edition = workflow.admit(arrival=arrival, story_id=story_id)
        return _kept(file, line, turn, story_id, Outcome.CREATED, edition=edition.pk)
    if not changes_text(_as_kept(standing, contents), contents):
        is_changed = workflow.redate(story_id=story_id, dating=line.dating, why=turn.why)
        if set(contents.tags) != set(standing.contents.tags):
            refile_live(story_id=story_id, tags=contents.tags, by=None)
            is_changed = True
        return _kept(file, line, turn, story_id, Outcome.UPDATED if is_changed else Outcome.UNCHANGED)
    if standing.has_copy:
        reason = f"Story {story_id} has been edited at the desk. The import leaves its text as it is."
        return _kept(file, line, turn, story_id, Outcome.REFUSED, reason)
    edition = workflow.amend(story_id=story_id, arrival=arrival)
    return _kept(file, line, turn, story_id, Outcome.UPDATED, edition=edition.pk)


def _as_kept(standing: Standing, contents: Contents) -> Contents:
    """Return what stands, in the words of a line: an edition has always a slug."""
    return standing.contents if contents.slug else standing.contents.changed(slug="")


def _kept(
    file: str,
    line: Line,
    turn: Round,
    story_id: int,
    outcome: str,
    reason: str = "",
    edition: int | None = None,
) -> Taken:
    is_refused = outcome == Outcome.REFUSED
    source = SourcePage.objects.create(
        run=turn.run,
        file=file,
        address=line.address,
        key=line.key,
        kind="line",
        digest=line.digest,
        raw=None if is_refused else line.raw,
        outcome=outcome,
        reason=reason,
    )
    if not is_refused:
        Provenance.objects.create(
            source=source, story_id=story_id, edition_id=edition, facts=list(line.facts), repairs=[]
        )
    return Taken(
        file, outcome, reason, (story_id,),
        unknown=() if is_refused else line.unknown, otherwise=() if is_refused else line.otherwise,
    )  # fmt: skip

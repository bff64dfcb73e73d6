"""Keeps copy while it is typed: every save a revision, nothing refused for what it says, two writers merged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from articles import roles, threeway
from articles.models import Article, Contents, Revision, RevisionKind, Sitting
from articles.models.splices import ONTO, changes_onto
from articles.threeway import Clash, Merged
from articles.workflow import assigning, filing, noticing, placing
from articles.workflow.copy import Assignment, cleaned, contents_of, locked, start, touch
from articles.workflow.events import record
from articles.workflow.refusals import Refused
from articles.workflow.writing import write

# A whole revision is kept again after so many saves, or when what changed is this share of it.
SAVES_ONTO_ONE = 50
LARGEST_SHARE = 0.5
# Among so many of a person's last texts that lost, the same is not kept again.
KEPT_ONCE = 5
# Fields that hang from the copy as rows of their own.
ROWS = frozenset({"bylines", "pictures", "tags"})


@dataclass(frozen=True, slots=True)
class Sent:
    """What one page sends at once: which page, its how-manieth save, the version it stands on, and what changed.

    `revision` is the number of the revision the page was filled from or last answered with; `changed` are fields of
    `Contents`, `assigned` fields of `Assignment`, `unfinished` what is no fact yet by field, None where it is one now.
    `known` is what the page showed of the assigned fields before its writer changed them.
    """

    page: UUID
    serial: int
    token: str | None = None
    revision: int | None = None
    changed: Mapping[str, Any] = field(default_factory=dict)
    assigned: Mapping[str, Any] = field(default_factory=dict)
    unfinished: Mapping[str, Any] = field(default_factory=dict)
    known: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_a_question(self) -> bool:
        """Say whether a page that has nothing to tell asks what others kept."""
        return not (self.changed or self.assigned or self.unfinished)

    def onto(self, base: Contents) -> Contents:
        """Return what `base` says with what was sent of it changed."""
        half = {**base.unfinished, **self.unfinished}
        half = {name: rows for name, rows in half.items() if rows is not None}
        return base.changed(**self.changed, unfinished=half)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a save: the copy now, its last revision, and what the page does not show yet.

    `others_changed` are the fields in which the copy says something else than the page; `clashes` what both changed;
    `as_typed` the revision that keeps the page's own text, None where the copy says just that. The next save stands
    on `token` and `revision` once the page shows what others changed, else on `as_typed` with any token.
    """

    article: Article
    token: str
    revision: int
    contents: Contents
    others_changed: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()
    as_typed: int | None = None


class NotYours(Refused):
    """The copy may not be changed by this person (any more); what they typed is kept as the revision `kept`."""

    def __init__(self, reason: str, kept: int) -> None:
        super().__init__(reason)
        self.kept = kept


@transaction.atomic
def begin(*, by: Any, sent: Sent) -> Kept:
    """Start a story with the first that was typed. The same page sent twice starts one story."""
    known = Sitting.objects.filter(page=sent.page).first()
    if known is not None:
        standing = replace(sent, token=str(known.version), revision=known.revision)
        return keep(by=by, story_id=known.story_id, sent=standing)
    assigned = Assignment(**{name: value for name, value in sent.assigned.items() if value is not None})
    contents = placing.allowed(sent.onto(Contents()), before=())
    article = start(by=by, contents=contents, assignment=assigned)
    number = _last_revision(article.pk).number
    _sit(Sitting(page=sent.page, story_id=article.pk, by=by), sent, article.version, number)
    return Kept(article, article.token, number, contents_of(article))


def keep(*, by: Any, story_id: int, sent: Sent) -> Kept:
    """Keep what a page sent of a story's copy, merged with what others kept since; return what became of it.

    What nobody else touched is written, whatever it says. Where both changed the same paragraph or field, the
    server's stands, `clashes` names it, and the writer's whole text is kept as a revision. A save that comes twice,
    or late, is not done again.
    Raises `Refused` when the copy is not theirs to know of, `NotYours` when it is no longer theirs to change.
    """
    with transaction.atomic():
        article = locked(story_id)
        if not roles.may_read(by, article):
            raise Refused("There is no such story.")
        now = contents_of(article)
        # Locked, too: the page's goodbye comes before this save or behind it, and is not written over.
        page = Sitting.objects.select_for_update(no_key=True).filter(page=sent.page).first()
        sitting = page or Sitting(page=sent.page, story_id=story_id, by=by)
        if sitting.by_id != by.pk or sitting.story_id != story_id:
            raise Refused("This page belongs to another story or another person. Open the story again.")
        if sent.serial <= sitting.serial:
            return Kept(article, str(sitting.version), sitting.revision, now)
        reason = roles.refusal(by, "save", article)
        save = _Save(article, now, sitting, sent, by)
        if not reason:
            return save.keep()
        if sent.is_a_question:
            raise Refused(reason)
        kept = save.set_aside("kept, not saved: the story may no longer be changed", is_lost=True)
    raise NotYours(reason, kept)


def set_aside(*, by: Any, story_id: int, sent: Sent) -> int:
    """Keep as a revision what a page that died had not sent and its writer does not want; return its number.

    The copy stays as it is. The same text sent twice is kept once. Raises `Refused` as `keep` does.
    """
    with transaction.atomic():
        article = locked(story_id)
        if not roles.may_read(by, article):
            raise Refused("There is no such story.")
        sitting = Sitting.objects.filter(page=sent.page, by=by, story_id=story_id).first()
        page = sitting or Sitting(page=sent.page, story_id=story_id, by=by)
        save = _Save(article, contents_of(article), page, sent, by)
        lost = Revision.objects.filter(story_id=story_id, kind=RevisionKind.CONFLICT, made_by=by)
        for known in lost.order_by("-number")[:KEPT_ONCE]:
            if known.read() == save.mine:
                return known.number
        return save.set_aside("left in a page that ended, and not taken", is_lost=True)


@dataclass(slots=True)
class _Save:
    """One save of one page, on the locked copy."""

    article: Article
    now: Contents
    sitting: Sitting
    sent: Sent
    by: Any
    last: Revision = field(init=False)
    mine: Contents = field(init=False)
    merged: Merged = field(init=False)
    moved: dict[str, Any] = field(init=False)
    clashes: tuple[Clash, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.last = _last_revision(self.article.pk)
        is_latest = self.sent.token == self.article.token
        ground = self.now if is_latest else self._ground()
        base = ground or self.now
        self.mine = cleaned(self.sent.onto(base), onto=base.body)
        if ground is None:
            base = _unknown(self.now, self.sent.changed)
        self.merged = threeway.merge(base, self.mine, self.now)
        self.moved, lost = assigning.merge(
            self.article, self.sent.assigned, self.sent.known, is_latest=is_latest
        )
        self.clashes = (*self.merged.clashes, *lost)

    @property
    def _stands_on(self) -> int:
        """Return the number of the revision that the page shows, as far as it is known."""
        return max(self.sent.revision or 0, self.sitting.revision)

    def _ground(self) -> Contents | None:
        """Return what the page was filled from; a text that lost is a ground only for the one who wrote it.

        A page that sends on before it was answered stands on what it sent last: nobody clashes with themselves.
        """
        rows = Revision.objects.filter(story_id=self.article.pk, number=self._stands_on)
        kept = rows.first()
        if kept is None or (kept.kind == RevisionKind.CONFLICT and kept.made_by_id != self.by.pk):
            return None
        return kept.read()

    def set_aside(self, reason: str, *, is_lost: bool) -> int:
        """Keep the writer's own text as a revision of its own, beside the copy; one that lost is on record."""
        kind = RevisionKind.CONFLICT if is_lost else RevisionKind.AUTOSAVE
        self.last = _keep_folded(self.article.pk, self.mine, self.last, kind=kind, by=self.by, reason=reason)
        if is_lost:
            record("conflict", by=self.by, story_id=self.article.pk, revision=self.last.number)
        return self.last.number

    def _as_typed(self) -> int:
        """Return the revision that says what the page shows: for one that typed nothing, what it stands on."""
        if self.sent.is_a_question:
            return self._stands_on
        reason = "as typed, before what others kept was merged in"
        return self.set_aside(reason, is_lost=bool(self.merged.clashes))

    def keep(self) -> Kept:
        """Write what was merged, and say what became of it."""
        others = tuple(self.mine.differences(self.merged.contents))
        as_typed = None
        if others:
            as_typed = self._as_typed()
        lost = [one for one in self.clashes if one.field in assigning.COLUMNS]
        if lost:
            said = {one.field: assigning.plain(one.mine) for one in lost}
            record("conflict", by=self.by, story_id=self.article.pk, lost=said)
        wanted = self.merged.contents
        if wanted.pictures != self.now.pictures:
            wanted = placing.allowed(wanted, before=self.now.pictures)
        wanted = self._write(wanted, self.now.differences(wanted))
        number = self.last.number
        if as_typed is None:
            _sit(self.sitting, self.sent, self.article.version, number)
        else:  # should this answer be lost, the page still shows its own text: that is what it stands on
            _sit(self.sitting, self.sent, 0, as_typed)
        return Kept(self.article, self.article.token, number, wanted, others, self.clashes, as_typed)

    def _write(self, wanted: Contents, changed: list[str]) -> Contents:
        """Put `wanted` into the copy, keep a revision of it, and return what the copy then says."""
        article = self.article
        if not changed and not self.moved:
            return wanted
        desk = article.desk_id or (article.section.desk_id if article.section else None)
        for name, value in self.moved.items():
            setattr(article, assigning.COLUMNS[name], value)
        write(article, wanted, changed=changed)
        if article.desk_id is None and (article.section is None or article.section.desk_id is None):
            article.desk_id = desk  # a story whose shelf is being chosen stays with the desk that had it
        touch(article, by=self.by, is_told=True)
        after = contents_of(article) if {*ROWS, "section"} & set(changed) else wanted
        self.last = _keep_folded(article.pk, after, self.last, kind=RevisionKind.AUTOSAVE, by=self.by)
        self._record(after)
        return after

    def _record(self, after: Contents) -> None:
        """Put on record that somebody began to write, what was decided of the story, and its filing."""
        story_id = self.article.pk
        if self.sitting.wrote_at is None:
            record("write", by=self.by, story_id=story_id)
            noticing.changed(self.article, by=self.by, how="began to change")
        if self.moved:
            said = {name: None if value is None else str(value) for name, value in self.moved.items()}
            record("assign", by=self.by, story_id=story_id, now=said)
        if self.now.tags != after.tags:
            filing.refile_live(story_id=story_id, tags=after.tags, by=self.by)


def _unknown(now: Contents, names: Iterable[str]) -> Contents:
    """Return contents that agree with nobody in the fields `names`: a page that cannot say what it stands on asks."""
    return now.changed(
        **{name: () if name in ROWS else {} if name == "unfinished" else "\0" for name in names}
    )


def _sit(sitting: Sitting, sent: Sent, version: int, revision: int) -> None:
    """Note what this page has sent and what its text stands on; who writes where nobody does holds the story."""
    now = timezone.now()
    sitting.serial, sitting.version, sitting.revision = sent.serial, version, revision
    sitting.seen_at = now
    if not sent.is_a_question:
        sitting.wrote_at = now
    # The last save of a page that was left may come behind its goodbye: it is kept, and nobody is there.
    if not sitting.has_just_left(now):
        sitting.left_at = None
        if not sent.is_a_question:
            _hold(sitting, now)
    sitting.save()


def _hold(sitting: Sitting, now: datetime) -> None:
    others = Sitting.objects.filter(story_id=sitting.story_id, held_since__isnull=False).exclude(
        page=sitting.page
    )
    if sitting.held_since is None and not others.holding(now).exists():
        others.update(held_since=None)
        sitting.held_since = now


def _last_revision(story_id: int) -> Revision:
    return Revision.objects.filter(story_id=story_id).order_by("-number")[0]


def _keep_folded(
    story_id: int, contents: Contents, last: Revision, *, kind: RevisionKind, by: Any, reason: str = ""
) -> Revision:
    """Keep a save as what it changed in the last whole revision, or whole where that says little more."""
    number = int(last.contents.get(ONTO, last.number))
    whole = last
    if number != last.number:
        whole = Revision.objects.only("contents").get(story_id=story_id, number=number)
    plain = contents.as_json()
    kept: dict[str, Any] = plain
    if last.number - number < SAVES_ONTO_ONE:
        folded = changes_onto(number, whole.contents, plain)
        if _size(folded) < LARGEST_SHARE * _size(plain):
            kept = folded
    return Revision.objects.create(
        story_id=story_id, number=last.number + 1, kind=kind, contents=kept, made_by=by, reason=reason
    )


def _size(kept: Any) -> int:
    """Return about how many characters something takes in a row."""
    if isinstance(kept, str):
        return len(kept) + 2
    if isinstance(kept, dict):
        return sum(len(name) + _size(value) for name, value in kept.items())
    if isinstance(kept, list):
        return sum(_size(value) for value in kept)
    return 8

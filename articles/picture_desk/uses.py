"""Where a picture is used: in what readers see now, in what they saw before, and in copy as far as a role may read it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from articles import roles
from articles.models import Article, Edition, Placement, State, public_picture
from articles.roles import Role
from articles.workflow import picturing
from media.models import CaptionState, Picture
from newsroom.keyset import Cursor

MOST = 20
LIVE, PAST, COPY = "live", "past", "copy"
HEADINGS = {LIVE: "Readers see it now in", PAST: "It ran in earlier editions", COPY: "It stands in copy"}
NOUNS = {LIVE: "live story,live stories", PAST: "earlier edition,earlier editions", COPY: "draft,drafts"}


@dataclass(frozen=True, slots=True)
class Use:
    """One story or edition that shows a picture, with the caption as it is printed there (None: none was said).

    `path` is where the person may go from here; `own` says that the caption is the story's, not the library's.
    """

    story_id: int
    headline: str
    path: str
    where: str
    at: datetime
    caption: str | None
    own: bool
    src: str
    cursor: Cursor

    @property
    def caption_state(self) -> CaptionState:
        """Return whether a caption is printed here, none, or an empty one."""
        return CaptionState.of(self.caption)


@dataclass(slots=True)
class Shelf:
    """The uses of one kind that a person may see, newest first, and how many more there are.

    `still` is a sentence about what is under way in these stories, if anything is.
    """

    kind: str
    shown: list[Use] = field(default_factory=list)
    count: int = 0
    of_others: int = 0
    next: Cursor | None = None
    still: str = ""

    @property
    def heading(self) -> str:
        """Return the words over the shelf."""
        return HEADINGS[self.kind]

    @property
    def nouns(self) -> str:
        """Return “story,stories” for what stands on it."""
        return NOUNS[self.kind]


def shelves(picture: Picture, user: Any, *, most: int = MOST) -> list[Shelf]:
    """Return the three shelves of a picture's uses, each with its first twenty, or `most`."""
    return [shelf(kind, picture, user, most=most) for kind in HEADINGS]


def shelf(kind: str, picture: Picture, user: Any, after: Cursor | None = None, *, most: int = MOST) -> Shelf:
    """Return the uses of one kind from the one behind `after`; those of other desks are counted only."""
    every, readable, as_use, listed_at = _RULES[kind](picture, user)
    found = list(_behind(readable, listed_at, after)[: most + 1])
    shown = [as_use(one) for one in found[:most]]
    count = len(found) if after is None and len(found) <= most else readable.count()
    others = every.count() - count
    still = _still(picture) if kind == LIVE else ""
    return Shelf(kind, shown, count, others, shown[-1].cursor if len(found) > most else None, still)


def has_page(picture: Picture, found: list[Shelf]) -> bool:
    """Say whether readers find something at its Media ID: the picture, or that it is no longer shown."""
    was_printed = any(shelf.kind != COPY and shelf.count + shelf.of_others for shelf in found)
    return bool(picture.media_id) and (was_printed or public_picture.is_released(picture))


def _still(picture: Picture) -> str:
    """Return what a change in the library has still to do in the stories that readers see, as a sentence."""
    done, whole = picturing.still_following(picture)
    if done < whole:
        return (
            f"{done:,} of {whole:,} stories follow what the library says now; the rest does within a minute."
        )
    if picture.editions_due_at is not None:
        return "What readers see of it is being drawn anew; that is done within a minute."
    return ""


def live(picture: Picture) -> QuerySet[Edition]:
    """Return the editions that readers see now and that show `picture`, newest first."""
    return Edition.objects.at().showing(picture).order_by("-listed_at", "-pk")


Rule = tuple[QuerySet[Any], QuerySet[Any], Callable[[Any], Use], str]


def _live(picture: Picture, user: Any) -> Rule:
    rows = live(picture).annotate(may_read=_copy_is_readable(user))
    return rows, rows, _editions_use(picture, "as readers see it now"), "listed_at"


def _past(picture: Picture, user: Any) -> Rule:
    """Editions that readers can open still are everybody's; withdrawn ones are for those who may read the story."""
    now = Edition.objects.at()
    rows = Edition.objects.once_public().showing(picture).order_by("-listed_at", "-pk")
    rows = rows.filter(~Exists(now.filter(pk=OuterRef("pk"))))
    rows = rows.annotate(may_read=_copy_is_readable(user))
    open_to_readers = Q(Exists(now.filter(story=OuterRef("story"))), suppressed_at__isnull=True)
    may_see_all = Role.CHIEF in roles.roles_of(user)
    readable = rows if may_see_all else rows.filter(open_to_readers | Q(may_read=True))
    return rows, readable, _editions_use(picture, ""), "listed_at"


def _copy(picture: Picture, user: Any) -> Rule:
    """Copy of a live story that shows the picture already is that story, and is not told twice."""
    shown = Edition.objects.at().filter(picture_rows__picture=picture, story=OuterRef("article__story"))
    rows = Placement.objects.filter(picture=picture).exclude(article__state=State.KILLED)
    rows = rows.filter(~Exists(shown)).select_related("article", "picture")
    rows = rows.order_by("-article__changed_at", "-pk")
    articles = Article.objects.filter(roles.readable_by(user))
    return rows, rows.filter(article__in=articles), _placements_use, "article__changed_at"


_RULES: dict[str, Callable[[Picture, Any], Rule]] = {LIVE: _live, PAST: _past, COPY: _copy}


def _copy_is_readable(user: Any) -> Exists:
    return Exists(Article.objects.filter(roles.readable_by(user), story=OuterRef("story")))


def _behind(rows: QuerySet[Any], listed_at: str, after: Cursor | None) -> QuerySet[Any]:
    if after is None:
        return rows
    same = Q(**{listed_at: after.listed_at, "pk__lt": after.number})
    return rows.filter(same | Q(**{f"{listed_at}__lt": after.listed_at}))


def _editions_use(picture: Picture, where: str) -> Callable[[Any], Use]:
    keys = {picture.pk, *picture.aliases.values_list("pk", flat=True)}

    def as_use(edition: Any) -> Use:
        printed: dict[str, Any] = next((one for one in edition.pictures if one["picture"] in keys), {})
        caption = printed.get("caption")
        return Use(
            story_id=edition.story_id,
            headline=edition.headline,
            path=_desk_path(edition.story_id) if edition.may_read else _public_path(edition, where),
            where=where or _which(edition),
            at=edition.live_from,
            caption=caption,
            own=caption != picture.caption_in_force,
            src=_thumbnail(edition),
            cursor=Cursor(edition.listed_at, edition.pk),
        )

    return as_use


def _placements_use(row: Placement) -> Use:
    article = row.article
    return Use(
        story_id=article.pk,
        headline=str(article),
        path=_desk_path(article.pk),
        where=article.get_state_display(),
        at=article.changed_at,
        caption=row.caption_in_force,
        own="caption" in row.own_words,
        src="",
        cursor=Cursor(article.changed_at, row.pk),
    )


def _which(edition: Edition) -> str:
    if edition.suppressed_at is not None:
        return f"edition {edition.number}, {edition.get_suppressed_because_display()}"
    return f"edition {edition.number}"


def _desk_path(story_id: int) -> str:
    return reverse("admin:articles_article_change", args=[story_id])


def _public_path(edition: Edition, where: str) -> str:
    """Return where a reader finds it; nothing for what was withdrawn."""
    if where:
        return edition.get_absolute_url()
    if edition.suppressed_at is not None:
        return ""
    return f"{edition.get_absolute_url()}editions/{edition.number}/"


def _thumbnail(edition: Edition) -> str:
    lead = edition.lead_picture
    return str(lead["src"]) if lead and lead.get("src") else ""

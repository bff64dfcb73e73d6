"""What the first page of the desk shows: my copy, what waits for me, what is scheduled."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from articles import roles
from articles.models import Article, Edition, State

SHOWN = 12
EDITORS_TURN = Q(state__in=[State.FILED, State.APPROVED])


@dataclass(frozen=True, slots=True)
class Shelf:
    """A few stories under one heading, and what it means when there are none."""

    heading: str
    stories: list[Article]
    none: str


def readable(user: Any) -> QuerySet[Any]:
    """Return the copy `user` may see, with what a list shows of it, each row's scheduled moment included."""
    waiting = Edition.objects.waiting().filter(story_id=OuterRef("pk")).values("live_from")[:1]
    rows = Article.objects.filter(roles.readable_by(user)).annotate(scheduled_at=Subquery(waiting))
    return rows.select_related("section", "desk", "writer", "changed_by").defer("body", "note")


def waiting_for(user: Any) -> Q:
    """Return the condition on copy that waits for `user`: drafts for its writer, filed copy for editors."""
    mine = Q(writer_id=user.pk, state=State.DRAFT)
    return mine | EDITORS_TURN if roles.roles_of(user) & roles.EDITING else mine


def shelves(user: Any) -> list[Shelf]:
    """Return the shelves of the first page: three queries."""
    if not roles.has_role(user, "start"):
        return []
    rows = readable(user).order_by("-changed_at")
    is_editor = bool(roles.roles_of(user) & roles.EDITING)
    found = []
    if is_editor:
        found.append(
            Shelf(
                "Waiting for me",
                list(rows.filter(EDITORS_TURN)[:SHOWN]),
                "No copy waits to be read. What reporters hand to the desk appears here.",
            )
        )
    mine = rows.filter(writer_id=user.pk).exclude(state__in=[State.SPIKED, State.KILLED])
    found.append(
        Shelf("My copy", list(mine[:SHOWN]), "You have no copy. Start a story, and it appears here.")
    )
    due = rows.filter(scheduled_at__isnull=False).order_by("scheduled_at")[:SHOWN]
    found.append(Shelf("Scheduled", list(due), "Nothing is scheduled. A story with a set hour appears here."))
    return found


def moment_of(article: Article) -> datetime | None:
    """Return the moment copy is scheduled for, where the query brought it along."""
    moment: datetime | None = getattr(article, "scheduled_at", None)
    return moment

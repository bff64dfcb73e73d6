"""Which copy a person may see in the list of copy, and whose turn it is."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from articles import roles
from articles.models import Article, Edition, State

EDITORS_TURN = Q(state__in=[State.FILED, State.APPROVED])


def readable(user: Any) -> QuerySet[Any]:
    """Return the copy `user` may see, with what a list shows of it, each row's scheduled moment included."""
    waiting = Edition.objects.waiting().filter(story_id=OuterRef("pk")).values("live_from")[:1]
    rows = Article.objects.filter(roles.readable_by(user)).annotate(scheduled_at=Subquery(waiting))
    return rows.select_related("section", "desk", "writer", "changed_by").defer("body", "note")


def waiting_for(user: Any) -> Q:
    """Return the condition on copy that waits for `user`: drafts for its writer, filed copy for editors."""
    mine = Q(writer_id=user.pk, state=State.DRAFT)
    return mine | EDITORS_TURN if roles.roles_of(user) & roles.EDITING else mine

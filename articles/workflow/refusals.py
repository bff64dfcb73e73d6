"""Refusals: why a verb was not carried out, in sentences an editor can act on."""

from collections.abc import Sequence

from articles.models import Article, Contents, Revision
from articles.rules import Problem


class Refused(Exception):
    """A verb was refused; nothing was changed. `reasons` are sentences that say what to do next."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class Conflict(Refused):
    """Somebody else saved first. Their text stands; `mine` was kept as the revision `kept`."""

    def __init__(self, *, article: Article, mine: Contents, theirs: Contents, kept: Revision) -> None:
        who = article.changed_by.get_username() if article.changed_by else "somebody"
        super().__init__(
            f"{who} saved this story while you were writing. Their version stands; yours is kept as revision "
            f"{kept.number}. Compare the two below and save again."
        )
        self.article = article
        self.mine = mine
        self.theirs = theirs
        self.kept = kept


class NotReady(Refused):
    """A story cannot go out as it is: `problems` are what stops it, and what nobody gave a reason for."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(*(one.said for one in problems))
        self.problems = tuple(problems)


def need_token(token: str | None) -> str:
    """Return `token`, or raise `Refused` when a change does not say which version it was made on."""
    if not token:
        raise Refused(
            "This change does not say which version it was made on. Reload the story and try again."
        )
    return token

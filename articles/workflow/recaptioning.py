"""Changes what the library says of a picture, and with it the stories that say what the library says."""

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from articles import roles
from articles.models import Article, Edition, Placement
from articles.workflow import following_up, placing
from articles.workflow.picture_uses import AT_REST, Use, Words, follows, uses_of
from articles.workflow.refusals import Refused
from articles.workflow.reprinting import SAID, VERB
from media import changing
from media.models import Picture

KEPT = "keep_caption"


@dataclass(slots=True)
class Recaptioned:
    """The picture as it now is, the stories that change with it, and those that were asked to stay as they were.

    `left` is how many of them have still to follow: `follow_due` sees to it that they do.
    """

    picture: Picture
    changed: list[int] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    left: int = 0


def recaption(
    *,
    by: Any,
    picture_id: int,
    token: str | None,
    facts: Mapping[str, Any],
    excluding: Collection[int] = (),
) -> Recaptioned:
    """Write `facts` to a picture as `changing.change` does, and let every story follow that said the same.

    Caption, credit and alternative text are printed: a story that readers see gets a new edition in which only the
    picture's words are other, whatever waits unpublished in its copy; a scheduled edition is scheduled again with
    them; copy follows by itself. Of the stories `excluding` (their IDs) what readers see stays, and the copy takes
    the old words as its own. The change and what is to follow it are one transaction; the stories follow a few at a
    time, as many as a request has time for, and `follow_due` does the rest. Raises `Refused`, also while stories
    still follow an earlier change, and `changing.NotChanged` where the picture moved on since `token`.
    """
    if refused := roles.refusal(by, VERB):
        raise Refused(refused)
    following_up.end_earlier(picture_id)
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None:
        raise Refused("There is no such picture. Look it up again by its Media ID.")
    # Looked at before the transaction, for the answer alone: what follows is settled story by story, later.
    uses = uses_of(picture)
    done, begun = _change(
        by=by, picture_id=picture_id, token=token, facts=facts, uses=uses, excluding=set(excluding)
    )
    done.left = following_up.follow_or_leave(begun)
    return done


@transaction.atomic
def _change(
    *,
    by: Any,
    picture_id: int,
    token: str | None,
    facts: Mapping[str, Any],
    uses: Mapping[int, Use],
    excluding: AbstractSet[int],
) -> tuple[Recaptioned, list[int]]:
    """Change the picture, let the excluded copies keep the old words, and write down which stories follow (returned too).

    A few statements, however many stories there are: nobody else can save meanwhile.
    """
    # Copies first, then the picture: the order in which publishing takes its locks.
    held = Article.objects.select_for_update(of=("self",)).filter(placements__picture=picture_id)
    copies = set(held.order_by("pk").values_list("pk", flat=True))
    before = Words.of(Picture.objects.get(pk=picture_id))
    picture = changing.change(by=by, picture_id=picture_id, token=token, facts=facts)
    after = Words.of(picture)
    names = before.differing(after)
    done = Recaptioned(picture)
    if not names or picture.killed_at is not None:
        return done, []
    following_up.refuse_while_following(picture)
    placed = Placement.objects.filter(picture=picture)
    if set(placed.values_list("article_id", flat=True)) - copies:
        raise Refused(
            "A story took this picture up at this very moment. Look at the list of stories again and save again."
        )
    touched = {key for key, use in uses.items() if follows(use, before, names)}
    done.kept, done.changed = sorted(touched & excluding), sorted(touched - excluding)
    begun = _keep_words(placed.filter(article__in=done.kept), picture, before, names, by=by)
    begun += following_up.begin(
        picture=picture,
        verb=VERB,
        by=by,
        printing=_printing(picture) - excluding,
        before=asdict(before),
        after={name: getattr(after, name) for name in sorted(names)},
    )
    return done, begun


def _printing(picture: Picture) -> set[int]:
    """Return the stories of which an edition that stands or waits shows the picture, whatever it says of it."""
    rows = Edition.objects.filter(picture_rows__picture=picture)
    return {key for some in (rows.at(), rows.waiting()) for key in some.values_list("story_id", flat=True)}


def _keep_words(
    placed: QuerySet[Placement], picture: Picture, before: Words, names: AbstractSet[str], *, by: Any
) -> list[int]:
    """Give these placements the old words as the stories' own; return what is left to keep of their copies.

    A caption that was absent stays absent. Copies that keep the same words are one change: a few statements each.
    """
    alike: dict[frozenset[str], list[int]] = {}
    for placement in placed.exclude(article__state__in=AT_REST):
        if own := frozenset(names - placement.own_words):
            alike.setdefault(own, []).append(placement.article_id)
    begun: list[int] = []
    for own, stories in sorted(alike.items(), key=lambda one: sorted(one[0])):
        words = {name: getattr(before, name) for name in sorted(own)}
        placing.keep_as_own(placed.filter(article__in=stories), words)
        following_up.raise_versions(Article.objects.filter(pk__in=stories), by=by)
        said = " and ".join(SAID[name] for name in SAID if name in own)
        begun += following_up.begin(
            picture=picture,
            verb=KEPT,
            by=by,
            copies=stories,
            of_copies={"media_id": picture.media_id, **words},
            reason=f"keeps its {said} of {picture}",
        )
    return begun

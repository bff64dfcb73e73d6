"""Says which stories a picture stands in, and which of them say of it what the library says."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from articles import roles
from articles.models import Article, Edition, Placement, State
from media.models import Picture

# What a story prints of a picture that the library can say for it.
WORDS = ("caption", "credit", "alt")
SHOWN_WITHOUT_FACTS = frozenset({"caption", "credit"})
# What nobody asks for who only wants to know where a picture stands and what is printed of it.
NOT_ASKED = ("body", "rendered", "excerpt", "shown_pictures", "filed_tags", "bylines")
AT_REST = (State.SPIKED, State.KILLED)


@dataclass(frozen=True, slots=True)
class Follower:
    """A story in which a picture stands: public now (`is_live`), as copy at the desk (`is_copy`), or both.

    `headline` is "" where the person may read neither. `edition_number` is that of the edition in force.
    """

    story_id: int
    headline: str
    is_live: bool
    is_copy: bool
    may_read: bool
    edition_number: int | None


@dataclass(frozen=True, slots=True)
class Words:
    """What is printed of a picture in words."""

    caption: str | None
    credit: str
    alt: str

    @classmethod
    def of(cls, picture: Picture) -> "Words":
        """Return what the library says, the file's own caption where it says nothing."""
        return cls(picture.caption_in_force, picture.credit, picture.alt)

    def differing(self, other: "Words") -> frozenset[str]:
        """Return the names of the words in which `other` differs."""
        return frozenset(name for name in WORDS if getattr(self, name) != getattr(other, name))


@dataclass(slots=True)
class Use:
    """A story's public edition, its scheduled one and its copy's placement, each where it shows the picture."""

    keys: frozenset[int]
    live: Edition | None = None
    waiting: Edition | None = None
    placement: Placement | None = None

    def following(self, edition: Edition | None, words: Words, names: Collection[str]) -> frozenset[str]:
        """Return which words (of `names`) an edition prints as the library says them: `words`."""
        one = printed_in(edition, self.keys) if edition is not None else None
        if one is None:
            return frozenset()
        own = self.placement.own_words if self.placement is not None else frozenset()
        return frozenset(
            name
            for name in names
            if one[name] == getattr(words, name)
            and not (name in own and getattr(self.placement, name) == one[name])
        )

    def copy_following(self, names: Collection[str]) -> frozenset[str]:
        """Return which words (of `names`) the copy would print as the library says them."""
        return frozenset(names) - self.placement.own_words if self.placement is not None else frozenset()


def printed_in(edition: Edition, keys: Collection[int]) -> Mapping[str, Any] | None:
    """Return what `edition` prints of the picture that has these keys: its own, and those merged into it."""
    return next((one for one in edition.pictures if one["picture"] in keys), None)


def uses_of(
    picture: Picture, *, with_text: bool = False, stories: Collection[int] | None = None
) -> dict[int, Use]:
    """Return where a picture stands, by story (of `stories` alone, if given): three queries.

    `with_text` brings the editions whole, locked.
    """
    keys = frozenset(Picture.objects.filter(alias_of=picture).values_list("pk", flat=True)) | {picture.pk}
    found: dict[int, Use] = {}

    def use(story_id: int) -> Use:
        return found.setdefault(story_id, Use(keys=keys))

    rows = Edition.objects.filter(picture_rows__picture=picture).select_related("section")
    placed = Placement.objects.filter(picture=picture).exclude(article__state__in=AT_REST)
    if stories is not None:
        rows, placed = rows.filter(story__in=stories), placed.filter(article__in=stories)
    rows = rows.select_for_update(of=("self",)) if with_text else rows.defer(*NOT_ASKED)
    for edition in rows.at().order_by("pk"):
        use(edition.story_id).live = edition
    for edition in rows.waiting().order_by("pk"):
        use(edition.story_id).waiting = edition
    copies = placed.select_related("article__section")
    for placement in copies if with_text else copies.defer("article__body"):
        use(placement.article_id).placement = placement
    return found


def uses(picture: Picture, by: Any) -> list[Follower]:
    """Return every story in which a picture stands now, public ones first; past editions are not among them."""
    return _told(uses_of(picture), by)


def following(picture: Picture, by: Any, facts: Mapping[str, Any] | None = None) -> list[Follower]:
    """Return the stories that would change with what the library says of `picture`.

    With `facts` (fields and their new values) those that these would change; without, all that print its caption or
    credit. A story that says something of its own is not among them.
    """
    words, names = Words.of(picture), SHOWN_WITHOUT_FACTS
    if facts is not None:
        after = Picture(file_caption=picture.file_caption, **{name: getattr(picture, name) for name in WORDS})
        for name in WORDS:
            setattr(after, name, facts.get(name, getattr(after, name)))
        names = words.differing(Words.of(after))
    return _told(
        {key: use for key, use in uses_of(picture).items() if follows(use, words, names)},
        by,
    )


def follows(use: Use, words: Words, names: Collection[str]) -> bool:
    """Say whether anything of a story prints one of the words in `names` as the library says it."""
    return bool(
        use.following(use.live, words, names)
        or use.following(use.waiting, words, names)
        or use.copy_following(names)
    )


def _told(found: Mapping[int, Use], by: Any) -> list[Follower]:
    followers = []
    for story_id, use in found.items():
        copy = use.placement.article if use.placement is not None else None
        if copy is None and use.waiting is not None:
            copy = Article.objects.select_related("section").filter(pk=story_id).first()
        may_read = use.live is not None or (copy is not None and roles.may_read(by, copy))
        named = use.live or copy
        followers.append(
            Follower(
                story_id=story_id,
                headline=named.headline if named is not None and may_read else "",
                is_live=use.live is not None,
                is_copy=use.placement is not None or use.waiting is not None,
                may_read=may_read,
                edition_number=use.live.number if use.live is not None else None,
            )
        )
    return sorted(followers, key=lambda one: (not one.is_live, one.story_id))

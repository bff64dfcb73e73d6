"""Finds stories for Ctrl-K among all there are: by number, address and picture, and by how words of headline and slug begin."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from articles import roles
from articles.models import Address, CopyWord, Edition, EditionPicture, EditionWord, Placement
from articles.planning import known, whose_turn
from articles.planning.asked import OF_A_KIND, Asked, Found
from media.models import Picture
from newsroom.sounding import after

# Where more than so many have the words, those sought are soon met on the way from the newest back.
MANY = 2_000


def stories(user: Any, asked: Asked) -> list[Found]:
    """Return copy that `user` may know of, and then what readers see of other stories: at most six each."""
    if not roles.has_role(user, "start"):
        return []
    numbers, pictures = _numbers(asked), _pictures(asked)
    copy = list(islice(_copy(user, asked, numbers, pictures), OF_A_KIND))
    shown = {one["number"] for one in copy}
    printed = (one for one in _printed(asked, numbers, pictures) if one["number"] not in shown)
    return copy + list(islice(printed, OF_A_KIND))


def _numbers(asked: Asked) -> list[int]:
    """Return the story IDs that were typed or stand in an address, an old one too."""
    found = [int(asked.leads["story"])] if "story" in asked.leads else []
    if asked.number is not None:
        found.append(asked.number)
    if asked.path:
        old = Address.objects.of_path(asked.path)
        found += [old.story_id] if old is not None and old.story_id else []
    return found


def _pictures(asked: Asked) -> list[int]:
    """Return the rows of the picture that was named, and of those merged into it."""
    media_id = asked.leads.get("media_id") or asked.digits
    picture = Picture.objects.numbered(media_id) if media_id else None
    return [picture.pk, *picture.aliases.values_list("pk", flat=True)] if picture else []


def _copy(user: Any, asked: Asked, numbers: Sequence[int], pictures: Sequence[int]) -> Iterator[Found]:
    rows = whose_turn.known_copy_for(user).order_by("-changed_at")
    given = set()
    placed = Placement.objects.filter(picture_id__in=pictures).order_by().values("article_id")
    meant = [Q(pk__in=numbers)] * bool(numbers) + [Q(pk__in=placed)] * bool(pictures)
    for article in (one for condition in meant for one in rows.filter(condition)):
        # Of a story under embargo neither number nor picture tells more than its slug does.
        if not article.by_slug_only and article.pk not in given:
            given.add(article.pk)
            yield _story(article, known.slug_shown(article))
    if not asked.tells:
        return
    for article in _having(rows, CopyWord, "article_id", asked.words).iterator(chunk_size=50):
        slug = known.slug_shown(article)
        seen = (slug,) if article.by_slug_only else (article.headline, slug)
        if article.pk not in given and asked.fits(*seen):
            yield _story(article, slug)


def _story(article: Any, slug: str) -> Found:
    if article.by_slug_only:
        return {"kind": "story", "name": slug, "note": "under embargo", "address": "", "number": ""}
    state = "scheduled" if article.scheduled_at else str(article.get_state_display())
    return {
        "kind": "story",
        "name": str(article),
        "note": f"{state} · {slug}",
        "address": known.address_of(article),
        "number": str(article.pk),
    }


def _printed(asked: Asked, numbers: Sequence[int], pictures: Sequence[int]) -> Iterator[Found]:
    """Give stories as readers see them now."""
    rows = Edition.objects.at().only("story_id", "headline", "slug", "listed_at")
    rows = rows.order_by("-listed_at", "-story_id")
    given = set()
    showing = EditionPicture.objects.filter(picture_id__in=pictures).order_by().values("edition_id")
    meant = [Q(story_id__in=numbers)] * bool(numbers) + [Q(pk__in=showing)] * bool(pictures)
    for edition in (one for condition in meant for one in rows.filter(condition)[:OF_A_KIND]):
        if edition.story_id not in given:
            given.add(edition.story_id)
            yield _edition(edition)
    if asked.tells:
        for edition in _having(rows, EditionWord, "edition_id", asked.words)[: 3 * OF_A_KIND]:
            if edition.story_id not in given:
                yield _edition(edition)


def _edition(edition: Edition) -> Found:
    return {
        "kind": "published",
        "name": edition.headline,
        "note": str(edition.story_id),
        "address": edition.get_absolute_url(),
        "number": str(edition.story_id),
    }


def _having(rows: QuerySet[Any], kept: Any, column: str, words: Sequence[str]) -> QuerySet[Any]:
    """Return those of `rows` of which every one of `words` begins a word, as `kept` holds them by `column`.

    Asked along the index of words from the longest one, which most often is the rarest. Where that gives more than a
    few thousand, the rows are walked in their own order instead and each is asked: it ends as soon as six are found.
    """
    first, *others = sorted(words, key=len, reverse=True)
    with_first = kept.objects.filter(**_begun(first))
    for word in others:
        with_first = with_first.filter(
            Exists(kept.objects.filter(**_begun(word), **{column: OuterRef(column)}))
        )
    keys = list(with_first.order_by().values_list(column, flat=True).distinct()[: MANY + 1])
    if len(keys) <= MANY:
        return rows.filter(pk__in=keys)
    for word in words:
        rows = rows.filter(Exists(kept.objects.filter(**_begun(word), **{column: OuterRef("pk")})))
    return rows


def _begun(word: str) -> dict[str, str]:
    return {"word__gte": word, "word__lt": after(word)}

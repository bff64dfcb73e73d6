"""Links stories that tell the same in two languages: filing, which makes no edition, with an event, and taken back as easily."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from articles import roles
from articles.models import Article, Edition, Story, Translation, cache_keys
from articles.models.article import Language
from articles.workflow import announcing
from articles.workflow.events import record
from articles.workflow.refusals import Refused, need_token


@dataclass(frozen=True, slots=True)
class Member:
    """A story of a group of translations: its language, the headline the desk knows it by, whether the others were made from it."""

    story_id: int
    language: str
    headline: str
    is_original: bool


def group_of(story_id: int) -> list[Member]:
    """Return a story and its translations, the original first; the story alone where there are none."""
    mine = Translation.objects.filter(pk=story_id).values_list("original", flat=True).first()
    original = mine or story_id
    others = Translation.objects.filter(original=original).order_by("pk").values_list("pk", flat=True)
    return [_member(one, is_original=one == original) for one in (original, *others)]


def token_of(story_id: int) -> str:
    """Return what says which group a page showed: a change made on another one is refused."""
    return "-".join(str(one.story_id) for one in group_of(story_id))


def _member(story_id: int, *, is_original: bool) -> Member:
    copy = Article.objects.filter(pk=story_id).values_list("language", "headline").first()
    last = Edition.objects.filter(story_id=story_id).order_by("-number").values_list("language", "headline")
    language, headline = copy or last.first() or (Language.ENGLISH, "")
    return Member(story_id, language, headline, is_original)


@transaction.atomic
def link_translation(*, by: Any, story_id: int, original: int, token: str | None) -> list[Member]:
    """Say that a story was translated from `original`; returns the group as it is then.

    `token` is the story's, by `token_of`. Raises `Refused` with what to do.
    """
    _hold(by, story_id, original, token=token)
    if story_id == original:
        raise Refused("A story is no translation of itself. Write the number of the other story.")
    if not Story.objects.filter(pk=original).exists():
        raise Refused(f"There is no story {original}. Look its number up on its page, under “The record”.")
    for one in (story_id, original):
        article = Article.objects.select_related("section", "desk").filter(pk=one).first()
        if article is None and not Edition.objects.at().filter(story=one).exists():
            raise Refused(f"There is no story {one}. Look its number up on its page, under “The record”.")
        if article is not None and (reason := roles.refusal(by, "refile", article)):
            raise Refused(reason)
    mine, theirs = group_of(story_id), group_of(original)
    if len(mine) > 1:
        raise Refused("This story has translations already. Take that link back first.")
    root = theirs[0]
    taken = [one for one in theirs if one.language == mine[0].language]
    if taken:
        raise Refused(
            f"Story {taken[0].story_id} tells it in the same language already. "
            "Check the language of both stories, in the panel of each."
        )
    Translation.objects.create(story_id=story_id, original_id=root.story_id, made_by=by)
    record("link_translation", by=by, story_id=story_id, original=root.story_id, language=mine[0].language)
    now = group_of(story_id)
    _pages_change(now)
    return now


@transaction.atomic
def unlink_translation(*, by: Any, story_id: int, token: str | None) -> None:
    """Take a story out of its group of translations; an original lets all of them go. Raises `Refused`."""
    _hold(by, story_id, story_id, token=token)
    article = Article.objects.select_related("section", "desk").filter(pk=story_id).first()
    if article is not None and (reason := roles.refusal(by, "refile", article)):
        raise Refused(reason)
    _pages_change(group_of(story_id))
    rows = Translation.objects.filter(Q(pk=story_id) | Q(original=story_id))
    gone = list(rows.order_by("pk").values_list("pk", "original"))
    if not gone:
        raise Refused("This story is linked to no other. Reload the page.")
    rows.delete()
    for story, original in gone:
        record("unlink_translation", by=by, story_id=story, original=original)


def _pages_change(group: Iterable[Member]) -> None:
    """Each page of a group leads to all the others, and so do the sitemaps."""
    pages = {cache_keys.key("story", one.story_id) for one in group}
    announcing.keys_change(*pages, cache_keys.LISTS)


def _hold(by: Any, story_id: int, other: int, *, token: str | None) -> None:
    """Lock both stories, check the role and that the page showed the group as it is."""
    if reason := roles.refusal(by, "refile"):
        raise Refused(reason)
    said = need_token(token)
    list(Story.objects.select_for_update().filter(pk__in=(story_id, other)).order_by("pk"))
    if said != token_of(story_id):
        raise Refused("Somebody else changed these links since you opened the page. Look again, then decide.")

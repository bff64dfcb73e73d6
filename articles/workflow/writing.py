"""Puts contents into the copy's rows: its own, and those that hang from it. The verbs decide whether they may."""

from collections.abc import Collection
from dataclasses import fields
from typing import Any

from articles.models import (
    Article,
    Byline,
    Contents,
    CopyWord,
    Placement,
    Section,
    Tagging,
    heading_words,
)
from articles.models.contributor import with_slugs
from articles.workflow import filing
from articles.workflow.refusals import Refused

TEXT_FIELDS = ("headline", "slug", "kicker", "standfirst", "dateline", "body", "language", "note")
EVERY = frozenset(one.name for one in fields(Contents))


def limit_of(name: str) -> int | None:
    """Return how many characters a field of the copy holds, None where it holds any number."""
    limit: int | None = getattr(Article._meta.get_field(name), "max_length", None)
    return limit


def write(article: Article, contents: Contents, *, changed: Collection[str] = EVERY) -> None:
    """Put the `changed` fields of `contents` into the article and its rows; the article itself is not saved yet."""
    before = heading_words(article.headline, article.slug)
    for name in TEXT_FIELDS:
        value, limit = getattr(contents, name), limit_of(name)
        if limit and len(value) > limit:
            raise Refused(f"The {name} is {len(value)} characters long; {limit} is the most. Shorten it.")
        setattr(article, name, value)
    article.unfinished = dict(contents.unfinished)
    if "section" in changed:
        slug = contents.section
        article.section = Section.objects.filter(slug=slug).first() if slug else None
    for name, put in (("bylines", _bylines), ("pictures", _pictures), ("tags", _tags)):
        if name in changed:
            put(article, contents)
    _words(article, before)


def _words(article: Article, before: frozenset[str]) -> None:
    """Keep the words by which the copy is found in step with its headline and slug: no query where they stay."""
    now = heading_words(article.headline, article.slug)
    if gone := before - now:
        CopyWord.objects.filter(article=article, word__in=gone).delete()
    if new := now - before:
        rows = [CopyWord(article=article, word=word) for word in sorted(new)]
        CopyWord.objects.bulk_create(rows, ignore_conflicts=True)


def _bylines(article: Article, contents: Contents) -> None:
    article.bylines.all().delete()
    known = with_slugs([*{line.contributor for line in contents.bylines}])
    people = {row.slug: row.alias_of or row for row in known}
    rows: dict[Any, Any] = {
        (people[line.contributor].pk, line.role): line
        for line in contents.bylines
        if line.contributor in people
    }
    Byline.objects.bulk_create(
        Byline(
            article=article,
            contributor=people[line.contributor],
            role=line.role,
            order=order,
            as_printed="" if line.as_printed == people[line.contributor].name else line.as_printed,
        )
        for order, line in enumerate(rows.values())
    )


def _pictures(article: Article, contents: Contents) -> None:
    article.placements.all().delete()
    placed = {one.picture: one for one in contents.pictures}
    Placement.objects.bulk_create(
        Placement(
            article=article,
            picture_id=key,
            caption=None if one.caption_is_absent else one.own_caption,
            caption_is_absent=one.caption_is_absent,
            credit=one.own_credit,
            alt=one.own_alt,
            order=order,
        )
        for order, (key, one) in enumerate(placed.items())
    )


def _tags(article: Article, contents: Contents) -> None:
    article.taggings.all().delete()
    Tagging.objects.bulk_create(
        Tagging(content_object=article, tag=tag) for tag in filing.tags_named(contents.tags)
    )

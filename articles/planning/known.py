"""Says how a story that one may know of stands in a plan: by its slug, with its headline only for who may read it."""

from typing import Any

from django.urls import reverse

from articles.workflow.editions import slug_of


def slug_shown(article: Any) -> str:
    """Return the slug under which the desk speaks of a story: its own, else the one its headline would make."""
    return article.slug or slug_of(article.headline, article.language)


def address_of(article: Any) -> str:
    """Return where the story is worked on."""
    return reverse("admin:articles_article_change", args=[article.pk])


def person(user: Any) -> str:
    """Return how the desk calls a person: their full name, else the name they log in with."""
    return (user.get_full_name() or user.get_username()) if user else ""

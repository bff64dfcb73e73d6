"""Keeps whole public answers in each worker's memory, packed, until something that they show changes (decision 20)."""

from collections.abc import Callable
from typing import Any

from django.conf import settings

from newsroom.page_cache.ahead import ask_of_pages
from newsroom.page_cache.application import Application, PageCache, ask_of_turns
from newsroom.page_cache.formes import ours
from newsroom.page_cache.ledger import touch

# By which name a signal of changed pages is connected with `touch`.
TOLD = "changed pages are forgotten"

__all__ = ["TOLD", "around", "ask_of_pages", "ask_of_turns", "touch"]


def around(site: Callable[..., Any]) -> Application:
    """Return the site with its page cache around it; the site itself where nothing is to be kept."""
    formes = ours()
    if settings.PAGE_CACHE <= 0 and formes is None:
        return site
    return PageCache(site, room=settings.PAGE_CACHE * 2**20, formes=formes)

"""The desk as a site: its name, its few ways in, and a first page that shows whose turn it is."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from articles import roles, workflow
from articles.authoring.word import reading, refusing


class Desk(admin.AdminSite):
    """Django's admin site, quietened: no sidebar, no bulk deletion, the paper's name over it."""

    enable_nav_sidebar = False
    index_title = "Desk"
    # Other rooms of the desk, each by what returns its addresses; `articles.admin` hangs them in.
    rooms: ClassVar[list[Callable[[admin.AdminSite], list[Any]]]] = []
    # What rooms put on the first screen, each a callable that returns what its part of the page shows.
    screens: ClassVar[list[Callable[[HttpRequest], dict[str, Any]]]] = []

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the ways in that the person's roles open."""
        names = {"site_title": settings.SITE_NAME, "site_header": settings.SITE_NAME}
        return {
            **super().each_context(request),
            **names,
            "ways": self._ways(request.user),
            "unseen_notices": partial(workflow.unseen, request.user),
            "takes_word_files": reading.is_set_up() and roles.has_role(request.user, "start"),
            "largest_word_file": refusing.LARGEST_FILE,
            "too_big_word_file": refusing.TOO_BIG,
        }

    def _ways(self, user: Any) -> list[tuple[str, str]]:
        wanted = [
            ("start", "Copy", "articles_article_changelist"),
            ("start", "Budget", "desk_budget"),
            ("start", "Month", "desk_month"),
            ("front", "Front", "desk_front"),
            ("take_up", "Archive", "articles_edition_changelist"),
            ("pictures", "Pictures", "media_picture_changelist"),
            ("merge", "Tags", "articles_tag_changelist"),
            ("merge", "People", "articles_contributor_changelist"),
            ("organise", "Sections", "articles_section_changelist"),
            ("organise", "Desks", "articles_desk_changelist"),
            ("import", "Imports", "articles_importrun_changelist"),
            ("start", "Log", "desk_log"),
        ]
        ways = [
            (label, reverse(f"{self.name}:{address}"))
            for verb, label, address in wanted
            if roles.has_role(user, verb)
        ]
        if user.is_superuser:
            ways.append(("Accounts", reverse(f"{self.name}:auth_user_changelist")))
        return ways

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show what the rooms put on the first screen, and what wants work in the library."""
        shown: dict[str, Any] = {"waiting_work": self._waiting_work(request)}
        for screen in self.screens:
            shown |= screen(request)
        return super().index(request, {**(extra_context or {}), **shown})

    def _waiting_work(self, request: HttpRequest) -> list[Any]:
        """Ask each page of the desk that keeps work lists for those that hold anything, without knowing its room."""
        pages = [page for page in self._registry.values() if hasattr(page, "waiting_work")]
        return [found for page in pages for found in page.waiting_work(request)]

    def get_urls(self) -> list[Any]:
        """Add the rooms' addresses, and leave out Django's way from any row to its public address: it asks no role, and an address holds a slug."""
        own = [address for room in self.rooms for address in room(self)]
        return own + [one for one in super().get_urls() if getattr(one, "name", "") != "view_on_site"]

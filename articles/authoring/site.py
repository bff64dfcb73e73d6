"""The desk as a site: its name, its few ways in, and a first page that shows whose turn it is."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from articles import roles
from articles.authoring import board


class Desk(admin.AdminSite):
    """Django's admin site, quietened: no sidebar, no bulk deletion, the paper's name over it."""

    enable_nav_sidebar = False
    index_title = "Desk"
    # Other rooms of the desk, each by what returns its addresses; `articles.admin` hangs them in.
    rooms: ClassVar[list[Callable[[admin.AdminSite], list[Any]]]] = []

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the ways in that the person's roles open."""
        names = {"site_title": settings.SITE_NAME, "site_header": settings.SITE_NAME}
        return {**super().each_context(request), **names, "ways": self._ways(request.user)}

    def _ways(self, user: Any) -> list[tuple[str, str]]:
        wanted = [
            ("start", "Copy", "articles_article"),
            ("take_up", "Archive", "articles_edition"),
            ("pictures", "Pictures", "media_picture"),
            ("merge", "Tags", "articles_tag"),
            ("merge", "People", "articles_contributor"),
            ("organise", "Sections", "articles_section"),
            ("organise", "Desks", "articles_desk"),
            ("import", "Imports", "articles_importrun"),
        ]
        known = {f"{model._meta.app_label}_{model._meta.model_name}" for model in self._registry}
        ways = [
            (label, reverse(f"{self.name}:{model}_changelist"))
            for verb, label, model in wanted
            if model in known and roles.has_role(user, verb)
        ]
        if user.is_superuser:
            ways.append(("Accounts", reverse(f"{self.name}:auth_user_changelist")))
        return ways

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the person's own copy, what waits for them, what is scheduled, and what wants work in the library."""
        shown = {"shelves": board.shelves(request.user), "waiting_work": self._waiting_work(request)}
        return super().index(request, {**(extra_context or {}), **shown})

    def _waiting_work(self, request: HttpRequest) -> list[Any]:
        """Ask each page of the desk that keeps work lists for those that hold anything, without knowing its room."""
        pages = [page for page in self._registry.values() if hasattr(page, "waiting_work")]
        return [found for page in pages for found in page.waiting_work(request)]

    def get_urls(self) -> list[Any]:
        """Add the rooms' addresses, and leave out Django's way from any row to its public address: it asks no role, and an address holds a slug."""
        own = [address for room in self.rooms for address in room(self)]
        return own + [one for one in super().get_urls() if getattr(one, "name", "") != "view_on_site"]

"""The picture library in the admin: the doors to its pages, and what of it stands on the desk's first page."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from articles import roles
from articles.picture_desk import addresses, alikes, grid, rights, taking_in, together, working
from articles.picture_desk.lists import ALIKE, LISTS, Counted, counted
from media.models import Picture

if TYPE_CHECKING:
    Plain = admin.ModelAdmin[Picture]
else:
    Plain = admin.ModelAdmin


class PictureAdmin(Plain):
    """Every picture. Nothing here is ever deleted: a Media ID never dangles."""

    view_on_site = False
    actions = None

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the library instead of Django's own list."""
        return grid.library(self.admin_site, request)

    def get_urls(self) -> list[URLPattern]:
        """Return the list and the library's own pages: no deletion, and no form that knows no version."""
        seen, site = self.admin_site.admin_view, self.admin_site
        only_list = [url for url in super().get_urls() if url.name and url.name.endswith("_changelist")]
        lists = [
            path(f"work/{one.name}/", seen(partial(working.work, site, one.name)), name=_named(one.name))
            for one in LISTS
        ]
        return [
            *taking_in.addresses(site),
            path("find/", seen(grid.find), name="media_picture_find"),
            path(
                "together/",
                seen(require_POST(partial(together.together, site))),
                name="media_picture_together",
            ),
            path("work/", seen(partial(working.overview, site)), name="media_picture_work"),
            path(f"work/{ALIKE}/", seen(partial(alikes.alike, site)), name=_named(ALIKE)),
            *lists,
            path("rights/", seen(partial(rights.rights, site)), name="media_picture_rights"),
            path("rights/csv/", seen(rights.as_csv), name="media_picture_rights_csv"),
            *addresses.of_one_picture(site),
            *only_list,
        ]

    def waiting_work(self, request: HttpRequest) -> list[tuple[Counted, str]]:
        """Return the work lists that hold anything, with their addresses, for the desk's first page."""
        if not roles.has_role(request.user, "change_pictures"):
            return []
        return [(one, working.address_of(one.name)) for one in counted() if one.count]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return roles.has_role(request.user, "pictures")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.has_role(request.user, "pictures")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return roles.has_role(request.user, "pictures")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.has_role(request.user, "change_pictures")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _named(name: str) -> str:
    return f"media_picture_work_{name.replace('-', '_')}"

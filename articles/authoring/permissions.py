"""The admin asks the newsroom's roles, never Django's own table of permissions."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.text import capfirst

from articles import roles
from articles.authoring import (
    addresses as addresses,  # registers the converter that every page's address uses
)

if TYPE_CHECKING:
    Plain = admin.ModelAdmin[Any]
else:
    Plain = admin.ModelAdmin


class DeskAdmin(Plain):
    """An admin page whose doors are verbs of `roles.ALLOWED`; nothing in it is ever deleted.

    `sees`, `adds` and `changes` name the verb that opens each door; an empty name keeps it shut.
    """

    heading = ""
    add_words = ""
    sees = "start"
    adds = ""
    changes = ""
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    view_on_site = False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Call the list by the newsroom's word for what it lists."""
        words = {
            "title": self.heading or capfirst(str(self.opts.verbose_name_plural)),
            "add_words": self.add_words or f"Add a {self.opts.verbose_name}",
        }
        return super().changelist_view(request, {**words, **(extra_context or {})})

    def only_the_list(self) -> list[URLPattern]:
        """Return Django's own addresses without its forms, its deletion and its log: only the list is left."""
        return [url for url in super().get_urls() if url.name and url.name.endswith("_changelist")]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.has_role(request.user, self.sees)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(self.adds) and roles.has_role(request.user, self.adds)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self.changes) and roles.has_role(request.user, self.changes)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class OwnersOnly(DeskAdmin):
    """An admin page for whoever runs the site: superusers, and nobody else."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request)

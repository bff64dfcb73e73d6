"""The admin asks the newsroom's roles, never Django's own table of permissions."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from articles import roles

if TYPE_CHECKING:
    Plain = admin.ModelAdmin[Any]
else:
    Plain = admin.ModelAdmin


class DeskAdmin(Plain):
    """An admin page whose doors are verbs of `roles.ALLOWED`; nothing in it is ever deleted.

    `sees`, `adds` and `changes` name the verb that opens each door; an empty name keeps it shut.
    """

    sees = "start"
    adds = ""
    changes = ""
    list_per_page = 50
    show_full_result_count = False
    view_on_site = False

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

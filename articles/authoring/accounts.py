"""Accounts and roles in the admin: for whoever runs the site. An account is switched off, never deleted."""

from django.contrib.auth.admin import GroupAdmin, UserAdmin

from articles.authoring.permissions import OwnersOnly


class AccountAdmin(OwnersOnly, UserAdmin):  # type: ignore[type-arg]
    """People who may log in; their groups are their roles."""

    heading = "Accounts"
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Who", {"fields": ("first_name", "last_name", "email")}),
        ("At the desk", {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        ("When", {"fields": ("last_login", "date_joined")}),
    )
    list_display = ("username", "first_name", "last_name", "is_active", "is_superuser")
    list_filter = ("is_active", "is_superuser", "groups")
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()


class RoleAdmin(OwnersOnly, GroupAdmin):
    """The five roles, as groups. Their names are what the newsroom's rules ask for."""

    fields = ("name",)
    readonly_fields = ("name",)
    filter_horizontal = ()

    def has_add_permission(self, request: object) -> bool:
        return False

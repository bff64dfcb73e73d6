"""Puts the newsroom's own desk in the place of Django's plain admin site."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, with the desk as its site."""

    default_site = "articles.authoring.site.Desk"

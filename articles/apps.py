"""The story, from first draft to archive, as a Django app."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Copy, editions and every room that works on them or shows them."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "articles"
    verbose_name = "Newsroom"

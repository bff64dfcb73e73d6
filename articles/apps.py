"""The story, from first draft to archive, as a Django app."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Copy, editions and every room that works on them or shows them."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "articles"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        """Wire the one signal: a picture's file came or changed, and the editions that print it follow."""
        from articles.workflow.rederiving import picture_changed  # noqa: PLC0415
        from media import signals  # noqa: PLC0415

        signals.picture_changed.connect(picture_changed, dispatch_uid="editions follow pictures")

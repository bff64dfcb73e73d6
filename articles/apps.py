"""The story, from first draft to archive, as a Django app."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Copy, editions and every room that works on them or shows them."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "articles"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        """Wire the signals: of a picture that changed, to the editions that print it; of changed pages, to who keeps them."""
        from articles.models import newest, turns  # noqa: PLC0415
        from articles.workflow.announcing import pages_changed  # noqa: PLC0415
        from articles.workflow.rederiving import picture_changed, pictures_entered  # noqa: PLC0415
        from media import signals  # noqa: PLC0415
        from newsroom import page_cache  # noqa: PLC0415

        signals.picture_changed.connect(picture_changed, dispatch_uid="editions follow pictures")
        signals.pictures_entered.connect(pictures_entered, dispatch_uid="makers are credited")
        pages_changed.connect(page_cache.touch, dispatch_uid=page_cache.TOLD)
        page_cache.ask_of_turns(turns.between)
        page_cache.ask_of_pages(newest.pages)

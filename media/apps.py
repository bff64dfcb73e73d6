"""The picture library as a Django app."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Pictures, independent of any story."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "media"
    verbose_name = "Picture library"

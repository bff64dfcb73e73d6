"""Registers the project's own commands and system checks with Django."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from newsroom import checks


class NewsroomConfig(AppConfig):
    """The wiring as an app, so that its commands and checks are found."""

    name = "newsroom"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        """Let `manage.py check`, and every command that runs it, ask whether the settings are safe."""
        register(checks.unsafe_settings, Tags.security)

"""What commands that ask the database are made of: they begin only where it has every migration this code knows."""

from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from newsroom import health


def need_migrated() -> None:
    """Stop a command, in a sentence, where migrations are not applied: it would fail half way, for want of a table."""
    if missing := health.unapplied_migrations():
        what = "1 migration is" if len(missing) == 1 else f"{len(missing)} migrations are"
        raise CommandError(f"{what} not applied to the database. Run `manage.py migrate` first.")


class DatabaseCommand(BaseCommand):
    """A command that does nothing in a database that is not ready for it."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Look at the database first; one that does not answer is told of by the command, or waited for."""
        with suppress(DatabaseError):
            need_migrated()
        return super().execute(*args, **options)

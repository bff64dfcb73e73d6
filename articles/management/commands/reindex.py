"""Makes the search index anew, beside the one that answers meanwhile; goes on where it was stopped."""

from typing import Any

from django.core.management.base import CommandError

from articles.index import Taken, reindex
from articles.models import Edition
from newsroom import progress
from newsroom.migrated import DatabaseCommand


class Command(DatabaseCommand):
    """For an index that was lost or damaged, and after an upgrade that says so. Ctrl-C stops it, and loses nothing."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the index, and say what to do where that was not done."""
        total = Edition.objects.count()
        with progress.bar("Indexing", total=total, units="editions", stream=self.stderr) as bar:
            try:
                is_done = reindex(is_stopped=lambda: bar.is_stopped, step=bar.step)
            except Taken as taken:
                raise CommandError(
                    f"{taken} Where that is keep_index, it makes the index itself if there is none;"
                    " stop it to make another one."
                ) from taken
        if is_done:
            self.stdout.write("The search answers from the new index.")
        else:
            self.stdout.write("Stopped. Run `manage.py reindex` again to go on from here.")

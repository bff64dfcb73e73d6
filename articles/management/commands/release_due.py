"""Announces the editions whose moment has come, ends what changes of a picture left to be done, mails notices, keeps the record.

Readers see an edition from its second whether or not this ever runs.
"""

from typing import Any

from articles import workflow
from articles.together import mail
from newsroom.migrated import DatabaseCommand
from newsroom.moments import in_words


class Command(DatabaseCommand):
    """For a timer, once a minute: safe to run twice at once, each edition is announced by one of them."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was announced, or that nothing was due."""
        released = workflow.release_due()
        for edition in released:
            self.stdout.write(
                f"Announced story {edition.story_id}, edition {edition.number}, public since "
                f"{in_words(edition.live_from)}: {edition.headline}"
            )
        followed = workflow.follow_due()
        if followed:
            noun = "story" if followed == 1 else "stories"
            self.stdout.write(f"{followed:,} {noun} followed a change in the library.")
        redrawn = workflow.redraw_due()
        if redrawn:
            noun = "picture" if len(redrawn) == 1 else "pictures"
            self.stdout.write(f"Redrew the editions of {len(redrawn)} changed {noun}.")
        sent = mail.send_due()
        if sent and (sent.people or sent.troubled):
            self.stdout.write(sent.in_words())
        kept = workflow.keep_record().sentences()
        for sentence in kept:
            self.stdout.write(sentence)
        if not released and not followed and not redrawn and not kept:
            self.stdout.write("Nothing was due.")

"""Takes many new stories into the index while they come in, so that nothing of them is read again when all are here.

The database is first: what goes to the disk was committed, and stays due until the disk has committed it too. Whatever ends
a run, wherever, is made good by the next `keep_index`.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import tantivy
from django.db import connection

from articles.index import disk, name_words, postgres_rows
from articles.index.keeping_index import (
    A_COMMIT,
    BATCH,
    LARGE_HEAP,
    Taken,
    alone,
    editions_of,
    live_index,
    settle,
    write,
)
from articles.index.keeping_words import WordCounts
from articles.index.typed import Typed, of_stories
from articles.models.edition import Edition
from articles.models.search_index import IndexDue


class Intake:
    """One run's way into the index."""

    def __init__(self) -> None:
        # Whether what comes is to be typed as it is set; without, it is due as ever, and taken in when all is here.
        self.is_open = postgres_rows.are_searched()
        self._index: tantivy.Index | None = None
        self._writer: tantivy.IndexWriter | None = None
        self._due: dict[int, str] = {}
        self._words = WordCounts()

    def open(self, index: tantivy.Index | None) -> None:
        """Take into `index`, if there is one, from now on."""
        self._index, self.is_open = index, index is not None

    def take(self, typed: Typed | None, due: dict[int, str]) -> None:
        """Take in new stories whose transaction is committed, each with the token under which it is due."""
        if typed is None or self._index is None:
            return
        # Once its threads run, this process is not to be copied any more.
        self._writer = self._writer or self._index.writer(LARGE_HEAP, 1)
        write(self._writer, typed, self._words)
        self._due |= due
        if len(self._due) >= A_COMMIT:
            self._commit(self._writer)

    def close(self) -> None:
        """Commit what came, and wait for the disk."""
        if self._writer is not None:
            self._commit(self._writer)
            self._writer.wait_merging_threads()
            # As `keep_index` does, which has nothing left to do.
            name_words.list_words()
        self.leave()

    def leave(self) -> None:
        """Leave uncommitted what came: it is due."""
        self._writer = None

    def _commit(self, writer: tantivy.IndexWriter) -> None:
        # As for the fold: should this end half way, what it wrote does not count.
        IndexDue.objects.filter(is_known=False).update(is_known=True)
        others = self._take_others(writer)
        writer.commit()
        settle(self._due | others, self._words)
        self._due, self._words = {}, WordCounts()

    def _take_others(self, writer: tantivy.IndexWriter) -> dict[int, str]:
        """Take in what else has become due meanwhile: the one who writes is the only one who can."""
        index = self._index
        every = IndexDue.objects.values_list("story", "token").iterator(chunk_size=A_COMMIT)
        others = dict([row for row in every if row[0] not in self._due][:BATCH])
        if others and index is not None:
            index.reload()
            keys = list(others)
            typed = of_stories((keys, editions_of(index, keys)))
            writer.delete_documents_by_query(tantivy.Query.term_set_query(disk.SCHEMA, "story", keys))
            write(writer, typed, self._words)
        return others


@contextmanager
def intake() -> Iterator[Intake]:
    """Give the way into the index to whoever brings very many stories, and commit what came when they are here.

    Closed, and nothing lost by it, where another process writes the index, where there is none and many stories are, and
    within a transaction: what it undoes would stay on the disk.
    """
    one = Intake()
    if connection.in_atomic_block:
        yield one
        return
    with ExitStack() as stack:
        if one.is_open:
            stack.enter_context(_of_rows())
            yield one
            return
        try:
            stack.enter_context(alone())
            one.open(live_index())
        except Taken:
            pass
        stack.callback(one.leave)
        yield one
        one.close()


@contextmanager
def _of_rows() -> Iterator[None]:
    """Let PostgreSQL take in the words of many rows at once: of a site's first stories when all of them are here."""
    with ExitStack() as stack:
        try:
            stack.enter_context(alone())
            is_first = not Edition.objects.exists()
        except Taken:
            is_first = False
        stack.enter_context(postgres_rows.laying() if is_first else postgres_rows.gathering())
        yield

"""What the search index keeps in the database: its words, which stories it has yet to take in, and what state it is in."""

import secrets
from typing import Any, ClassVar

from django.db import models

from articles.models.contributor import Contributor
from articles.models.edition import Edition
from articles.models.tag import Tag


class IndexWord(models.Model):
    """One word of the archive, in its exact form (`articles.index.words`): how many editions have it, and as what.

    `seen` and `capitals` count where sentences run, not in headlines, so that a name is told from an ordinary word.
    `alike` is the key under which spellings of one name meet. For planning and for guesses: what is counted here
    is never shown, and whether readers may see a story with the word is not said.
    """

    word = models.CharField(max_length=60, primary_key=True)
    editions = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    capitals = models.PositiveIntegerField(default=0)
    alike = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes: ClassVar = [
            # Of all words: of an index of some, a database must know from a question's values that they are among them.
            models.Index(fields=["alike"], name="index_words_by_alike"),
        ]

    def __str__(self) -> str:
        return self.word

    @property
    def is_ordinary(self) -> bool:
        """Say whether the word is often written small, or in capitals alone: no name, and no other spelling is meant by it."""
        return self.capitals * 10 < self.seen * 8


class NameWord(models.Model):
    """One word of the name of a tag or contributor: so a name is found by its words, however many names there are.

    A name whose words are not listed yet says so itself: it is another one than the `worded` of its row.
    """

    word = models.CharField(max_length=60, db_index=True)
    stem = models.CharField(max_length=60, db_index=True)
    tag = models.ForeignKey(Tag, null=True, related_name="+", on_delete=models.CASCADE)
    contributor = models.ForeignKey(Contributor, null=True, related_name="+", on_delete=models.CASCADE)

    def __str__(self) -> str:
        return self.word


def random_token() -> str:
    """Return a token that nobody had before."""
    return secrets.token_hex(8)


class IndexDue(models.Model):
    """A story that changed since the index on disk took it in, written in the transaction that changed it.

    `token` is another one each time, so that what changed again meanwhile stays due. `is_known` says that the index may
    hold the story from before, so that what it holds does not count.
    """

    story = models.BigIntegerField(primary_key=True)
    token = models.CharField(max_length=16, default=random_token)
    is_known = models.BooleanField(default=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["story"], condition=models.Q(is_known=True), name="index_due_known"),
        ]

    def __str__(self) -> str:
        return f"story {self.story}"


class LexemesField(models.TextField):  # type: ignore[type-arg]
    """A `tsvector` on PostgreSQL. On SQLite, where nothing is kept in it, a text."""

    def db_type(self, connection: Any) -> str:
        """Return the column's type."""
        return "tsvector" if connection.vendor == "postgresql" else "text"


class KeysField(models.TextField):  # type: ignore[type-arg]
    """An array of numbers on PostgreSQL. On SQLite, where nothing is kept in it, a text."""

    def db_type(self, connection: Any) -> str:
        """Return the column's type."""
        return "bigint[]" if connection.vendor == "postgresql" else "text"


class IndexedEdition(models.Model):
    """An edition as PostgreSQL searches it, one row each; no rows on SQLite, whose index is on disk.

    `lexemes` are words by zone and form, and all filing, a space between, which the index holds as a vector; `said_*` the words
    of each zone in order, for phrases; `filed` its tags, contributors and month, to be counted. `spot` is that of `articles.index.sheet`, moved into the numbers that a column
    holds; `since` and `until` as the index on disk has them. `is_counted` says that the archive's list of words has its words.
    """

    edition = models.OneToOneField(Edition, primary_key=True, related_name="+", on_delete=models.CASCADE)
    story = models.BigIntegerField(db_index=True)
    spot = models.BigIntegerField(db_index=True)
    since = models.BigIntegerField()
    until = models.BigIntegerField()
    is_shown = models.BooleanField()
    on = models.DateField(null=True)
    section = models.BigIntegerField(null=True)
    language = models.CharField(max_length=8)
    has_picture = models.BooleanField()
    filed = KeysField()
    kinds = models.CharField(max_length=60, blank=True)
    lexemes = models.TextField()
    said_h = models.TextField(blank=True)
    said_l = models.TextField(blank=True)
    said_a = models.TextField(blank=True)
    said_b = models.TextField(blank=True)
    said_c = models.TextField(blank=True)
    said_p = models.TextField(blank=True)
    is_counted = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["edition"], condition=models.Q(is_counted=False), name="indexed_uncounted"),
        ]

    def __str__(self) -> str:
        return f"edition {self.edition_id}"


class IndexedRevision(models.Model):
    """A revision that the desk's search has taken in, by its number; on PostgreSQL with the words that it has.

    On SQLite the words are in a table of its own kind, `articles_revisionwords`, under the same number.
    """

    revision = models.BigIntegerField(primary_key=True)
    lexemes = LexemesField(null=True)

    def __str__(self) -> str:
        return f"revision {self.revision}"


class IndexState(models.Model):
    """Which index is the live one: the folder it is in, and its `generation`, another one after each change. One row."""

    generation = models.CharField(max_length=16, default=random_token)
    folder = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.folder} {self.generation}"

"""Keeps the list of the archive's words: how many editions have each, and how often it is written with a capital."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from articles.index import alike
from articles.index.asked import Zone
from articles.index.sheet import Sheet, sheets_of
from articles.index.words import SIGNS_OF_NAMES, every_exact
from articles.models.edition import Edition
from articles.models.search_index import IndexWord
from newsroom.rows import Rows

WORDS = Rows(IndexWord, "word", "editions", "seen", "capitals", "alike")

# Of a word: how many editions have it, how often it is seen in running text, and how often with a capital.
Counted = dict[str, tuple[int, int, int]]


def words_of(editions: Iterable[Edition]) -> dict[str, IndexWord]:
    """Return the words of editions, counted."""
    tally = WordCounts()
    for _, sheet, written in sheets_of(editions):
        tally.add(sheet, written)
    return {row.word: row for row in rows_of(tally)}


class WordCounts:
    """Words being counted, edition by edition, without a line of Python for each; several counts can be added up."""

    def __init__(
        self, editions: Mapping[str, int] | None = None, written: Mapping[str, int] | None = None
    ) -> None:
        # How many editions have a word in its exact form; how often running text has it as it is written.
        self.editions, self.written = Counter[str](editions), Counter[str](written)

    def add(self, sheet: Sheet, written: Iterable[str]) -> None:
        """Count the words of one more edition; those of its running text come as they are `written`."""
        self.add_all([(sheet, written)])

    def add_all(self, some: Iterable[tuple[Sheet, Iterable[str]]]) -> None:
        """Count the words of more editions."""
        every = list(some)
        for sheet, _ in every:
            self.editions.update(sheet.words[Zone.TEXT])
        for _, written in every:
            self.written.update(written)

    def counted(self) -> Counted:
        """Return what was counted so far."""
        seen, capitals = dict[str, int](), dict[str, int]()
        for word, times in zip(every_exact(self.written), self.written.values(), strict=True):
            seen[word] = seen.get(word, 0) + times
        large = {word: times for word, times in self.written.items() if _is_capital(word)}
        for word, times in zip(every_exact(large), large.values(), strict=True):
            capitals[word] = capitals.get(word, 0) + times
        times_seen, times_large = seen.get, capitals.get
        return {
            word: (editions, times_seen(word, 0), times_large(word, 0))
            for word, editions in self.editions.items()
        }


def _is_capital(word: str) -> bool:
    """Say whether a word begins with a capital and goes on otherwise: what has capitals alone is an acronym, or shouted."""
    return (word[0].isupper() or word.lstrip(SIGNS_OF_NAMES)[:1].isupper()) and not word.isupper()


def add_counted(counts: WordCounts, more: WordCounts) -> None:
    """Count the words of editions that were counted elsewhere."""
    counts.editions.update(more.editions)
    counts.written.update(more.written)


def rows_of(counts: WordCounts) -> Iterator[IndexWord]:
    """Return words that were counted as rows."""
    for word, (editions, seen, capitals) in counts.counted().items():
        yield IndexWord(
            word=word, editions=editions, seen=seen, capitals=capitals, alike=alike.key(word)[:60]
        )


def count_words(counts: WordCounts) -> None:
    """Add words that were counted to the archive's list."""
    # In order, so that no two writers wait for each other.
    rows = [WORDS.row(word, *row, alike.key(word)[:60]) for word, row in sorted(counts.counted().items())]
    WORDS.merge(rows, ["word"], summed=["editions", "seen", "capitals"])

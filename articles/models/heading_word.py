"""The words of headlines and slugs, each a row, so that a story is found by how its words begin, however many there are."""

import re
from typing import ClassVar

from django.db import models

from articles.models.article import Article
from articles.models.edition import Edition
from newsroom.folding import fold_words

# Longer words are found by so much of them; a headline of 300 characters never has more words.
LONGEST_WORD, MOST_WORDS = 60, 150
_ARABIC_ARTICLE = re.compile(r"\A(?:وال|ال|لل)(?=\w{2})")


def heading_words(*texts: str) -> frozenset[str]:
    """Return the folded words of `texts`, an Arabic one without its article too; white space, case and accents are gone."""
    words = fold_words(" ".join(texts)).replace("_", " ").split()[:MOST_WORDS]
    bare = {_ARABIC_ARTICLE.sub("", word) for word in words}
    return frozenset(word[:LONGEST_WORD] for word in bare.union(words) if word)


class CopyWord(models.Model):
    """One word of the headline or slug of a piece of copy, as it stands now."""

    article = models.ForeignKey(Article, related_name="words", on_delete=models.CASCADE, db_index=False)
    word = models.CharField(max_length=LONGEST_WORD)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "word"], name="a_word_once_a_copy")
        ]
        indexes: ClassVar = [models.Index(fields=["word", "article"], name="copies_by_word")]

    def __str__(self) -> str:
        return self.word


class EditionWord(models.Model):
    """One word of the headline or slug of an edition: they never change."""

    edition = models.ForeignKey(Edition, related_name="words", on_delete=models.CASCADE, db_index=False)
    word = models.CharField(max_length=LONGEST_WORD)

    class Meta:
        constraints: ClassVar = [
            # The word first: by it editions are looked up.
            models.UniqueConstraint(fields=["word", "edition"], name="a_word_once_an_edition")
        ]
        indexes: ClassVar = [models.Index(fields=["edition"], name="words_of_edition")]

    def __str__(self) -> str:
        return self.word

"""What is offered while one types, and what was probably meant: from the archive's own words, and public stories alone."""

import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from articles.index import alike
from articles.index.asked import All, Asked, Order, Phrase, Word, Zone
from articles.index.asking import ask
from articles.index.engines import current
from articles.index.finding import find, understood
from articles.index.found import Engine
from articles.index.resolving import Every, Said, Stems, beginning, leaves
from articles.index.snippets import texts_of
from articles.index.words import stem_of, tokens
from articles.models.contributor import Contributor
from articles.models.edition import Edition, EditionQuerySet
from articles.models.search_index import IndexWord
from articles.models.shelf_count import ShelfCount, ShelfKind
from articles.models.tag import Tag
from newsroom.folding import fold
from newsroom.prepared import prepared
from newsroom.sounding import after

LONGEST, MOST_OF_A_KIND, SHORTEST = 100, 3, 2
# Words of the archive looked at for one that was mistyped, and so many that are mended of one question.
NEAR, TRIED, NEAR_MOST, MOST_MENDED = 400, 3, 900, 6
_LETTERS = string.ascii_lowercase + "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي"


class SuggestionKind(StrEnum):
    """What is suggested."""

    HEADLINE = "headline"
    TAG = "tag"
    PERSON = "person"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to look for or go to: its address, and how many public stories it has.

    That is 1 for a headline; None for a word, and at another moment than now: it is not counted then.
    """

    text: str
    kind: SuggestionKind
    url: str
    stories: int | None


def suggest(
    typed: str, *, moment: datetime | None = None, most: int = 8, engine: Engine | None = None
) -> list[Suggestion]:
    """Return what begins as `typed` does: people and tags, the newest headlines, words. `url` is "" for a word."""
    # No database keeps half a character, nor what is not seen.
    typed = "".join(letter for letter in typed[:LONGEST] if letter.isprintable())
    asked = ask(typed)
    words = [leaf for leaf in asked.words.parts if isinstance(leaf, Word)]
    if not words or len(words) != len(asked.words.parts) or sum(len(one.exact) for one in words) < SHORTEST:
        return []
    engine = engine or current()
    named = [*_names(ShelfKind.PERSON, typed, moment), *_names(ShelfKind.TAG, typed, moment)]
    headlines = list(_headlines(words, moment, engine))
    more = list(_words(typed, words, moment, engine)) if len(named) + len(headlines) < most else []
    return [*named, *headlines, *more][:most]


def _names(kind: ShelfKind, typed: str, moment: datetime | None) -> Iterator[Suggestion]:
    start = fold(typed[:LONGEST])
    if not start:
        return
    what = SuggestionKind.TAG if kind == ShelfKind.TAG else SuggestionKind.PERSON
    found: Iterable[Any] = (
        _named_now(start, after(start), kind=kind)
        if moment is None
        else _named(kind, start, after(start))
        .filter(_has_any(kind, moment))
        .order_by("folded")[:MOST_OF_A_KIND]
    )
    for one in found:
        yield Suggestion(one.name, what, one.get_absolute_url(), one.stories if moment is None else None)


def _named(kind: ShelfKind, start: str, end: str) -> QuerySet[Any]:
    model: Any = Tag if kind == ShelfKind.TAG else Contributor
    rows: QuerySet[Any] = model.objects.filter(folded__gte=start, folded__lt=end, alias_of__isnull=True)
    return rows


def _has_any(kind: ShelfKind, moment: datetime) -> Exists:
    row = "tag_rows__tag" if kind == ShelfKind.TAG else "byline_rows__contributor"
    return Exists(Edition.objects.at(moment).filter(**{row: OuterRef("pk")}))


@prepared
def _named_now(start: str, end: str, *, kind: ShelfKind) -> QuerySet[Any]:
    total = ShelfCount.objects.totals(kind).filter(shelf=OuterRef("pk")).values("stories")[:1]
    rows: QuerySet[Any] = _named(kind, start, end).annotate(stories=Subquery(total)).filter(stories__gt=0)
    most: QuerySet[Any] = rows.order_by("-stories", "folded")[:MOST_OF_A_KIND]
    return most


def _headlines(words: list[Word], moment: datetime | None, engine: Engine) -> Iterator[Suggestion]:
    meant = Every((*_meant(words[:-1], Zone.HEADLINE), beginning(Zone.HEADLINE, words[-1].exact)))
    hits = engine.hits(meant, moment=moment, order=Order.NEWEST, after=None, most=MOST_OF_A_KIND)
    if not hits:
        return
    keys = [hit.edition_id for hit in hits]
    # No edition has the number 0.
    rows = (
        _entitled_now(*keys, *[0] * (MOST_OF_A_KIND - len(keys)))
        if moment is None
        else _entitled(Edition.objects.at(moment), keys)
    )
    held = {row.pk: row for row in rows}
    for hit in hits:
        if edition := held.get(hit.edition_id):
            yield Suggestion(edition.headline, SuggestionKind.HEADLINE, edition.get_absolute_url(), 1)


def _entitled(rows: EditionQuerySet, keys: Sequence[int]) -> EditionQuerySet:
    return rows.filter(pk__in=keys).only("story_id", "slug", "headline")


@prepared
def _entitled_now(*keys: int) -> EditionQuerySet:
    return _entitled(Edition.objects.at(), keys)


def _words(typed: str, words: list[Word], moment: datetime | None, engine: Engine) -> Iterator[Suggestion]:
    """Yield how the last word may go on: only what finds a public story, together with the words before it."""
    start = words[-1].exact
    likely = [row for row in _begun(start, after(start)) if row.word != start][: 2 * MOST_OF_A_KIND]
    new = engine.new_words().values()
    likely += [row for row in new if row.word.startswith(start) and row.word != start]
    place = list(tokens(typed[:LONGEST]))[-1].start
    given = 0
    for word in list(dict.fromkeys(row.word for row in likely))[: 2 * MOST_OF_A_KIND]:
        meant = Every((*_meant(words[:-1], Zone.TEXT), Said(Zone.TEXT, (word,))))
        if engine.hits(meant, moment=moment, order=Order.NEWEST, after=None, most=1):
            given += 1
            yield Suggestion(typed[:place] + word, SuggestionKind.WORD, "", None)
        if given == MOST_OF_A_KIND:
            return


@prepared
def _begun(start: str, end: str) -> QuerySet[IndexWord]:
    # One more than are looked at: the word itself may be among them.
    rows = IndexWord.objects.filter(word__gte=start, word__lt=end)
    return rows.order_by("-editions", "word")[: 2 * MOST_OF_A_KIND + 1]


def _meant(words: list[Word], zone: Zone) -> list[Stems]:
    """Return what words mean where nothing is looked up: no other spellings, no names."""
    return [Stems(zone, frozenset({one.stem})) for one in words]


def did_you_mean(asked: Asked, *, moment: datetime | None = None, engine: Engine | None = None) -> str | None:
    """Return `asked`'s text with its mistyped words as the archive has them; None where nothing public is found so.

    To be asked where little was found: words that no public story has are looked at, and those alone.
    """
    engine = engine or current()
    text = asked.text[:500]
    wanted = [leaf.exact for leaf in leaves(asked.words) if isinstance(leaf, Word)]
    there = _found(wanted, moment, engine)
    missing = [one for one in tokens(text) if one.exact in wanted and one.exact not in there][:MOST_MENDED]
    changed = False
    # From the last to the first, so that the places of those before stay.
    for token in reversed(missing):
        near = _near(token.exact, engine.new_words())
        found = _found(near, moment, engine)
        if found:
            word = next(one for one in near if one in found)
            text = f"{text[: token.start]}{_as_written(word, moment, engine)}{text[token.end :]}"
            changed = True
    if not changed:
        return None
    again = ask(text)
    whole = Asked(text, again.words, asked.narrowed)
    return text if find(whole, moment=moment, most=1, engine=engine).total else None


def _as_written(word: str, moment: datetime | None, engine: Engine) -> str:
    """Return a word in its exact form as a public story writes it: small, where it is written so anywhere in that."""
    asked = Asked("", All((Phrase((word,)),)))
    for edition in find(asked, moment=moment, order=Order.NEWEST, most=1, engine=engine).editions:
        every = [
            text[one.start : one.end]
            for text in (*texts_of(edition), edition.headline)
            for one in tokens(text)
            if one.exact == word
        ]
        return min(every, key=lambda one: one != one.lower(), default=word)
    return word


def _found(words: Sequence[str], moment: datetime | None, engine: Engine) -> set[str]:
    """Return those of some words that any public story has, in two queries for all."""
    single = list(dict.fromkeys(words))
    meant = understood(Asked("", All(tuple(Word(one, stem_of(one)) for one in single))), engine)
    assert isinstance(meant, Every)
    each = zip(single, meant.parts, strict=True)
    return {
        word
        for word, part in each
        if engine.hits(part, moment=moment, order=Order.NEWEST, after=None, most=1)
    }


def _near(word: str, extra: Mapping[str, IndexWord]) -> list[str]:
    """Return words of the archive's that are a letter or two from `word`, the likeliest first."""
    if len(word) < 3:
        return []
    once = _one_away(word)
    found = [*IndexWord.objects.filter(word__in=sorted(once)[:NEAR_MOST])]
    found += [row for one, row in extra.items() if one in once]
    if not found and (key := alike.key(word)):
        found = [*IndexWord.objects.filter(alike=key).order_by("-editions", "word")[:TRIED]]
        found += [row for row in extra.values() if row.alike == key]
    if not found and len(word) > 4:
        rows = IndexWord.objects.filter(word__gte=word[:2], word__lt=after(word[:2]))
        near = [*rows.order_by("-editions", "word")[:NEAR], *extra.values()]
        found = [row for row in near if row.word[:2] == word[:2] and _distance(row.word, word) <= 2]
    ranked = sorted(found, key=lambda row: (-row.editions, row.word))
    return [one for one in dict.fromkeys(row.word for row in ranked) if one != word][:TRIED]


def _one_away(word: str) -> set[str]:
    """Return every word that is one slip of the finger away, in the letters of `word`'s own script."""
    letters = _LETTERS[:26] if word[0].isascii() else _LETTERS[26:]
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        *(a + b[1:] for a, b in cuts if b),
        *(a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1),
        *(a + letter + b[1:] for a, b in cuts if b for letter in letters),
        *(a + letter + b for a, b in cuts for letter in letters),
    } - {word}


def _distance(one: str, other: str) -> int:
    """Return how many letters must be changed, left out or put in to make one of the other; 3 where more than 2."""
    if abs(len(one) - len(other)) > 2:
        return 3
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, its in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != its))
        if min(row) > 2:
            return 3
    return row[-1]

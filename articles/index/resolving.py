"""Finds out what the words of a question stand for: other spellings in the archive, and the names stories are filed under.

Done when the question is asked, in the transaction that asks, so that a rename or a merge needs no new index.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet

from articles.index import alike
from articles.index.asked import (
    All,
    Asked,
    Dated,
    Either,
    Filed,
    Filing,
    Kinded,
    Not,
    Nothing,
    Part,
    Phrase,
    Pictured,
    Prefix,
    Shows,
    Word,
    Written,
    Zone,
)
from articles.index.name_words import Sought, names_with
from articles.index.words import exacts, starts_sought, stems_sought, stems_written, written
from articles.models.search_index import IndexWord
from articles.models.tag import TagKind
from newsroom.prepared import prepared

# So many other spellings of one word, the most used ones, and so many letters asked of names at once.
MOST_SPELLINGS = 16


@dataclass(frozen=True, slots=True)
class Ids:
    """The rows that stories are filed under."""

    tags: frozenset[int] = frozenset()
    sections: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.tags or self.sections or self.people)


@dataclass(frozen=True, slots=True)
class Stems:
    """Any of these stems stands in `zone`, or the story is filed under one of `ids`."""

    zone: Zone
    stems: frozenset[str]
    ids: Ids = Ids()
    is_free: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """These words stand in `zone` in this order and these forms, or the story is filed under one of `ids`."""

    zone: Zone
    words: tuple[str, ...]
    ids: Ids = Ids()
    is_free: bool = True


@dataclass(frozen=True, slots=True)
class Begins:
    """A word in `zone` begins so, or its stem in one of `stems`, or the story is filed under one of `ids`."""

    zone: Zone
    start: str
    ids: Ids = Ids()
    is_free: bool = True
    stems: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Under:
    """The story is filed under one of `ids`."""

    ids: Ids


@dataclass(frozen=True, slots=True)
class No:
    """Does not meet `part`."""

    part: "Meant"


@dataclass(frozen=True, slots=True)
class Every:
    """Meets every part."""

    parts: tuple["Meant", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Meets a part; of none, nothing does."""

    parts: tuple["Meant", ...]


Textual = Stems | Said | Begins
Fact = Dated | Shows | Written | Pictured | Kinded
Meant = Textual | Under | Fact | No | Every | Some


@dataclass(frozen=True, slots=True)
class Name:
    """A tag, section or contributor as it is called somewhere: `key` is the row in force, `kind` a tag's."""

    filing: Filing
    key: int
    kind: str
    slug: str
    words: tuple[str, ...]
    stems: frozenset[str]


@dataclass
class Known:
    """What the database says of the words of some questions: their other spellings, and the names they stand in."""

    names: list[Name] = field(default_factory=list)
    words: dict[str, IndexWord] = field(default_factory=dict)
    alike: dict[str, list[IndexWord]] = field(default_factory=lambda: defaultdict(list))

    def spellings(self, word: str) -> tuple[str, ...]:
        """Return by which other words the archive spells `word` as well, if it may be a name."""
        own = self.words.get(word)
        key = alike.key(word)
        if not key or (own is not None and own.is_ordinary):
            return ()
        others = [one for one in self.alike.get(key, ()) if not one.is_ordinary and one.word != word]
        others.sort(key=lambda one: (-one.editions, one.word))
        return tuple(one.word for one in others[:MOST_SPELLINGS])

    def mark(self, asked: Asked) -> None:
        """Keep in a question what else is marked in the stories found."""
        asked.marks.spellings.update(
            (leaf, self.spellings(leaf.exact)) for leaf in leaves(asked.words) if isinstance(leaf, Word)
        )


def resolved(whole: All, extra: Mapping[str, IndexWord] | None = None) -> tuple[Known, Meant]:
    """Return what is known of a question's words, and what it means, in two queries.

    `extra` are words that the archive's list has not taken in yet.
    """
    every = list(leaves(whole))
    words = {leaf.exact for leaf in every if isinstance(leaf, Word)}
    known = Known()
    _learn_words(known, words, extra or {})
    known.names = list(_names(every, known))
    return known, _meant(whole, known)


def leaves(part: Part) -> Iterator[Part]:
    """Yield the leaves of a tree."""
    if isinstance(part, All | Either):
        for one in part.parts:
            yield from leaves(one)
    elif isinstance(part, Not):
        yield from leaves(part.part)
    else:
        yield part


def _learn_words(known: Known, words: set[str], extra: Mapping[str, IndexWord]) -> None:
    keys = {key for word in words if (key := alike.key(word))}
    # Filled even where no spelling can differ: what a word is decides, and an ordinary one stays alone.
    rows: dict[str, IndexWord] = {}
    if keys:
        asked = _filled(words)
        rows = {row.word: row for row in _rows(*asked, *_filled(keys), words=len(asked))}
    for word, row in extra.items():
        if word in words or (row.alike and row.alike in keys):
            held = rows.get(word)
            rows[word] = row if held is None else _sum(held, row)
    for row in rows.values():
        known.words[row.word] = row
        if row.alike:
            known.alike[row.alike].append(row)


def _filled(words: set[str]) -> list[str]:
    """Return words, some of them several times, so that there are 1, 2, 4, 8, ...: of so many there is a query already."""
    some = sorted(words)
    return some + some[:1] * ((1 << (len(some) - 1).bit_length()) - len(some))


@prepared
def _rows(*asked: str, words: int) -> QuerySet[IndexWord]:
    # Two walks along two indexes: with OR, a database may look at every word of the archive.
    rows = IndexWord.objects.filter(word__in=asked[:words])
    return rows.union(IndexWord.objects.filter(alike__in=asked[words:]))


def _sum(one: IndexWord, other: IndexWord) -> IndexWord:
    return IndexWord(
        word=one.word,
        editions=one.editions + other.editions,
        seen=one.seen + other.seen,
        capitals=one.capitals + other.capitals,
        alike=one.alike,
    )


def _names(every: Iterable[Part], known: Known) -> Iterator[Name]:
    """Yield the names in which any word of the question stands, in one query."""
    sought = Sought()
    for leaf in every:
        if isinstance(leaf, Word):
            for one in (leaf.exact, *known.spellings(leaf.exact)):
                sought.add(one)
            sought.stems |= stems_sought(leaf.exact, leaf.stem)
        elif isinstance(leaf, Phrase):
            sought.add(leaf.words[0])
        elif isinstance(leaf, Prefix):
            sought.starts |= {leaf.start, *starts_sought(leaf.start)}
        elif isinstance(leaf, Filed):
            for one in leaf.words[:1]:
                sought.add(one)
            sought.slugs |= {leaf.slug, "-".join(leaf.words)} - {""}
    for filing, key, kind, slug, called in names_with(sought):
        words = written(called)
        yield Name(Filing(filing), key, kind, slug, tuple(exacts(words)), frozenset(stems_written(words)))


def _meant(part: Part, known: Known) -> Meant:
    if isinstance(part, Not):
        return No(_meant(part.part, known))
    if isinstance(part, All):
        return Every(tuple(_meant(one, known) for one in part.parts))
    if isinstance(part, Either):
        return Some(tuple(_meant(one, known) for one in part.parts))
    if isinstance(part, Nothing):
        return Some(())
    if isinstance(part, Dated | Shows | Written | Pictured | Kinded):
        return part
    if isinstance(part, Filed):
        return Under(_ids(known, lambda one: _is_filed(one, part)))
    return _textual(part, known)


def _is_filed(name: Name, asked: Filed) -> bool:
    if name.filing is not asked.filing:
        return False
    if asked.slug:
        return name.slug == asked.slug
    return all(
        not name.stems.isdisjoint(stems_sought(word)) for word in asked.words
    ) or name.slug == "-".join(asked.words)


def _ids(known: Known, is_one: Callable[[Name], bool]) -> Ids:
    found: dict[Filing, set[int]] = defaultdict(set)
    for name in known.names:
        if is_one(name):
            found[name.filing].add(name.key)
    return Ids(*(frozenset(found[filing]) for filing in (Filing.TAG, Filing.SECTION, Filing.PERSON)))


def _textual(leaf: Part, known: Known) -> Textual | Some:
    """Return where a word, phrase or beginning is met: in the text, or in the name of a tag or person."""
    assert isinstance(leaf, Word | Phrase | Prefix)
    zone = leaf.zone or Zone.TEXT
    is_free = leaf.zone is None
    if isinstance(leaf, Phrase):
        said = f" {' '.join(leaf.words)} "
        ids = _ids(known, lambda one: said in f" {' '.join(one.words)} " and _counts(one, leaf.zone))
        return Said(zone, leaf.words, ids, is_free)
    if isinstance(leaf, Prefix):
        begun = beginning(zone, leaf.start)
        stems = tuple(begun.stems)
        ids = _ids(
            known,
            lambda one: (
                (
                    any(word.startswith(begun.start) for word in one.words)
                    or any(stem.startswith(stems) for stem in one.stems)
                )
                and _counts(one, leaf.zone)
            ),
        )
        return replace(begun, ids=ids, is_free=is_free)
    own, others = frozenset(stems_sought(leaf.exact, leaf.stem)), known.spellings(leaf.exact)
    ids = _ids(
        known,
        lambda one: (
            not (own.isdisjoint(one.stems) and frozenset(others).isdisjoint(one.words))
            and _counts(one, leaf.zone)
        ),
    )
    inflected = Stems(zone, own, ids, is_free)
    # Another spelling of a name is that and nothing else: its stem may be an ordinary word's.
    spelled = [Said(zone, (one,), is_free=is_free) for one in others]
    return Some((inflected, *spelled)) if spelled else inflected


def beginning(zone: Zone, start: str) -> Begins:
    """Return what begins so in a zone; an Arabic word with or without its article."""
    return Begins(zone, start, stems=frozenset(starts_sought(start)))


def _counts(name: Name, zone: Zone | None) -> bool:
    """Say whether a name counts where a word is looked for: tags and people anywhere, people in a byline, places."""
    if zone is None:
        return name.filing is not Filing.SECTION
    if zone is Zone.BYLINE:
        return name.filing is Filing.PERSON
    return zone is Zone.PLACE and name.kind == TagKind.PLACE


def in_tier(meant: Meant, tier: Zone) -> Meant:
    """Return what meets a question in a tier: what is looked for anywhere stands in `tier`; what is not to be there, nowhere.

    Names count as the lead does, and not as the headline.
    """
    if isinstance(meant, Every):
        return Every(tuple(in_tier(one, tier) for one in meant.parts))
    if isinstance(meant, Some):
        return Some(tuple(in_tier(one, tier) for one in meant.parts))
    if isinstance(meant, Stems | Said | Begins) and meant.is_free:
        return replace(meant, zone=tier, ids=Ids() if tier is Zone.HEADLINE else meant.ids)
    return meant


def has_tiers(meant: Meant) -> bool:
    """Say whether anything is looked for anywhere, so that where it stands makes a difference."""
    if isinstance(meant, Every | Some):
        return any(has_tiers(one) for one in meant.parts)
    return isinstance(meant, Stems | Said | Begins) and meant.is_free

"""Marks in a story what was asked for: its headline, and the stretch of its original text that says most of it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from articles.index.asked import All, Asked, Either, Part, Phrase, Prefix, Word, Zone
from articles.index.sheet import Texts
from articles.index.words import (
    exact_of,
    is_arabic,
    opening_of,
    places,
    places_of,
    starts_sought,
    stems_sought,
    stems_written,
)

# A snippet's length in characters, how much of it stands before the first hit, and how far a long text is read; farther where
# nothing of what was asked for stood there.
LENGTH, BEFORE, FARTHEST, FARTHEST_OF_ALL = 240, 60, 40_000, 400_000
Pieces = list[tuple[str, bool]]
GAP = "…"


@dataclass(frozen=True, slots=True)
class Snippet:
    """Headline and text of a hit in pieces (text, whether it is a hit), as they stand in the original."""

    headline: Pieces
    text: Pieces


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is marked: stems of words, beginnings, and phrases by their last word, each with the number of what it was asked as.

    `met` is what each word of a text met so far, as it is written: one list of hits says most words often.
    """

    stems: dict[str, int]
    exacts: dict[str, int]
    starts: tuple[tuple[str, int], ...]
    ends: dict[str, list[tuple[int, tuple[str, ...]]]]
    openings: tuple[str, ...]
    count: int
    met: dict[str, int | None] = field(default_factory=dict)

    def spans(self, text: str) -> list[tuple[int, int, int]]:
        """Return the hits in `text` in order: where they begin and end, and what was met.

        A text is read until all that was asked for has been seen side by side, and a snippet farther: what comes then is not shown.
        """
        if not self.count:
            return []
        return self._phrased(text) if self.ends else self._worded(text)

    def _worded(self, text: str) -> list[tuple[int, int, int]]:
        hits: list[tuple[int, int, int]] = []
        met, seen, enough = self.met, dict[int, int](), len(text)
        for place in places_of(self.openings, text):
            if place.start() > enough:
                break
            word = place[0]
            what = met[word] if word in met else self._met(word)
            if what is None:
                continue
            hits.append((*place.span(), what))
            seen[what] = place.start()
            enough = self._enough(seen, place.start(), enough)
        return hits

    def _phrased(self, text: str) -> list[tuple[int, int, int]]:
        hits: list[tuple[int, int, int]] = []
        said: list[tuple[str, int]] = []
        seen, enough = dict[int, int](), len(text)
        for place in places(text):
            if place.start() > enough:
                break
            exact, what = exact_of(place[0]), self._met(place[0])
            found = [] if what is None else [(place.start(), place.end(), what)]
            if exact:
                said.append((exact, place.start()))
                found += [(begins, place.end(), number) for begins, number in self._ending(said)]
            if found:
                hits += found
                seen |= {number: begins for begins, _, number in found}
                enough = self._enough(seen, place.start(), enough)
        return _apart(hits)

    def _enough(self, seen: dict[int, int], at: int, enough: int) -> int:
        """Return how far a text is read, when something was met `at` a place; `seen` is where each was met last."""
        is_together = len(seen) == self.count and at - min(seen.values()) <= LENGTH - BEFORE
        return min(enough, at + LENGTH) if is_together else enough

    def _met(self, word: str) -> int | None:
        if word not in self.met:
            self.met[word] = self._what(word, exact_of(word))
        return self.met[word]

    def _ending(self, said: list[tuple[str, int]]) -> Iterator[tuple[int, int]]:
        """Yield where each phrase begins that ends with the last word said, and its number."""
        for number, phrase in self.ends.get(said[-1][0], ()):
            run = said[-len(phrase) :]
            if tuple(exact for exact, _ in run) == phrase:
                yield run[0][1], number

    def _what(self, word: str, exact: str) -> int | None:
        """Return what a word meets. No stem begins otherwise than its words do, but in Arabic, so few need be made."""
        if exact in self.exacts:
            return self.exacts[exact]
        forms = [exact]
        if exact.startswith(self.openings) or not exact.isascii():
            for stem in stems_written([word]):
                if stem in self.stems:
                    return self.stems[stem]
                forms += [stem] if is_arabic(stem) else []
        return next(
            (number for start, number in self.starts if any(one.startswith(start) for one in forms)), None
        )


def marking(asked: Asked) -> Callable[[Texts], Snippet]:
    """Return a function that gives what of an edition is shown in a list of hits, what `asked` looks for marked: no query.

    The question must have been looked for before.
    """
    of_headline, of_text = _sought(asked, {None, Zone.HEADLINE}), _sought(asked, {None})
    of_zones = {zone: _sought(asked, {zone}) for zone in (Zone.CAPTION, Zone.BYLINE, Zone.PLACE)}

    def marked(edition: Texts) -> Snippet:
        headline = edition.headline
        title = _cut(headline, of_headline.spans(headline), 0, len(headline))
        for text in texts_of(edition):
            spans = of_text.spans(text[:FARTHEST])
            if not spans and len(text) > FARTHEST:
                spans = of_text.spans(text[:FARTHEST_OF_ALL])
            if spans:
                return Snippet(title, _stretch(text, spans))
        for zone, text in _zoned(edition):
            spans = of_zones[zone].spans(text)
            if spans:
                return Snippet(title, _stretch(text, spans))
        return Snippet(title, _stretch(edition.excerpt or edition.standfirst or edition.body_text, []))

    return marked


def texts_of(edition: Texts) -> Iterator[str]:
    """Yield the texts in which a snippet may stand, the telling ones first."""
    yield edition.body_text
    yield edition.standfirst
    yield edition.kicker
    for one in edition.pictures:
        yield one.get("caption") or ""
        yield one.get("credit") or ""
    yield edition.byline
    yield edition.dateline


def _zoned(edition: Texts) -> Iterator[tuple[Zone, str]]:
    for one in edition.pictures:
        yield Zone.CAPTION, one.get("caption") or ""
    yield Zone.BYLINE, edition.byline
    yield Zone.PLACE, edition.dateline


def _sought(asked: Asked, zones: set[Zone | None]) -> _Sought:
    words: list[Word] = []
    starts: list[str] = []
    phrases: list[tuple[str, ...]] = []
    for leaf in _positive(asked.words):
        if not isinstance(leaf, Word | Prefix | Phrase) or leaf.zone not in zones:
            continue
        if isinstance(leaf, Word):
            words.append(leaf)
        elif isinstance(leaf, Prefix):
            starts.append(leaf.start)
        else:
            phrases.append(leaf.words)
    stems = {
        stem: number for number, word in enumerate(words) for stem in stems_sought(word.exact, word.stem)
    }
    exacts = {one: number for number, word in enumerate(words) for one in asked.marks.spellings.get(word, ())}
    begun = tuple(
        (one, len(words) + number)
        for number, start in enumerate(starts)
        for one in (start, *starts_sought(start))
    )
    openings = tuple({*map(opening_of, stems), *(start[:3] for start in (*starts, *exacts))})
    ends: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for number, phrase in enumerate(phrases, len(words) + len(starts)):
        ends.setdefault(phrase[-1], []).append((number, phrase))
    return _Sought(stems, exacts, begun, ends, openings, len(words) + len(starts) + len(phrases))


def _positive(part: Part) -> Iterator[Part]:
    if isinstance(part, All | Either):
        for one in part.parts:
            yield from _positive(one)
    else:
        yield part


def _apart(hits: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return hits in order; of those that overlap, the one that begins first and reaches farthest."""
    kept: list[tuple[int, int, int]] = []
    for hit in sorted(hits, key=lambda one: (one[0], -one[1])):
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept


def _stretch(text: str, spans: list[tuple[int, int, int]]) -> Pieces:
    """Return the stretch of `text` in which most different hits stand, the first of those."""
    best = start = left = right = 0
    held = Counter[int]()
    for begins, _end, _what in spans:
        first = max(0, begins - BEFORE)
        while right < len(spans) and spans[right][1] <= first + LENGTH:
            held[spans[right][2]] += 1
            right += 1
        while left < right and spans[left][0] < first:
            held[spans[left][2]] -= 1
            left += 1
        if (met := len(+held)) > best:
            best, start = met, first
    # Whole words: from behind a space, to before one.
    if start and (space := text.find(" ", start, start + BEFORE)) >= 0:
        start = space + 1
    end = len(text)
    if end - start > LENGTH:
        space = text.rfind(" ", start + LENGTH // 2, start + LENGTH)
        end = space if space > 0 else start + LENGTH
    return _cut(text, spans, start, end)


def _cut(text: str, spans: list[tuple[int, int, int]], start: int, end: int) -> Pieces:
    made: Pieces = [(GAP, False)] if start else []
    at = start
    for begins, ends, _what in spans:
        if begins < start or ends > end:
            continue
        made += [(text[at:begins], False), (text[begins:ends], True)]
        at = ends
    made += [(text[at:end], False), (GAP if end < len(text) else "", False)]
    return [(" ".join(piece.split("\n")), is_hit) for piece, is_hit in made if piece]

"""Finds pictures by what is said of them, in the language that readers search in."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from articles.index import Asked
from articles.index.asked import (
    All,
    Dated,
    Either,
    Filed,
    Filing,
    Not,
    Part,
    Phrase,
    Prefix,
    Shows,
    Word,
    Zone,
)
from articles.index.name_words import common_beginning
from media.models import Picture

# More words than this narrow nothing, and each costs a look at every row.
MOST_WORDS = 12
_ARTICLE = "ال"
_IN_ZONE = {
    Zone.HEADLINE: ("headline",),
    Zone.CAPTION: ("caption", "file_caption", "alt"),
    Zone.BYLINE: ("credit", "creator"),
    Zone.PLACE: ("place",),
}


def rule(asked: Asked, used_in: Callable[[str], Q]) -> Q:
    """Return the condition on pictures that meet a question; `used_in` gives that of the section with an address.

    Free words begin a word of anything said, in any spelling and inflection; those of a field stand in its text as they
    are spelled. `tag:` asks for keywords, `from:` and `to:` for the day a picture was taken.
    """
    return _Rule(used_in).of(asked.words)


@dataclass
class _Rule:
    used_in: Callable[[str], Q]
    left: int = MOST_WORDS

    def of(self, part: Part) -> Q:
        match part:
            case All(parts):
                met = Q()
                for one in parts:
                    met &= self.of(one)
                return met
            case Either(parts):
                met = self.of(parts[0])
                for one in parts[1:]:
                    met |= self.of(one)
                return met
            case Not(one):
                return ~self.of(one)
        self.left -= 1
        return self._leaf(part) if self.left >= 0 else Q()

    def _leaf(self, part: Part) -> Q:
        match part:
            case Word(exact, stem, zone):
                return _said((exact, common_beginning(exact), stem, _ARTICLE + stem), zone)
            case Prefix(start, zone):
                return _said((start,), zone)
            case Phrase(words, None):
                return Q(search_text__contains=f" {' '.join(words)} ")
            case Phrase(words, zone):
                return _said((" ".join(words),), zone)
            case Filed(Filing.SECTION, words, slug):
                return self.used_in(slug or "-".join(words))
            case Filed(Filing.TAG, words, _):
                return Q(*(Q(keywords__icontains=word) for word in words))
            case Dated(first, last):
                bounds = {"taken_on__gte": first, "taken_on__lte": last}
                said = {name: bound for name, bound in bounds.items() if bound is not None}
                return Q(taken_on__isnull=False, **said)
            case Shows(media_id):
                merged = Picture.objects.filter(media_id=media_id, alias_of__isnull=False)
                return Q(media_id=media_id) | Q(pk__in=merged.values("alias_of"))
            case _:
                return Q(pk__in=[])


def _said(spelled: tuple[str, ...], zone: Zone | None) -> Q:
    met = Q()
    for word in dict.fromkeys(spelled):
        for column in _IN_ZONE.get(zone, ()) if zone else ():
            # Of a text that nobody wrote, a database says neither yes nor no.
            met |= Q(**{f"{column}__isnull": False, f"{column}__icontains": word})
        if zone is None:
            met |= Q(search_text__contains=f" {word}")
    return met

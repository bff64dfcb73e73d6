"""The words of English and Arabic that say little and stand in most texts, and the pairs of them that stand side by side.

A phrase with such words is in few texts, each of these words in nearly all: the pair is looked up, not the words.
"""

from collections.abc import Iterable, Iterator
from itertools import compress, pairwise
from operator import and_

from articles.index.words import exact_words

_ENGLISH = """
    a about after all also an and any are as at back be because been before being between but by can could did do down for from
    get had has have he her him his how i if in into is it its just like made make may me more most much must my no not now of
    off on one only or other our out over said same she should since so some such than that the their them then there these they
    this those through time to two under up us very was we well were what when where which while who will with would year years
    you your
"""
_ARABIC = """
    في من على إلى عن أن إن ما لا لم لن هذا هذه ذلك تلك التي الذي الذين كان كانت يكون قد بعد قبل بين مع كل أو ثم هو هي هم وهو وهي
    حتى عند منذ خلال حيث كما أي غير بعض أكثر وفي ومن وعلى وأن وقال قال أكد وقد ولا لكن ولكن لأن فيه فيها به بها له لها عليه عليها
    منه منها أنه أنها اليوم أمس عام يوم
"""
COMMON = frozenset(exact_words(f"{_ENGLISH} {_ARABIC}"))


def common_pairs(words: Iterable[str]) -> Iterator[str]:
    """Yield "of_the" for each two common words in their exact forms that follow one another; some twice."""
    every = list(words)
    is_common = list(map(COMMON.__contains__, every))
    # Both common: whoever indexes asks this of each word there is.
    return map("_".join, compress(pairwise(every), map(and_, is_common, is_common[1:])))


def half_common_pairs(words: Iterable[str]) -> Iterator[str]:
    """Yield "the_harbour" for each two words in their exact forms that follow one another, of which one is common or both."""
    return (f"{one}_{two}" for one, two in pairwise(words) if one in COMMON or two in COMMON)

"""Writes text that is distributed as real text is: few words often, many words seldom, sentences of every length."""

import random
from itertools import accumulate, product
from pathlib import Path

_LISTS = Path(__file__).parent / "lists"
# In the order of how often they come.
COMMON = (_LISTS / "common.txt").read_text(encoding="utf-8").split()
_ONSETS = (
    "b",
    "br",
    "c",
    "d",
    "f",
    "g",
    "gr",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "z",
)
_MIDDLES = ("a", "e", "i", "o", "u", "ar", "en", "or", "al", "im", "on", "ul")
_ENDINGS = ("", "n", "r", "l", "s", "ing", "ed", "ment", "er", "ity", "ous", "al")
FIRST_NAMES = [
    "Amal",
    "Bruno",
    "Clara",
    "Dina",
    "Elias",
    "Farah",
    "Goran",
    "Hala",
    "Ivo",
    "Jana",
    "Karim",
    "Lena",
    "Marek",
    "Nadia",
    "Omar",
    "Petra",
    "Rami",
    "Sara",
    "Tariq",
    "Vera",
]
LAST_NAMES = [
    "Abbot",
    "Barakat",
    "Corr",
    "Dahl",
    "Essen",
    "Faber",
    "Ghosn",
    "Hadid",
    "Irving",
    "Jansen",
    "Khoury",
    "Lund",
    "Merin",
    "Nassar",
    "Orr",
    "Petrov",
    "Quist",
    "Rask",
    "Saad",
    "Toth",
]
PLACES = [
    "HALMIRA",
    "KARESH",
    "SARN",
    "VELMAR",
    "VIRELLE",
    "ARDENT",
    "OUMFORD",
    "TELBAY",
    "NORHAVEN",
    "DEIRSTONE",
]
HEADLINES = (
    "{A} {b} to {c} {d} after {e}", "{A} {b}: {c} and the {d}", "Why the {a} {b} {c} the {d}", "{A} over {b} as {c} {d} {e}",
    "“{A} {b},” says {c} of {d}", "{N}, {n} of {a}, dies at {m}", "{A} {b} {n} per cent in {c} {d}", "The {a} that {b} the {c}",
    "{A}, {b} and {c}: a {d} {e}", "{N} wins {a} {b} by {n} {c}", "{A} {b} {c}; {d} {e} {f}", "{A} at {b}: who pays?",
)  # fmt: skip

TAPE = 600_000


class Vocabulary:
    """Words by how often they come (Zipf's law over some 14,000), and sentences made of them."""

    def __init__(self) -> None:
        made = ["".join(parts) for parts in product(_ONSETS, _MIDDLES, _ONSETS, _ENDINGS[:5])]
        longer = [f"{one}{end}" for one, end in zip(made[::7], _ENDINGS[5:] * len(made), strict=False)]
        tail = sorted(set(made + longer) - set(COMMON))
        random.Random("tail").shuffle(tail)  # noqa: S311 - the same language each time
        self.words = list(dict.fromkeys(COMMON)) + tail
        weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        # Read from a random place, it is as good as drawn word by word, and thirty times as fast.
        self._tape = random.Random("tape").choices(self.words, cum_weights=weights, k=TAPE)  # noqa: S311
        self._rarest = ["q".join(parts) for parts in product(self.words[90:330], self.words[330:570])]
        # Content words: what a headline, a tag or a name is made of.
        self._rarer = self.words[90:6000]

    def text(self, chance: random.Random, length: int) -> list[str]:
        """Return paragraphs of `length` words in all."""
        start = int(chance.random() * (TAPE - length))
        words = self._tape[start : start + length]
        # As in any newspaper, there is no end to the words that stand in hardly another story.
        if chance.random() < 0.7:
            words[int(chance.random() * length)] = self._rarest[int(chance.random() ** 2 * len(self._rarest))]
        paragraphs: list[str] = []
        sentences: list[str] = []
        at = 0
        while at < length:
            size = 5 + int(chance.random() * 24)
            sentence = " ".join(words[at : at + size])
            sentences.append(f"{sentence[:1].upper()}{sentence[1:]}.")
            at += size
            if len(sentences) == 3:
                paragraphs.append(" ".join(sentences))
                sentences = []
        if sentences:
            paragraphs.append(" ".join(sentences))
        return paragraphs

    def headline(self, chance: random.Random) -> str:
        """Return a headline of the usual shapes."""
        a, b, c, d, e, f = chance.sample(self._rarer, 6)
        name = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
        shape = chance.choice(HEADLINES)
        return shape.format(
            A=a.capitalize(),
            a=a,
            b=b,
            c=c,
            d=d,
            e=e,
            f=f,
            N=name,
            n=chance.randrange(2, 99),
            m=chance.randrange(50, 99),
        )

    def names(self, chance: random.Random, count: int) -> list[str]:
        """Return `count` different pairs of words, for tags."""
        found: dict[str, None] = {}
        while len(found) < count:
            first, second = chance.sample(self._rarer, 2)
            found[f"{first.capitalize()} {second}"] = None
        return list(found)

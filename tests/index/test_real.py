"""Real newspapers: what the search counts is what is counted by other means."""

import gzip
import html
import json
import random
import re
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings

from articles import prose
from articles.index import ask, find, keep_index, reindex
from tests.builders import make_archived

STORIES = Path(settings.BASE_DIR).parent / "shared/real/stories/wikinews_en_2019_2020.jsonl.gz"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not STORIES.is_file(), reason=f"the real stories are not here: {STORIES}"),
]


@pytest.fixture
def texts():
    """Take the stories in, and return each one's text as it is counted here."""
    found = []
    with gzip.open(STORIES, "rt", encoding="utf-8") as lines:
        for line in list(lines)[:150]:
            told = json.loads(line)
            body = told["body"] if isinstance(told["body"], str) else "\n".join(told["body"])
            paragraphs = [
                one for one in html.unescape(re.sub("<[^>]+>", "\n", body)).split("\n") if one.strip()
            ]
            edition = make_archived(
                headline=told["headline"][:300], body=prose.paragraphs(paragraphs), standfirst=""
            )
            whole = f"{edition.headline}\n{edition.body_text}\n{edition.byline}".casefold()
            found.append(re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", whole)))
    reindex()
    keep_index()
    return found


def test_words_and_phrases_are_counted_as_by_a_plain_look(texts):
    chance = random.Random(3)
    words = sorted({word for text in texts for word in re.findall(r"\b[a-z]{3,}\b(?!['’])", text)})
    runs = sorted({run for text in texts for run in re.findall(r"(?<=\n)[a-z]+ [a-z]+ [a-z]+(?= )", text)})
    for said in [*chance.sample(words, 150), *chance.sample(runs, min(50, len(runs)))]:
        there = re.compile(rf"(?<![\w'’]){said}(?![\w])(?!['’](?!(?:s|re|ve|ll|d|m)\b)\w)")
        counted = sum(1 for text in texts if there.search(text))
        assert (said, find(ask(f'"{said}"')).total) == (said, counted)


def test_phrases_over_the_end_of_a_paragraph_are_counted_as_by_a_plain_look(texts):
    ends = re.compile(r"(?<![\w'’])([a-z0-9]{2,})[.,:]?\n([a-z]{2,}) ([a-z]{2,})(?![\w'’])")
    # Not from the headline into the text, nor from there into the byline.
    inner = ["\n".join(text.split("\n")[1:-1]) for text in texts]
    over = sorted({found for text in inner for found in ends.findall(text)})
    for said in random.Random(7).sample(over, 200):
        there = re.compile(r"(?<![\w'’])" + r"[^\w'’]+".join(said) + r"(?![\w'’])")
        counted = sum(1 for text in inner if there.search(text))
        assert (said, find(ask(f'"{" ".join(said)}"')).total) == (said, counted)


def test_combinations_are_counted_as_sets_of_what_a_plain_look_finds(texts):
    chance = random.Random(5)
    words = sorted({word for text in texts for word in re.findall(r"\b[a-z]{3,}\b(?!['’])", text)})

    # Each text is looked through once for all words.
    plain = re.compile(r"(?<!\w)(?<!\w['’])[a-z]{3,}(?!\w)(?!['’](?!(?:s|re|ve|ll|d|m)\b)\w)")
    held = [set(plain.findall(text)) for text in texts]

    def having(word):
        return {number for number, said in enumerate(held) if word in said}

    common = [word for word in words if 10 < len(having(word)) < 120]
    for one, other in zip(chance.sample(common, 20), chance.sample(common, 20), strict=True):
        for asked, counted in (
            (f'"{one}" -"{other}"', having(one) - having(other)),
            (f'"{one}" OR "{other}"', having(one) | having(other)),
            (f'("{one}" OR "{other}") -("{one}" "{other}")', having(one) ^ having(other)),
            (f'-"{one}" OR -"{other}"', set(range(len(texts))) - (having(one) & having(other))),
        ):
            assert (asked, find(ask(asked)).total) == (asked, len(counted))

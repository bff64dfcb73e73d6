"""Which spellings are one name, and which words are not."""

import itertools

import pytest

from articles.index.alike import key

ONE_NAME = [
    ("moussa", "musa", "mousa", "moosa"), ("houthi", "huthi"), ("qaddafi", "gaddafi", "kadhafi", "gadhafi", "qadhafi"),
    ("mohammed", "muhammad", "mohamed", "mohammad", "mohamad"), ("hussein", "hussain", "husayn"), ("omar", "umar"),
    ("khaled", "khalid"), ("yousef", "yusuf", "youssef", "yusef"), ("abdullah", "abdallah", "abdulla"),
    ("hezbollah", "hizbullah", "hizballah"), ("mahmoud", "mahmud", "mahmood"), ("rachid", "rashid", "rasheed"),
    ("ahmed", "ahmad"), ("assad", "asad"), ("sisi", "sissi"), ("qatar", "katar"), ("nuri", "nouri", "noori"),
]  # fmt: skip
APART = [
    ("messi", "musa"), ("market", "mercado"), ("martin", "martian"), ("george", "georgia"), ("march", "marsh", "marx"),
    ("bell", "pell", "bill", "paul"), ("michigan", "mexican"), ("hassan", "hussein"), ("columbia", "colombia"), ("los", "louis"),
    ("greek", "craig", "creek"), ("andrew", "andrea"), ("taylor", "tyler"), ("mike", "mikey"), ("hhs", "hss"), ("red", "riyadh"),
    ("carter", "garter"), ("saleh", "salah"), ("jean", "jeanne"), ("white", "whitt"), ("utc", "wtc"), ("mit", "myth"), ("boulder", "builder"), ("korean", "quran"), ("mahmoud", "mohammed"),
]  # fmt: skip


@pytest.mark.parametrize("spellings", ONE_NAME, ids=lambda one: one[0])
def test_spellings_of_one_name_share_a_key(spellings):
    assert len({key(one) for one in spellings}) == 1
    assert key(spellings[0])


@pytest.mark.parametrize("words", APART, ids=lambda one: one[0])
def test_other_words_do_not(words):
    for one, other in itertools.combinations(words, 2):
        assert not key(one) or key(one) != key(other)

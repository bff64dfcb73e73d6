"""Spellings that mean the same fold to the same."""

import pytest

from newsroom.folding import fold, fold_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sana’a", "Sana'a"),
        ("Saïd Arjomand", "said  ARJOMAND"),
        ("الحُوثِي", "الحوثى"),
        ("أحمد", "احمد"),
        ("مدرســـة", "مدرسه"),
        ("ﬁnance", "finance"),
    ],
)
def test_spellings_fold_together(one, other):
    assert fold(one) == fold(other)


def test_different_words_stay_apart():
    assert fold("harbour") != fold("harbor")


def test_copies_of_a_caption_share_their_words():
    assert fold_words("The “old” quay, 2012.  (Staff)") == fold_words('The "old" quay, 2012. (Staff)')

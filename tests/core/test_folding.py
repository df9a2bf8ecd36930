"""Words as a search compares them: the same for what is stored and for what is typed, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golive.core.folding import LONGEST, MOST, fold, name_key, words_in

SPELLINGS = [
    ("Café", "CAFE\u0301"),
    ("Straße", "STRASSE"),
    ("Ødegård", "odegard"),
    ("Łódź", "lodz"),
    ("ＡＢＣ", "abc"),
    ("Istanbul", "İSTANBUL"),
    ("№7 ℡", "no7 tel"),
    ("Æsop", "aesop"),
]


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_two_spellings_are_one(one, other):
    assert words_in(one) == words_in(other)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=200))
def test_a_word_holds_nothing_that_a_pattern_could_mean(text):
    assert all(word.isalnum() and len(word) <= LONGEST for word in words_in(text))


def test_words_come_once_in_order_and_not_without_end():
    assert words_in("Beta alpha", "ALPHA-gamma_delta") == ["beta", "alpha", "gamma", "delta"]
    assert len(words_in(" ".join(f"w{n}" for n in range(100)))) == MOST


@pytest.mark.parametrize("text", ["", "%", "_", "'\"\\", "..*+?", "\x00", "🙂"])
def test_signs_alone_are_no_word(text):
    assert words_in(text) == []


def test_organisations_are_alike_without_the_form_of_the_company():
    assert name_key("Halden Dairy A.S. Group") == name_key("HALDEN DAIRY a s")
    assert name_key("Holding") == "holding"

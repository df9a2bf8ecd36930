import time
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError

from golive.core.text import BlockField, DayField, LineField, clean_day, clean_json, clean_text
from tests import corpus


@pytest.mark.parametrize("value", corpus.NO_LINE, ids=ascii)
def test_a_line_refuses_what_breaks_hides_or_reorders(value):
    with pytest.raises(ValidationError):
        clean_text(value, limit=20_000)


@pytest.mark.parametrize("value", corpus.NO_TEXT, ids=ascii)
def test_a_block_refuses_what_cannot_be_stored(value):
    with pytest.raises(ValidationError):
        clean_text(value, limit=20_000, kind="block")


@pytest.mark.parametrize("value", corpus.INERT, ids=ascii)
def test_odd_but_honest_text_passes(value):
    assert clean_text(f" {value} ", limit=200, kind="line") == clean_text(value, limit=200, kind="block")


@pytest.mark.parametrize("value", corpus.NOT_TEXT, ids=repr)
def test_only_text_is_text(value):
    with pytest.raises(ValidationError) as caught:
        clean_text(value, limit=200)

    assert caught.value.code == "not_text"


def test_a_block_keeps_its_lines_and_loses_carriage_returns():
    assert clean_text("one\r\ntwo\rthree\tfour\n", limit=50, kind="block") == "one\ntwo\nthree\tfour"


def test_a_block_may_turn_its_direction_for_arabic_or_hebrew_inside():
    assert clean_text("see \u2067\u05d0\u2069", limit=50, kind="block") == "see \u2067\u05d0\u2069"


def test_text_is_composed_so_that_two_spellings_are_one():
    assert clean_text("Cafe\u0301", limit=4) == "Caf\u00e9"


def test_the_limit_counts_what_is_stored():
    assert clean_text("  1234 ", limit=4) == "1234"
    with pytest.raises(ValidationError) as caught:
        clean_text("12345", limit=4)
    assert (caught.value.code, caught.value.messages) == ("too_long", ["At most 4 characters."])


@pytest.mark.parametrize("sign", ["a", "\u0301", "\U0001f600", "é", "\u200b", "\r"])
def test_a_flood_costs_less_than_50_milliseconds(sign):
    flood = sign * 100_000
    start = time.perf_counter()

    with pytest.raises(ValidationError):
        clean_text(flood, limit=5_000, kind="block")

    assert time.perf_counter() - start < 0.05


def test_the_code_says_what_was_wrong():
    codes = {}
    for value in ["\0", "\ud800", "\x1b", "\u202e", "\u200b", "\u2028", "\ufffe"]:
        with pytest.raises(ValidationError) as caught:
            clean_text(value, limit=9)
        codes[value] = caught.value.code

    assert list(codes.values()) == ["nul", "surrogate", "control", "bidi", "invisible", "line_break", "noncharacter"]


def nest(depth: int) -> list:
    value: list = []
    for _level in range(depth - 1):
        value = [value]
    return value


def test_json_of_twenty_levels_passes_and_of_twenty_one_does_not():
    assert clean_json(nest(20)) == nest(20)
    with pytest.raises(ValidationError):
        clean_json(nest(21))


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        2**63,
        -(2**63) - 1,
        {"a\0": 1},
        {"a": "\ud800"},
        ["\0"],
        {"a\u202e": 1},
        {1: 2},
        b"",
        (1,),
    ],
    ids=repr,
)
def test_json_refuses_what_a_database_or_another_reader_would_not_take(value):
    with pytest.raises(ValidationError):
        clean_json({"outer": [value]})


def test_json_refuses_keys_that_become_one():
    with pytest.raises(ValidationError) as caught:
        clean_json({"Caf\u00e9": 1, "Cafe\u0301": 2})

    assert caught.value.code == "duplicate_key"


def test_json_is_bounded_in_bytes_not_in_signs():
    assert clean_json(["é" * 31_000]) == ["é" * 31_000]
    with pytest.raises(ValidationError) as caught:
        clean_json(["é" * 33_000])
    assert caught.value.code == "too_large"


def test_json_cleans_strings_and_keys():
    assert clean_json({" a ": [" b\r\nc ", 1, 1.5, True, None]}) == {"a": ["b\nc", 1, 1.5, True, None]}


class Form(forms.Form):
    name = LineField(max_length=10)
    why = BlockField(max_length=20, required=False)
    day = DayField(required=False)


@pytest.mark.parametrize("value", [*corpus.NO_LINE, "", "   ", "12345678901"], ids=ascii)
def test_a_form_shows_an_error_at_the_line(value):
    form = Form({"name": value})

    assert not form.is_valid()
    assert list(form.errors) == ["name"]


def test_a_form_cleans_what_it_takes():
    form = Form({"name": " Mara ", "why": "a\r\nb "})

    assert form.is_valid()
    assert form.cleaned_data == {"name": "Mara", "why": "a\nb", "day": None}


def test_line_breaks_of_a_browser_do_not_count_twice():
    assert Form({"name": "x", "why": "a\r\n" * 9}).is_valid()


@pytest.mark.parametrize("value", [day for day in corpus.NO_DAY if day], ids=ascii)
def test_a_form_refuses_a_day_that_no_plan_means(value):
    form = Form({"name": "x", "day": value})

    assert list(form.errors) == ["day"]


def test_a_day_is_within_five_years_also_around_the_29th_of_february():
    today = date(2028, 2, 29)

    assert clean_day(date(2033, 2, 28), today=today) == date(2033, 2, 28)
    for far in (date(2034, 1, 1), date(2022, 12, 31)):
        with pytest.raises(ValidationError):
            clean_day(far, today=today)

"""Answers: every kind is read, refused, stored and said; the hash binds what is material, in any order."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.checklist.rules.answers import (
    NO_ANSWER,
    AnswerContent,
    choices_of,
    content_hash,
    counts_as_answered,
    from_json,
    in_words,
    is_blank,
    is_complete,
    missing_of,
    read_answer,
    to_json,
)
from projects.checklist.rules.catalogue import catalogue
from projects.checklist.rules.questions import Question

TODAY = date(2026, 11, 21)
DUE = date(2026, 12, 4)
PENDING = {"pending_what": "Two cases", "pending_owner": "Mara Holt", "pending_due": "2026-12-04"}


def ask(answer, *, required=True, options=("none", "order", "owners"), unit=""):
    options = options if answer in {"single", "multi"} else ()
    return Question("AA-01", "AA", "Text?", answer, required, "required", "P", True, options=options, unit=unit)


def read(question, **raw):
    return read_answer(question, raw, today=TODAY)


@pytest.mark.parametrize(
    ("answer", "sent", "value", "words"),
    [
        ("yn", "yes", "yes", "Yes"),
        ("ynp", "no", "no", "No"),
        ("ynpa", "na", "na", "Not applicable"),
        ("single", "order", "order", "Order"),
        ("multi", ["owners", "order", "owners"], ("order", "owners"), "Order, Owners"),
        ("multi", ["none"], ("none",), "None"),
        ("date", "2026-12-04", DUE, "4 Dec 2026"),
        ("number", "1200", 1200.0, "1,200 hours"),
        ("number", 0, 0.0, "0 hours"),
        ("number", "12.5", 12.5, "12.5 hours"),
        ("percent", "100", 100.0, "100 %"),
        ("percent", 0.5, 0.5, "0.5 %"),
        ("text", " Two\r\nlines ", "Two\nlines", "Two\nlines"),
        ("file_or_text", "See the wiki", "See the wiki", "See the wiki"),
    ],
)
def test_every_kind_is_read_stored_and_said(answer, sent, value, words):
    question = ask(answer, unit="hours" if answer == "number" else "")

    content = read(question, value=sent)

    assert content.value == value
    assert from_json(question, to_json(content)) == content
    assert in_words(question, content) == words
    assert counts_as_answered(content)
    assert not is_blank(content)


@pytest.mark.parametrize(
    ("answer", "sent", "code"),
    [
        ("yn", "partly", "invalid_choice"),
        ("ynp", "na", "invalid_choice"),
        ("yn", ["yes"], "invalid_choice"),
        ("yn", True, "invalid_choice"),
        ("single", "colour", "invalid_choice"),
        ("multi", "order", "invalid_list"),
        ("multi", ["order", "colour"], "invalid_choice"),
        ("multi", ["order", ["none"]], "invalid_choice"),
        ("multi", ["none", "order"], "none_stands_alone"),
        ("date", "4.12.2026", "invalid_date"),
        ("date", "2026-13-01", "invalid_date"),
        ("date", "20261204", "invalid_date"),
        ("date", 20261204, "invalid_date"),
        ("date", "2036-01-01", "out_of_range"),
        ("date", "2016-01-01", "out_of_range"),
        ("number", "many", "invalid_number"),
        ("number", "nan", "invalid_number"),
        ("number", "1e999", "invalid_number"),
        ("number", "1_000", "invalid_number"),
        ("number", True, "invalid_number"),
        ("number", [1], "invalid_number"),
        ("number", -1, "number_out_of_range"),
        ("number", 10**13, "number_out_of_range"),
        ("number", 10**400, "number_out_of_range"),
        ("number", "0.00001", "number_out_of_range"),
        ("percent", 100.5, "percent_out_of_range"),
        ("text", 5, "not_text"),
        ("text", "a\0b", "nul"),
        ("text", "\ud800", "surrogate"),
        ("text", "x" * 5001, "too_long"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(answer, sent, code):
    with pytest.raises(ValidationError) as caught:
        read(ask(answer), value=sent)

    assert {name: error[0].code for name, error in caught.value.error_dict.items()} == {"value": code}


def test_a_form_may_send_several():
    form = QueryDict("value=owners&value=order&value=")

    assert read_answer(ask("multi"), form, today=TODAY).value == ("order", "owners")
    assert read_answer(ask("multi"), QueryDict("value="), today=TODAY) == NO_ANSWER


@pytest.mark.parametrize("raw", [{}, {"value": ""}, {"value": None}, {"value": "   "}, {"unknown": "false"}])
def test_nothing_sent_is_no_answer(raw):
    content = read(ask("text"), **raw)

    assert (content, is_blank(content), counts_as_answered(content)) == (NO_ANSWER, True, False)
    assert to_json(content) == {}
    assert in_words(ask("text"), content) == ""


def test_a_draft_may_lack_its_details_and_is_not_complete():
    question = ask("ynp")

    bare = read(question, value="partly")
    half = read(question, value="partly", pending_what="Two cases")
    whole = read(question, value="partly", **PENDING)

    assert missing_of(question, bare) == ("pending_what", "pending_owner", "pending_due")
    assert missing_of(question, half) == ("pending_owner", "pending_due")
    assert [is_complete(question, one) for one in (bare, half, whole)] == [False, False, True]
    assert in_words(question, whole) == "Partly. Pending: Two cases. Owner: Mara Holt. By 4 Dec 2026"
    assert from_json(question, to_json(whole)) == whole


def test_not_applicable_says_why():
    question = ask("ynpa")

    assert missing_of(question, read(question, value="na")) == ("reason",)
    assert is_complete(question, read(question, value="na", reason="No stores"))
    assert in_words(question, read(question, value="na", reason="No stores")) == "Not applicable. Because: No stores"


def test_details_of_another_answer_are_dropped():
    content = read(ask("ynpa"), value="yes", reason="No stores", **PENDING)

    assert content == AnswerContent(value="yes")


def test_every_bad_detail_is_told_at_once():
    with pytest.raises(ValidationError) as caught:
        read(ask("ynp"), value="partly", pending_what="a\0", pending_owner="two\nlines", pending_due="soon", note=5)

    assert {name: error[0].code for name, error in caught.value.error_dict.items()} == {
        "pending_what": "nul",
        "pending_owner": "control",
        "pending_due": "invalid_date",
        "note": "not_text",
    }


def test_not_known_yet_counts_as_answered_and_as_blank():
    question = ask("date")

    content = read(question, unknown="on", value="2026-12-04")

    assert (content.value, content.unknown, is_blank(content)) == (None, True, True)
    assert is_complete(question, content)
    assert in_words(question, content) == "Not known yet"
    assert from_json(question, to_json(content)) == content


@pytest.mark.parametrize("question", [ask("yn"), ask("multi"), ask("date", required=False)])
def test_not_known_yet_is_offered_only_where_a_value_must_be_given(question):
    with pytest.raises(ValidationError) as caught:
        read(question, unknown=True)

    assert caught.value.error_dict["unknown"][0].code == "unknown_not_offered"


def test_an_optional_question_may_stay_blank():
    assert is_complete(ask("text", required=False), NO_ANSWER)
    assert missing_of(ask("text"), NO_ANSWER) == ("value",)


def test_the_choices_have_words():
    assert choices_of(ask("ynp")) == [("yes", "Yes"), ("partly", "Partly"), ("no", "No")]
    assert choices_of(ask("multi", options=("none", "no_plan_yet"))) == [
        ("none", "None"),
        ("no_plan_yet", "No plan yet"),
    ]


CONTENTS = {
    "GR-01": st.dates(date(2026, 1, 1), date(2027, 1, 1)).map(lambda day: AnswerContent(value=day)),
    "CU-01": st.sampled_from([("none",), ("order",), ("order", "timing"), None]).map(lambda v: AnswerContent(value=v)),
    "SC-02": st.sampled_from(["yes", "no", "partly"]).map(lambda v: AnswerContent(value=v, note="n")),
    "UA-10": st.builds(AnswerContent, value=st.just("partly"), pending_what=st.text(max_size=5)),
    "PF-12": st.floats(0, 100).map(lambda value: AnswerContent(value=round(value, 4))),
}
ANSWERS = st.fixed_dictionaries({}, optional=CONTENTS)


@settings(max_examples=60)
@given(ANSWERS, st.randoms())
def test_the_hash_does_not_know_order_or_empty_answers(answers, random):
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    padded = dict.fromkeys(CONTENTS, NO_ANSWER) | dict(shuffled)

    assert content_hash(catalogue(), answers) == content_hash(catalogue(), dict(shuffled))
    assert content_hash(catalogue(), answers) == content_hash(catalogue(), padded)


@settings(max_examples=60)
@given(ANSWERS, ANSWERS)
def test_the_hash_tells_apart_what_is_material(one, other):
    material = [
        {key: to_json(content) for key, content in answers.items() if key != "GR-01"} for answers in (one, other)
    ]
    said = [{key: content for key, content in answers.items() if content} for answers in material]

    assert (content_hash(catalogue(), one) == content_hash(catalogue(), other)) == (said[0] == said[1])


@pytest.mark.parametrize(
    "change",
    [{"value": "no"}, {"pending_what": "One case"}, {"pending_owner": "Ida"}, {"pending_due": TODAY}, {"note": "x"}],
)
def test_everything_said_of_a_material_question_is_bound(change):
    whole = {"value": "partly", "pending_what": "Two", "pending_owner": "Mara", "pending_due": DUE, "note": "n"}

    before, after = (AnswerContent(**one) for one in (whole, whole | change))

    assert content_hash(catalogue(), {"UA-10": before}) != content_hash(catalogue(), {"UA-10": after})


def test_the_restated_go_live_date_is_not_bound():
    dated = {"GR-01": AnswerContent(value=DUE)}

    assert content_hash(catalogue(), dated) == content_hash(catalogue(), {})


@settings(max_examples=60)
@given(st.floats(0, 1e11), st.sampled_from(["number", "percent"]))
def test_a_number_survives_its_store(value, answer):
    question = ask(answer)
    content = AnswerContent(value=round(value % 100, 4))

    assert from_json(question, to_json(content)) == content
    assert read(question, value=content.value) == content

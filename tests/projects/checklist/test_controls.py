"""The controls of an answer: whatever can be saved is shown again as it was, and no text becomes markup."""

from datetime import date
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.checklist.rules.answers import AnswerContent, from_json, read_answer, to_json
from projects.checklist.rules.catalogue import catalogue
from projects.checklist.rules.questions import Question
from projects.checklist.views.controls import Controls, typed_of
from tests.corpus import BIDI, INERT
from tests.scale import times

pytestmark = pytest.mark.once
TODAY = date(2026, 12, 1)
QUESTIONS = sorted(catalogue("2026-2").questions.values(), key=lambda one: one.id)
XSS = [
    '"><script>alert(1)</script>',
    "</textarea><img src=x onerror=alert(1)>",
    "' onfocus=alert(1) autofocus x='",
    "<div hx-get=/account/ hx-trigger=load>",
    "javascript:alert(1)",
    "&lt;script&gt;",
    "{{ 7*7 }}{% debug %}",
]
TEXTS = st.one_of(st.text(max_size=60), st.sampled_from([*XSS, *INERT, *BIDI, "a\nb", "\n\n<b>", "  ", "\tx"]))


class Sent(HTMLParser):
    """What a browser would send of a form, and which elements and attributes it is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.shape: list[tuple[str, tuple[str, ...]]] = []
        self.inside, self.area = "", False
        self.feed(html)

    def handle_starttag(self, tag, attrs) -> None:
        given, names = dict(attrs), tuple(name for name, _value in attrs if name not in ("checked", "selected", "open"))
        self.shape.append((tag, names))
        chosen = given.get("type") not in ("radio", "checkbox") or "checked" in given
        if tag == "input" and chosen:
            self.fields.append((given["name"], given.get("value", "on")))
        if tag in ("textarea", "select"):
            self.inside = given["name"]
            self.area = tag == "textarea"
            self.fields += [(self.inside, "")] if self.area else []
        if tag == "option" and "selected" in given:
            self.fields.append((self.inside, given["value"]))

    def handle_endtag(self, tag) -> None:
        if tag == "textarea":
            name, text = self.fields[-1]
            self.fields[-1] = (name, text.removeprefix("\n"))
            self.area = False

    def handle_data(self, data) -> None:
        if self.area:
            name, text = self.fields[-1]
            self.fields[-1] = (name, text + data)

    def getlist(self, wanted: str) -> list[str]:
        return [value for name, value in self.fields if name == wanted]

    def get(self, wanted: str):
        return next(reversed(self.getlist(wanted)), None)


def values_of(question: Question) -> st.SearchStrategy:
    if question.answer == "multi":
        return st.lists(st.sampled_from(question.choices), max_size=4)
    if question.choices:
        return st.sampled_from(("", *question.choices))
    numbers = st.one_of(st.floats(0, 1e12).map(lambda n: round(n, 4)), st.integers(0, 10**12), st.integers(0, 100))
    kinds = {"date": st.dates(date(2024, 1, 1), date(2029, 1, 1)).map(str), "number": numbers, "percent": numbers}
    return kinds.get(question.answer, TEXTS)


@st.composite
def sendings(draw) -> tuple[Question, dict]:
    question = draw(st.sampled_from(QUESTIONS))
    names = ("note", "reason", "pending_what", "pending_owner")
    sent = {name: draw(TEXTS) for name in names} | {"value": draw(values_of(question))}
    due = draw(st.sampled_from(["", "2027-01-15", "soon"]))
    return question, sent | {"pending_due": due, "unknown": draw(st.sampled_from(["", "on"]))}


@given(sendings())
@settings(max_examples=times(2_000), deadline=None, suppress_health_check=list(HealthCheck))
def test_no_answer_can_be_saved_that_the_page_cannot_show_again(sending):
    question, raw = sending
    try:
        content = read_answer(question, raw, today=TODAY)
    except ValidationError:
        return

    stored = from_json(question, to_json(content))
    shown = Sent(str(Controls(question, typed_of(stored))))

    assert (stored, read_answer(question, shown, today=TODAY)) == (content, content)


@pytest.mark.parametrize("hostile", [*XSS, *INERT])
def test_no_text_becomes_markup(hostile):
    for question in QUESTIONS:
        names = ("value", "note", "reason", "pending_what", "pending_owner", "pending_due")
        plain = Sent(str(Controls(question, {name: ["x"] for name in names})))
        wild = Sent(str(Controls(question, {name: [hostile] for name in names})))

        assert wild.shape == plain.shape


def test_a_field_that_was_not_accepted_is_tied_to_what_is_wrong_with_it():
    question = next(one for one in QUESTIONS if one.answer == "percent")
    note = "<span class=error>"

    html = str(Controls(question, {"value": ["150"]}, {"value": note}))

    assert 'value="150"' in html
    assert f'aria-invalid="true" aria-describedby="{question.id}-value_error"' in html


def test_an_answer_without_content_shows_nothing_chosen():
    for question in QUESTIONS:
        sent = Sent(str(Controls(question, typed_of(AnswerContent()))))

        assert read_answer(question, sent, today=TODAY) == AnswerContent()

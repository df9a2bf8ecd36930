"""Every state of a question in a real browser: accessible, light and dark, wide and narrow; and the keyboard alone."""

import time

import pytest
from django.utils import timezone

from projects.checklist.actions.answering import save_answer
from projects.checklist.models.answers import Answer
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.rules.answers import AnswerContent, counts_as_answered
from projects.checklist.rules.questions import Question
from tests.browser.look import faults_of, keeps_focus
from tests.builders_projects import Cast, go_live_day, reload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("whole_checklist")]

TYPING = "document.activeElement.matches('select, textarea, input:not([type=radio], [type=checkbox])')"


def choose(page, question: str, value: str) -> None:
    page.locator(f"#{question} input[value={value}]").click()


def waits(page, question: str, words: str) -> None:
    page.locator(f"#{question} .save", has_text=words).wait_for()


def test_every_state_of_a_question_is_clean(cast, workbench):
    page, found = workbench(cast.member, "one/SC-02/"), {}
    states_of_one(cast, page, found)
    states_of_others(cast, page, found)

    assert found == {state: [] for state in found}
    assert len(found) == 9


def states_of_one(cast: Cast, page, found: dict[str, list[str]]) -> None:
    found["empty"] = faults_of(page)
    held: list = []
    page.route("**/answers/SC-02/", lambda route: held.append(route))  # not answered
    choose(page, "SC-02", "yes")
    waits(page, "SC-02", "Saving")
    found["saving"] = faults_of(page)
    held[0].abort()  # let go, it would race with the page that is asked for next
    page.unroute_all()
    page.reload()
    waits(page, "SC-02", ", r1")
    found["saved"] = faults_of(page)
    choose(page, "SC-02", "partly")
    waits(page, "SC-02", ", r2")
    found["partly"] = faults_of(page)
    page.context.set_offline(True)
    choose(page, "SC-02", "no")
    waits(page, "SC-02", "Offline, kept here")
    found["offline"] = faults_of(page)
    theirs = AnswerContent(value="yes", note="The board said yes.")
    save_answer(cast.project, "SC-02", theirs, revision=2, by=cast.owner, at=timezone.now())
    page.context.set_offline(False)
    page.get_by_text("Sigrid Aas changed this answer first.").wait_for()
    found["conflict"] = faults_of(page)


def states_of_others(cast: Cast, page, found: dict[str, list[str]]) -> None:
    page.goto(f"/projects/{cast.key}/checklist/one/PF-12/")
    page.locator("#PF-12-value").fill("150")
    page.locator("#PF-12-value").press("Tab")
    page.get_by_text("Between 0 and 100.").first.wait_for()
    found["refused"] = faults_of(page)
    page.goto(f"/projects/{cast.key}/checklist/one/{not_applicable(cast)}/")
    choose(page, not_applicable(cast), "na")
    page.get_by_text("Before Submit this still needs").wait_for()
    found["not applicable"] = faults_of(page)
    page.goto(f"/projects/{cast.key}/checklist/answers/SC-02/history/")
    found["history"] = faults_of(page)


def not_applicable(cast: Cast) -> str:
    questions = sheet_of(reload(cast.project), at=timezone.now()).questions
    return next(one.id for one in questions if one.answer == "ynpa")


def answer_by_keys(page, question: Question, day: str) -> None:
    """The focus is in the question; what is typed is left by Tab, what is chosen needs a digit or a space."""
    kind = question.answer
    if kind == "multi":
        page.keyboard.press("Space")
    elif question.choices:
        page.keyboard.press("1" if len(question.choices) <= 5 else "ArrowDown")
    else:
        year, month, date = day.split("-")
        page.keyboard.type({"date": month + date + year, "number": "90", "percent": "100"}.get(kind, "As planned."))
    if not question.choices or len(question.choices) > 5:
        while page.evaluate(TYPING):
            page.keyboard.press("Tab")


def test_the_whole_checklist_is_filled_by_keyboard(cast, workbench):
    page, day = workbench(cast.member), go_live_day(cast)
    questions = {one.id: one for one in sheet_of(reload(cast.project), at=timezone.now()).questions}
    began = time.monotonic()

    for question in questions.values():
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.closest('[data-item]')?.id") == question.id
        answer_by_keys(page, question, day)
    page.wait_for_function("() => !document.querySelector('.save[data-state=saving]')")

    sheet = sheet_of(reload(cast.project), at=timezone.now())
    assert [one for one in questions if not counts_as_answered(sheet.answers[one])] == []
    assert Answer.objects.count() == len(questions)
    assert keeps_focus(page)
    assert time.monotonic() - began < 180

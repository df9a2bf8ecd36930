"""What is typed while nobody hears it: kept in this browser for this person, sent when it can be, never over others."""

import json

import pytest
from django.utils import timezone

from projects.checklist.actions.answering import save_answer
from projects.checklist.actions.rounds import reopen_checklist
from projects.checklist.models.answers import Answer
from projects.checklist.rules.answers import AnswerContent
from tests.builders_projects import fill_checklist, submit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AGED = """Object.entries(localStorage).forEach(([key, text]) =>
    localStorage.setItem(key, JSON.stringify({...JSON.parse(text), at: 1})))"""
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('golive:kept:')).length"


def type_offline(page, value: str = "91") -> None:
    page.context.set_offline(True)
    page.locator("#PF-12-value").fill(value)
    page.locator("#PF-12-value").press("Tab")
    page.locator("#PF-12 .save", has_text="Offline, kept here").wait_for()


def stored() -> dict:
    return {row.question: row.content for row in Answer.objects.all()}


def forgotten(page) -> None:
    page.wait_for_function(f"() => {KEPT} === 0")


def test_it_is_sent_when_the_connection_is_back(cast, workbench):
    page = workbench(cast.member)
    type_offline(page)
    assert stored() == {}

    page.context.set_offline(False)
    page.locator("#PF-12 .save", has_text=", r1").wait_for()

    forgotten(page)
    assert stored() == {"PF-12": {"value": 91}}


@pytest.mark.parametrize("path", ["", "one/SC-02/"])
def test_it_is_sent_when_the_tab_was_closed_and_any_page_of_the_checklist_opens(cast, workbench, path):
    page = workbench(cast.member)
    type_offline(page)
    context = page.context
    page.close()
    context.set_offline(False)

    page = context.new_page()
    page.goto(f"/projects/{cast.key}/checklist/{path}")

    forgotten(page)
    assert stored() == {"PF-12": {"value": 91}}


@pytest.mark.parametrize("path", ["", "one/SC-02/"])
def test_an_answer_changed_meanwhile_comes_back_as_both_texts(cast, workbench, path):
    page = workbench(cast.member)
    type_offline(page)
    save_answer(cast.project, "PF-12", AnswerContent(value=50.0), revision=0, by=cast.owner, at=timezone.now())
    page.context.set_offline(False)

    page.goto(f"/projects/{cast.key}/checklist/{path}")
    if path:
        page.locator("#live a", has_text="PF-12").click()
    page.get_by_text("Sigrid Aas changed this answer first.").wait_for()

    assert page.locator("#PF-12-value").input_value() == "91"
    assert stored() == {"PF-12": {"value": 50}}
    page.get_by_role("button", name="Keep theirs").click()
    forgotten(page)


def test_what_was_refused_stays_until_it_is_mended(cast, workbench):
    page = workbench(cast.member)
    page.locator("#PF-12-value").fill("150")
    page.locator("#PF-12-value").press("Tab")
    page.get_by_text("Between 0 and 100.").first.wait_for()

    page.reload()
    page.get_by_text("Between 0 and 100.").first.wait_for()

    assert page.locator("#PF-12-value").input_value() == "150"


def test_nobody_else_at_this_browser_is_given_it_and_it_goes_with_signing_out(cast, workbench):
    page = workbench(cast.member)
    type_offline(page)
    kept = page.evaluate("JSON.stringify({...localStorage})")

    other = workbench(cast.owner)
    other.evaluate("kept => Object.entries(JSON.parse(kept)).forEach(([k, v]) => localStorage.setItem(k, v))", kept)
    other.reload()
    other.locator("#PF-12 .save", has_text="No answer yet").wait_for()
    assert other.locator("#PF-12-value").input_value() == ""

    page.evaluate("document.querySelector('form[data-leave]').dispatchEvent(new Event('submit', {bubbles: true}))")
    forgotten(page)


def test_after_a_fortnight_it_is_forgotten(cast, workbench):
    page = workbench(cast.member)
    type_offline(page)
    page.evaluate(AGED)
    context = page.context
    page.close()
    context.set_offline(False)

    page = context.new_page()
    page.goto(f"/projects/{cast.key}/checklist/one/PF-12/")

    forgotten(page)
    assert page.locator("#PF-12-value").input_value() == ""
    assert stored() == {}


def test_a_page_to_sign_in_is_no_saved_answer(cast, workbench):
    page = workbench(cast.member)
    page.context.clear_cookies(name="sessionid")

    page.locator("#PF-12-value").fill("91")
    page.locator("#PF-12-value").press("Tab")
    page.locator("#PF-12 .save", has_text="Kept on this device").wait_for()

    assert json.loads(page.evaluate("Object.values(localStorage)[0]"))["typed"][1] == ["value", "91"]
    assert stored() == {}


def test_the_length_of_a_text_is_told_while_one_types(cast, workbench):
    page = workbench(cast.member)
    page.locator("#SC-02 summary").click()

    page.locator("#SC-02-note").fill("a" * 5001)
    assert page.locator("#SC-02 [data-state=count]").inner_text() == "5,001 / 5,000"
    page.locator("#SC-02-note").blur()
    page.get_by_text("At most 5000 characters.").first.wait_for()

    assert len(page.locator("#SC-02-note").input_value()) == 5001


def test_the_focus_stays_in_the_question_whose_button_is_gone(cast, workbench):
    fill_checklist(cast)
    submit(cast)
    reopen_checklist(cast.project, by=cast.owner, because="The scope grew.", at=timezone.now())
    page = workbench(cast.member)

    page.locator("#SC-02 button", has_text="Still true").press("Enter")
    page.locator("#SC-02 button", has_text="Still true").wait_for(state="detached")

    assert page.evaluate("document.activeElement.closest('[data-item]')?.id") == "SC-02"
    assert Answer.objects.get(question="SC-02").confirmed_round == 2

"""The workbench in a real browser: typing while a save is under way, two people on one answer."""

from functools import partial

import pytest
from django.utils import timezone

from projects.checklist.actions.answering import save_answer
from projects.checklist.models.answers import Answer
from projects.checklist.rules.answers import AnswerContent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def saved(page, question: str, revision: int) -> None:
    page.locator(f"#{question} .save", has_text=f", r{revision}").wait_for()


def test_what_is_typed_while_a_save_is_under_way_is_saved_too(cast, workbench):
    page = workbench(cast.member)

    page.locator("#SC-02 input[type=radio][value=partly]").click()
    page.locator("#SC-02-pending_what").fill("Norway")
    page.locator("#SC-02-pending_owner").focus()
    page.keyboard.type("Ida")
    page.locator("#SC-02 summary").click()
    # In two or three saves: what is changed under way waits, and the last wait takes all of it.
    page.get_by_text("Before Submit this still needs: by when.").wait_for()
    page.wait_for_function("() => !Object.keys(localStorage).some((one) => one.includes('kept'))")

    stored = Answer.objects.get(question="SC-02").content
    assert stored == {"value": "partly", "pending_what": "Norway", "pending_owner": "Ida"}
    page.locator("#h-sub", has_text="things before Submit").wait_for()
    page.locator("#topics a[href='#SC'] .n", has_text="1/1").wait_for()


def test_details_are_asked_for_by_the_answer_that_needs_them(cast, workbench):
    page = workbench(cast.member)

    assert not page.locator("#SC-02-pending_what").is_visible()
    page.locator("#SC-02 input[type=radio][value=partly]").click()

    assert page.locator("#SC-02-pending_what").is_visible()
    page.get_by_text("Before Submit this still needs").wait_for()


@pytest.mark.parametrize(("button", "kept"), [("Keep mine", "yes"), ("Keep theirs", "no")])
def test_of_two_texts_one_is_kept_and_the_other_does_not_come_back(cast, workbench, button, kept):
    page = workbench(cast.member)
    theirs = AnswerContent(value="no", note="The board said no.")
    write = partial(save_answer, cast.project, "SC-02", theirs, revision=0, by=cast.owner, at=timezone.now())
    write()

    page.locator("#SC-02 input[type=radio][value=yes]").click()
    page.get_by_text("Sigrid Aas changed this answer first.").wait_for()
    page.get_by_role("button", name=button).click()
    page.locator("#SC-02 .diff").wait_for(state="detached")
    page.reload()

    assert page.locator(f"#SC-02 input[type=radio][value={kept}]").is_checked()
    assert page.locator("#SC-02 .diff").count() == 0
    assert Answer.objects.get(question="SC-02").content["value"] == kept


def test_a_wrong_answer_is_kept_at_its_field_and_mended_there(cast, workbench):
    page = workbench(cast.member)

    page.locator("#PF-12-value").fill("150")
    page.locator("#PF-12-value").press("Tab")
    page.get_by_text("Between 0 and 100.").first.wait_for()
    assert page.locator("#PF-12-value").input_value() == "150"
    page.locator("#PF-12-value").fill("95")
    page.locator("#PF-12 button", has_text="Save").click()
    saved(page, "PF-12", 1)

    assert page.get_by_text("Between 0 and 100.").count() == 0
    assert Answer.objects.get(question="PF-12").content == {"value": 95}

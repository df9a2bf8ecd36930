"""Still true? What a round before this one was told is asked again, holds nobody, and is frozen with its truth."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from golive.audit.models import AuditRow
from golive.core.decision import Refused
from projects.checklist.actions.confirming import confirm_answers
from projects.checklist.actions.rounds import reopen_checklist, withdraw_submission
from projects.checklist.models.answers import Answer
from projects.checklist.queries.sheet import Sheet, sheet_of
from tests.builders import client_of
from tests.builders_projects import Cast, fill_checklist, make_project, plan_dates, reload, submit

pytestmark = pytest.mark.django_db
QUESTIONS = ("GR-01", "CU-01", "SC-02", "UA-10", "PF-12")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def cast() -> Cast:
    """In its second round, on the answers of the first."""
    cast = make_project()
    plan_dates(cast)
    fill_checklist(cast)
    submit(cast)
    reopen_checklist(cast.project, by=cast.owner, because="The scope grew.", at=timezone.now())
    return cast


def live(cast: Cast) -> Sheet:
    return sheet_of(reload(cast.project), at=timezone.now())


def door(cast: Cast, name: str, **parts: str) -> str:
    return reverse(name, kwargs={"key": cast.key, **parts})


def test_every_answer_of_the_round_before_is_asked_again(cast):
    body = client_of(cast.member).get(door(cast, "checklist")).content.decode()

    assert live(cast).unconfirmed == QUESTIONS
    assert body.count("From round 1: still true?") == 5
    assert "5 answers from earlier rounds" in body


def test_a_first_round_asks_nothing_again():
    cast = make_project()
    plan_dates(cast)
    fill_checklist(cast)

    assert live(cast).unconfirmed == ()
    assert "still true" not in client_of(cast.member).get(door(cast, "checklist")).content.decode()


def test_a_withdrawn_round_is_asked_again_too():
    cast = make_project()
    plan_dates(cast)
    fill_checklist(cast)
    submit(cast)
    withdraw_submission(cast.project, by=cast.owner, because="Too early.", at=timezone.now())

    assert live(cast).unconfirmed == QUESTIONS


def test_one_click_confirms_an_answer_and_leaves_its_text_and_revision(cast):
    response = client_of(cast.member).post(door(cast, "checklist_answer_confirm", question="SC-02"), headers=HTMX)

    row = Answer.objects.get(question="SC-02")
    assert (response.status_code, response["HX-Trigger"]) == (200, "answer-saved")
    assert "still true?" not in response.content.decode()
    assert (row.revision, row.confirmed_round, row.content) == (1, 2, {"value": "yes"})
    assert "SC-02" not in live(cast).unconfirmed


def test_a_topic_is_confirmed_at_once_without_script(cast):
    response = client_of(cast.member).post(door(cast, "checklist_topic_confirm", topic="UA"))

    assert (response.status_code, response["Location"]) == (302, door(cast, "checklist") + "#UA")
    assert live(cast).unconfirmed == ("GR-01", "CU-01", "SC-02", "PF-12")


@pytest.mark.parametrize("value", ["yes", "no"])
def test_saving_confirms_also_where_nothing_changed(cast, value):
    sent = {"value": value, "revision": "1"}

    client_of(cast.member).post(door(cast, "checklist_answer", question="SC-02"), sent)

    assert Answer.objects.get(question="SC-02").confirmed_round == 2


def test_who_found_it_true_is_in_the_history(cast):
    confirm_answers(cast.project, ["SC-02", "UA-10"], by=cast.partner_member, at=timezone.now())
    confirm_answers(cast.project, ["SC-02"], by=cast.member, at=timezone.now())

    [row] = AuditRow.objects.filter(act="answers.confirmed")
    said = json.loads(row.body)
    assert (row.object, said["after"]) == ("round:2", {"questions": ["SC-02", "UA-10"], "round": 2})


def test_what_is_not_confirmed_never_holds_submit_and_is_frozen_so(cast):
    confirm_answers(cast.project, ["SC-02"], by=cast.member, at=timezone.now())
    asks = client_of(cast.owner).get(door(cast, "checklist_submit")).content.decode()

    frozen = json.loads(submit(cast).frozen)

    assert "4 answers are not confirmed: GR-01, CU-01, UA-10, PF-12" in asks
    confirmed = {one["id"]: one["confirmed"] for one in frozen["questions"]}
    assert confirmed == dict.fromkeys(QUESTIONS, False) | {"SC-02": True}


def test_a_submitted_round_is_confirmed_no_more(cast):
    submit(cast)

    with pytest.raises(Refused) as refused:
        confirm_answers(cast.project, ["SC-02"], by=cast.member, at=timezone.now())

    assert refused.value.decision.codes == ["submitted"]


def test_the_api_confirms_several_and_says_what_is_left(cast):
    client, address = client_of(cast.member), door(cast, "api_checklist_confirmed")

    for _twice in range(2):
        answer = client.put(address, {"questions": ["SC-02", "UA-10"]}, content_type="application/json")

    assert answer.json() == {"round": 2, "unconfirmed": ["GR-01", "CU-01", "PF-12"]}
    shown = client.get(door(cast, "api_checklist")).json()
    assert shown["unconfirmed"] == ["GR-01", "CU-01", "PF-12"]
    assert [one["confirmed"] for one in shown["questions"]] == [False, False, True, True, False]


@pytest.mark.parametrize("sent", [{}, {"questions": []}, {"questions": ["XX-99"]}, {"questions": [{"a": 1}]}])
def test_what_was_never_asked_is_bad_input(cast, sent):
    answer = client_of(cast.member).put(door(cast, "api_checklist_confirmed"), sent, content_type="application/json")

    assert answer.status_code == 400
    assert live(cast).unconfirmed == QUESTIONS


def test_where_two_texts_stand_nothing_is_called_still_true(cast):
    sent = {"value": "no", "revision": "7"}

    body = client_of(cast.member).post(door(cast, "checklist_answer", question="SC-02"), sent, headers=HTMX)

    assert (body.status_code, "still true?" in body.content.decode()) == (409, False)


def test_an_unknown_question_or_topic_is_missing(cast):
    client = client_of(cast.member)

    for address in (
        door(cast, "checklist_answer_confirm", question="XX-99"),
        door(cast, "checklist_topic_confirm", topic="XX"),
    ):
        assert client.post(address).status_code == 404

"""One question a screen: where one left off, on to what is open, without script too."""

import pytest
from django.urls import reverse
from django.utils import timezone

from projects.checklist.actions.rounds import reopen_checklist
from projects.checklist.models.answers import Answer
from tests.builders import client_of
from tests.builders_projects import Cast, fill_checklist, submit

pytestmark = pytest.mark.django_db


def screen(cast: Cast, question: str) -> str:
    return reverse("checklist_question", kwargs={"key": cast.key, "question": question})


def start(cast: Cast) -> str:
    return client_of(cast.member).get(reverse("checklist_one", kwargs={"key": cast.key}))["Location"]


def save(cast: Cast, question: str, **sent: str) -> str:
    address = reverse("checklist_answer", kwargs={"key": cast.key, "question": question})
    return client_of(cast.member).post(address, {"then": "one", "revision": "0", **sent})["Location"]


def test_a_screen_has_one_question_and_says_how_far_one_is(cast):
    body = client_of(cast.member).get(screen(cast, "CU-01")).content.decode()

    assert body.count("data-item") == 1
    for said in ("Question 2 of 5", "0 of 5", "Next open: SC-02"):
        assert said in body
    assert f'href="{screen(cast, "GR-01")}" rel="prev"' in body
    assert f'href="{screen(cast, "SC-02")}" rel="next"' in body


def test_without_script_a_save_leads_to_the_next_open_question_and_around_the_end(cast):
    assert start(cast) == screen(cast, "GR-01")
    assert save(cast, "CU-01", value="none") == screen(cast, "SC-02")
    assert save(cast, "SC-02", value="partly") == screen(cast, "UA-10")
    assert save(cast, "UA-10", value="yes") == screen(cast, "PF-12")
    assert save(cast, "PF-12", value="95") == screen(cast, "GR-01")
    assert Answer.objects.count() == 4


def test_what_lacks_its_details_or_is_not_confirmed_is_open(cast):
    fill_checklist(cast, SC_02={"value": "yes"})
    assert "Nothing is open any more" in client_of(cast.member).get(screen(cast, "GR-01")).content.decode()
    submit(cast)
    reopen_checklist(cast.project, by=cast.owner, because="The scope grew.", at=timezone.now())

    assert "Next open: CU-01" in client_of(cast.member).get(screen(cast, "GR-01")).content.decode()


def test_what_was_not_accepted_stays_in_the_fast_mode(cast):
    address = reverse("checklist_answer", kwargs={"key": cast.key, "question": "PF-12"})

    response = client_of(cast.member).post(address, {"value": "150", "revision": "0", "then": "one"})

    assert response.status_code == 422
    assert '<input type="hidden" name="then" value="one">' in response.content.decode()


def test_whoever_only_sees_the_project_reads(cast):
    body = client_of(cast.viewer).get(screen(cast, "SC-02")).content.decode()

    assert ("data-save" in body, "No answer" in body) == (False, True)


def test_an_unknown_question_is_missing_and_a_stranger_finds_nothing(cast):
    assert client_of(cast.member).get(screen(cast, "XX-99")).status_code == 404
    assert client_of(cast.stranger).get(screen(cast, "SC-02")).status_code == 404

"""The history of an answer, and the way back to any text of it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from projects.checklist.actions.answering import save_answer
from projects.checklist.models.answers import Answer, AnswerRevision
from projects.checklist.rules.answers import AnswerContent
from tests.builders import client_of
from tests.builders_projects import Cast, fill_checklist, make_project, plan_dates, submit

pytestmark = pytest.mark.django_db
NOTES = ("The board agreed.", "The board agreed, Norway did not.", "All agreed.")


@pytest.fixture
def cast() -> Cast:
    """One answer, three texts by two people."""
    cast = make_project()
    plan_dates(cast)
    for revision, note in enumerate(NOTES):
        by = cast.owner if revision % 2 else cast.member
        content = AnswerContent(value="yes", note=note)
        save_answer(cast.project, "SC-02", content, revision=revision, by=by, at=timezone.now())
    return cast


def door(cast: Cast, name: str = "checklist_answer_history", question: str = "SC-02") -> str:
    return reverse(name, kwargs={"key": cast.key, "question": question})


def test_every_text_is_shown_with_who_when_and_what_changed(cast):
    body = client_of(cast.viewer).get(door(cast)).content.decode()

    assert [body.index(f'id="r{n}"') for n in (3, 2, 1)] == sorted(body.index(f'id="r{n}"') for n in (1, 2, 3))
    assert (body.count("<bdi>Jonas Lind</bdi> ·"), body.count("<bdi>Sigrid Aas</bdi> ·")) == (2, 1)
    for marked in ("<ins>agreed, Norway did not.</ins>", "<del>The board agreed, Norway did not.</del>"):
        assert marked in body
    assert "Restore r" not in body  # who may not answer is told why, below


def test_an_earlier_text_is_restored_as_a_save_on_the_newest_revision(cast):
    client = client_of(cast.member)
    body = client.get(door(cast)).content.decode()
    sent = {"value": "yes", "note": NOTES[0], "revision": "3"}
    assert "Restore r1" in body
    for name, value in sent.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in body

    response = client.post(door(cast, "checklist_answer"), sent)

    row = Answer.objects.get(question="SC-02")
    assert (response.status_code, row.revision, row.content["note"]) == (302, 4, NOTES[0])
    assert AnswerRevision.objects.count() == 4


def test_a_text_restored_over_a_newer_one_meets_both(cast):
    newer = AnswerContent(value="no", note="The steering committee said no.")
    save_answer(cast.project, "SC-02", newer, revision=3, by=cast.owner, at=timezone.now())

    sent = {"value": "yes", "note": NOTES[0], "revision": "3"}
    response = client_of(cast.member).post(door(cast, "checklist_answer"), sent)

    assert response.status_code == 409
    assert Answer.objects.get(question="SC-02").content["note"] == newer.note


def test_nothing_is_restored_into_a_submitted_round():
    cast = make_project()
    plan_dates(cast)
    fill_checklist(cast, SC_02={"value": "yes", "note": "One."})
    save_answer(cast.project, "SC-02", AnswerContent(value="yes"), revision=1, by=cast.owner, at=timezone.now())
    submit(cast)

    body = client_of(cast.owner).get(door(cast)).content.decode()

    assert "Restore r" not in body
    assert "read-only" in body


def test_a_long_history_comes_by_pages_in_a_fixed_number_of_queries(cast, django_assert_num_queries):
    row, client = Answer.objects.get(), client_of(cast.member)
    more = [
        AnswerRevision(answer=row, revision=n, content={"value": "yes"}, by=cast.member, at=timezone.now())
        for n in range(4, 51)
    ]
    AnswerRevision.objects.bulk_create(more)

    with django_assert_num_queries(8):
        first = client.get(door(cast)).content.decode()

    assert (first.count('id="r'), "below=31" in first) == (20, True)
    last = client.get(door(cast), {"below": "11"}).content.decode()
    assert (last.count('id="r'), NOTES[0] in last, "below=" in last) == (10, True, False)


@pytest.mark.parametrize("below", ["-1", "rubbish", "9" * 40, "٣", ""])
def test_a_page_that_begins_nowhere_begins_at_the_newest(cast, below):
    assert 'id="r3"' in client_of(cast.member).get(door(cast), {"below": below}).content.decode()


def test_the_api_tells_the_same(cast):
    client, address = client_of(cast.viewer), door(cast, "api_checklist_answer_history")

    told = client.get(address).json()

    assert [(one["revision"], one["answer"]["note"]) for one in told["revisions"]] == [
        (3, NOTES[2]),
        (2, NOTES[1]),
        (1, NOTES[0]),
    ]
    assert (told["older"], client.get(address, {"below": "x"}).status_code) == (None, 400)


def test_an_unknown_question_is_missing_and_a_stranger_finds_nothing(cast):
    for name in ("checklist_answer_history", "api_checklist_answer_history"):
        assert client_of(cast.member).get(door(cast, name, "XX-99")).status_code == 404
        assert client_of(cast.stranger).get(door(cast, name)).status_code == 404

"""What clients claim that is not so: wrong revisions, writes into a submitted round, the same save at once."""

import threading

import pytest
from django.db import connections
from django.urls import reverse

from projects.checklist.models.answers import Answer, AnswerRevision
from projects.checklist.models.submission import Submission
from tests.builders import client_of
from tests.builders_projects import Cast, fill_checklist, make_project, plan_dates, submit
from tests.scale import times

HTMX = {"HX-Request": "true"}


def door(cast: Cast, name: str = "checklist_answer", **parts: str) -> str:
    return reverse(name, kwargs={"key": cast.key, **({"question": "SC-02"} if name == "checklist_answer" else parts)})


@pytest.mark.parametrize("claimed", ["0", "2", "999999999", "-1", "1e0", "1.0", " ", "", "٣", "9" * 30, "1,1", "true"])
def test_only_the_revision_that_stands_is_written_on(cast, claimed):
    client = client_of(cast.member)
    client.post(door(cast), {"value": "yes", "revision": "0"})

    answer = client.post(door(cast), {"value": "no", "revision": claimed}, headers=HTMX)

    # Django reads ٣ as 3 and 1.0 as 1; the latter is the revision that stands.
    kept = "no" if claimed == "1.0" else "yes"
    assert answer.status_code == (
        200 if kept == "no" else 409 if claimed.strip() in {"0", "2", "999999999", "٣"} else 422
    )
    assert Answer.objects.get().content == {"value": kept}


def test_an_answer_without_its_revision_is_not_saved(cast):
    assert client_of(cast.member).post(door(cast), {"value": "no"}, headers=HTMX).status_code == 422
    assert not Answer.objects.exists()


def test_no_way_of_writing_reaches_a_submitted_round(cast):
    fill_checklist(cast)
    sent = submit(cast)
    before = list(Answer.objects.order_by("pk").values())
    client = client_of(cast.member)
    ways = [
        (door(cast), {"value": "no", "revision": "1"}),
        (door(cast), {"value": "no", "revision": "1", "whole": "1", "then": "one"}),
        (door(cast, "checklist_answer_confirm", question="SC-02"), {}),
        (door(cast, "checklist_topic_confirm", topic="SC"), {}),
        (door(cast, "checklist_header"), {"completed_by": ""}),
        (door(cast, "checklist_presence"), {"question": "SC-02"}),
    ]

    for address, fields in ways:
        for headers in ({}, HTMX):
            answer = client.post(address, fields, headers=headers)
            assert (answer.status_code, "read-only" in answer.content.decode()) == (409, True), address

    body, kind = {"value": "no"}, "application/json"
    api = reverse("api_checklist_answer", kwargs={"key": cast.key, "question": "SC-02"})
    assert client.put(api, body, content_type=kind, headers={"If-Match": '"1"'}).status_code == 409
    assert list(Answer.objects.order_by("pk").values()) == before
    assert Submission.objects.get().sha256 == sent.sha256


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_same_save_many_times_at_once_is_one():
    cast = make_project()
    plan_dates(cast)
    client_of(cast.member).post(door(cast), {"value": "yes", "revision": "0"})
    for revision in range(1, 1 + times(20)):
        sent, ends = {"value": ("no", "yes")[revision % 2 == 0], "revision": str(revision)}, []

        def post(client, sent=sent, ends=ends) -> None:
            ends.append(client.post(door(cast), sent, headers=HTMX).status_code)
            connections.close_all()

        threads = [threading.Thread(target=post, args=(client_of(cast.member),)) for _each in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)

        assert ends == [200] * 4
        assert AnswerRevision.objects.count() == revision + 1

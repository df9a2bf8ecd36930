"""The API of the checklist: revisions, refusals, rounds."""

import json
import uuid

import pytest
from django.urls import reverse

from golive.core.digests import digest_of_text
from projects.checklist.models.answers import Answer, AnswerRevision
from projects.checklist.models.checklist import ChecklistRound
from tests import corpus
from tests.builders import client_of
from tests.builders_projects import Cast, fill_checklist, submit

pytestmark = pytest.mark.django_db
JSON = "application/json"


def address(cast: Cast, name: str = "", **args) -> str:
    return reverse(f"api_checklist{name}", kwargs={"key": cast.key, **args})


def put(cast: Cast, who, question: str, body: object, revision: object = 0):
    headers = {} if revision is None else {"If-Match": f'"{revision}"' if isinstance(revision, int) else revision}
    raw = body if isinstance(body, bytes) else json.dumps(body)
    return client_of(who).put(address(cast, "_answer", question=question), raw, JSON, headers=headers)


def post(cast: Cast, who, verb: str, body: object | None = None, key: str = ""):
    headers = {"Idempotency-Key": key or str(uuid.uuid4())}
    return client_of(who).post(address(cast, f"_{verb}"), json.dumps(body or {}), JSON, headers=headers)


def test_get_tells_questions_answers_revisions_and_what_may_be_done(cast):
    put(cast, cast.member, "SC-02", {"value": "no"})

    shown = client_of(cast.member).get(address(cast)).json()

    answered = {one["id"]: one for one in shown["questions"]}["SC-02"]
    assert (shown["asked"], shown["answered"], shown["round"]) == (5, 1, {"number": 1, "state": "draft"})
    assert (answered["revision"], answered["answer"], answered["words"]) == (1, {"value": "no"}, "No")
    assert [one["severity"] for one in answered["raises"]] == ["critical"]
    assert shown["actions"]["answer"] == {"allowed": True, "reasons": []}
    codes = [reason["code"] for reason in shown["actions"]["submit"]["reasons"]]
    assert codes == ["not_sender", "no_completed_by", "header_incomplete", "no_licences", "unanswered"]


def test_an_answer_is_put_on_the_revision_that_was_seen(cast):
    first = put(cast, cast.member, "CU-01", {"value": ["timing"]})
    second = put(cast, cast.member, "CU-01", {"value": ["none"]}, 1)

    assert (first.status_code, first["ETag"]) == (200, '"1"')
    assert (second.status_code, second["ETag"], second.json()["answer"]) == (200, '"2"', {"value": ["none"]})


def test_no_revision_is_428_and_a_malformed_one_400(cast):
    assert put(cast, cast.member, "SC-02", {"value": "yes"}, None).status_code == 428
    for revision in corpus.NO_REVISION:
        if revision.isprintable() and revision.isascii():
            assert put(cast, cast.member, "SC-02", {"value": "yes"}, revision).status_code in {400, 428}, revision
    assert Answer.objects.count() == 0


def test_a_stale_revision_is_412_with_both_answers_and_the_current_etag(cast):
    put(cast, cast.owner, "SC-02", {"value": "no", "note": "The board."})

    response = put(cast, cast.member, "SC-02", {"value": "yes"}, 0)

    body = response.json()
    assert (response.status_code, response["ETag"], body["code"], body["revision"]) == (412, '"1"', "stale", 1)
    assert body["theirs"]["answer"] == {"value": "no", "note": "The board."}
    assert body["mine"]["answer"] == {"value": "yes"}
    assert AnswerRevision.objects.count() == 1


def test_the_same_answer_again_has_already_succeeded(cast):
    put(cast, cast.member, "SC-02", {"value": "yes"})

    again = put(cast, cast.member, "SC-02", {"value": "yes"}, 0)

    assert (again.status_code, again["ETag"]) == (200, '"1"')
    assert AnswerRevision.objects.count() == 1


@pytest.mark.parametrize(
    ("question", "body", "field"),
    [
        ("SC-02", {"value": "maybe"}, "value"),
        ("SC-02", {"value": "yes", "colour": "red"}, "colour"),
        ("SC-02", {"value": "yes", "unknown": True}, "unknown"),
        ("CU-01", {"value": ["none", "timing"]}, "value"),
        ("CU-01", {"value": "none"}, "value"),
        ("PF-12", {"value": 101}, "value"),
        ("GR-01", {"value": 20270101}, "value"),
        ("SC-02", {"value": "partly", "pending_due": "tomorrow"}, "pending_due"),
    ],
)
def test_bad_input_is_400_at_its_field(cast, question, body, field):
    response = put(cast, cast.member, question, body)

    assert (response.status_code, list(response.json()["errors"])) == (400, [field])
    assert Answer.objects.count() == 0


@pytest.mark.parametrize("question", ["GR-01", "CU-01", "SC-02", "PF-12"])
def test_no_value_and_no_body_is_our_fault(cast, question):
    values = [*corpus.NOT_TEXT, *corpus.NO_TEXT, *corpus.NO_DAY, *corpus.INERT]
    client = client_of(cast.member)
    door = address(cast, "_answer", question=question)

    for raw in [*corpus.NO_BODY, *corpus.bodies_with("value", values), *corpus.bodies_with("note", values)]:
        response = client.put(door, raw, JSON, headers={"If-Match": '"0"'})
        assert response.status_code in {200, 400, 412, 413}, ascii(raw[:40])


def test_unknown_questions_and_foreign_projects_are_missing_alike(cast):
    unknown = put(cast, cast.member, "XX-99", {"value": "yes"})
    foreign = put(cast, cast.stranger, "SC-02", {"value": "yes"})

    assert (unknown.status_code, foreign.status_code) == (404, 404)
    assert unknown.content == foreign.content


def test_a_viewer_may_not_answer(cast):
    assert put(cast, cast.viewer, "SC-02", {"value": "yes"}).status_code == 403


def test_submit_withdraw_submit_reopen(cast):
    fill_checklist(cast)

    sent = post(cast, cast.owner, "submit")
    back = post(cast, cast.owner, "withdraw", {"because": "One answer is wrong."})
    again = post(cast, cast.owner, "submit")
    opened = post(cast, cast.owner, "reopen", {"because": "The scope grew."})

    assert [one.status_code for one in (sent, back, again, opened)] == [201, 201, 201, 201]
    assert (sent.json()["state"], sent.json()["number"]) == ("submitted", 1)
    assert (back.json()["state"], back.json()["number"], back.json()["because"]) == ("draft", 2, "One answer is wrong.")
    assert (opened.json()["state"], opened.json()["number"]) == ("draft", 3)


def test_submit_is_done_once_for_one_key(cast):
    fill_checklist(cast)

    first, second = (post(cast, cast.owner, "submit", key="k1") for _twice in range(2))

    assert (first.status_code, second.status_code) == (201, 201)
    assert (first.content, second["Idempotency-Replayed"]) == (second.content, "true")
    assert ChecklistRound.objects.filter(state="submitted").count() == 1


def test_a_refused_submit_tells_every_reason_with_its_page(cast):
    response = post(cast, cast.owner, "submit")

    reasons = response.json()["reasons"]
    codes = ["no_completed_by", "header_incomplete", "no_licences", "unanswered"]
    assert (response.status_code, [one["code"] for one in reasons]) == (409, codes)
    assert reasons[2]["url"].endswith("/onboarding/licences/")
    assert reasons[3]["url"].endswith("/checklist/#GR-01")


@pytest.mark.parametrize("body", [{}, {"because": ""}, {"because": 1}, {"because": "x" * 501}, {"because": "a\0b"}])
def test_reopening_needs_a_reason(cast, body):
    fill_checklist(cast)
    submit(cast)

    assert post(cast, cast.owner, "reopen", body).status_code == 400
    assert ChecklistRound.objects.count() == 1


def test_a_round_shows_what_was_frozen_under_its_hash(cast):
    fill_checklist(cast)
    submission = submit(cast)

    shown = client_of(cast.viewer).get(address(cast, "_round", number=1)).json()

    assert shown["submission"]["sha256"] == submission.sha256 == digest_of_text(submission.frozen)
    assert shown["submission"]["frozen"]["questions"][0]["text"] == "On which date do end users start live work?"
    assert client_of(cast.viewer).get(address(cast, "_round", number=2)).status_code == 404
    assert client_of(cast.stranger).get(address(cast, "_round", number=1)).status_code == 404


def test_a_submitted_answer_is_refused_with_409(cast):
    fill_checklist(cast)
    submit(cast)

    assert put(cast, cast.member, "SC-02", {"value": "no"}, 1).status_code == 409

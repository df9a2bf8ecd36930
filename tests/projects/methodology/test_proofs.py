"""What lies beside a step: evidence and notes, by page and by API; none of it marks the step."""

from datetime import date
from itertools import product

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from golive.audit.models import AuditRow
from projects.evidence.actions.evidence import add_evidence, withdraw_evidence
from projects.evidence.models import Evidence
from projects.methodology.actions.phases import complete_phase
from projects.methodology.actions.proofs import note_step, prove_step
from projects.methodology.models.course import Step
from projects.methodology.models.proof import StepEvidence, StepNote
from projects.methodology.rules.proofs import ProofFacts, may_note_step, may_prove_step, may_remove_proof
from projects.portfolio.rules.onlooker import Onlooker
from tests.builders import client_of
from tests.builders_projects import Cast, call, codes_of, do_steps, make_project, onboard, plan_dates, start
from tests.projects.evidence.samples import BAD, PDF
from tests.projects.evidence.ways import add, send

MEMBER, VIEWER = Onlooker(id=1, side="customer", access="member"), Onlooker(id=2, side="customer", access="viewer")
pytestmark = pytest.mark.usefixtures("files")
both = pytest.mark.parametrize("door", ["page", "api"])


@pytest.fixture
def cast(db) -> Cast:
    return make_project()


def page_of(cast: Cast, more: str = "", *, step: str = "A02") -> str:
    return f"/projects/{cast.key}/methodology/steps/{step}/{more}"


def api_of(cast: Cast, more: str = "evidence/", *, step: str = "A02") -> str:
    return f"projects/{cast.key}/steps/{step}/{more}"


def attach(door: str, cast: Cast, piece: Evidence):
    said = {"evidence": str(piece.uid)}
    if door == "page":
        return client_of(cast.member).post(page_of(cast, "evidence/attach/"), said)
    return call(cast.member, "post", api_of(cast), said)


@pytest.mark.parametrize(
    ("person", "facts", "prove", "remove", "note"),
    [
        (MEMBER, {}, [], ["evidence_not_attached"], []),
        (VIEWER, {}, ["not_of_team"], ["not_of_team", "evidence_not_attached"], ["not_of_team"]),
        (MEMBER, {"attached": True}, ["evidence_attached"], [], []),
        (MEMBER, {"withdrawn": True}, ["evidence_withdrawn"], ["evidence_not_attached"], []),
        (MEMBER, {"attached": True, "withdrawn": True}, ["evidence_attached", "evidence_withdrawn"], [], []),
        (
            MEMBER,
            {"project_state": "paused"},
            ["project_not_active"],
            ["project_not_active", "evidence_not_attached"],
            ["project_not_active"],
        ),
    ],
)
def test_the_team_lays_things_beside_a_step(person, facts, prove, remove, note):
    known = ProofFacts(**({"project_key": "HALD-7Q2", "project_state": "active", "step": "A02"} | facts))

    assert may_prove_step(person, known).codes == prove
    assert may_remove_proof(person, known).codes == remove
    assert may_note_step(person, known).codes == note


@pytest.mark.req("S1-33")
@both
def test_a_step_has_evidence_and_notes_with_who_and_when_and_is_not_marked_by_them(cast, door):
    if door == "page":
        send(cast.member, page_of(cast, "evidence/"), PDF, "minutes.pdf", title="Minutes of the kick-off")
        client_of(cast.partner_member).post(page_of(cast, "notes/"), {"text": "Signed by both sides."})
    else:
        send(cast.member, f"/api/v1/{api_of(cast)}", PDF, "minutes.pdf", title="Minutes of the kick-off")
        call(cast.partner_member, "post", api_of(cast, "notes/"), {"text": "Signed by both sides."})

    assert Step.objects.get(project=cast.project, key="A02").state == "open"
    shown = client_of(cast.viewer).get(page_of(cast)).content.decode()
    for words in ("Minutes of the kick-off", "minutes.pdf", cast.member.name, "Signed by both sides.",
                  cast.partner_member.name):  # fmt: skip
        assert words in shown
    piece = Evidence.objects.get()
    [proof] = call(cast.viewer, "get", api_of(cast)).json()["results"]
    [note] = call(cast.viewer, "get", api_of(cast, "notes/")).json()["results"]
    assert (proof["evidence"], proof["by"]) == (str(piece.uid), cast.member.name)
    assert (note["text"], note["by"]) == ("Signed by both sides.", cast.partner_member.name)
    assert proof["at"]
    assert note["at"]


@pytest.mark.req("S1-33")
def test_the_pages_say_that_marking_is_apart_from_doing_and_proof_optional(cast):
    client = client_of(cast.viewer)
    course = client.get(f"/projects/{cast.key}/methodology/").content.decode()
    step = client.get(page_of(cast)).content.decode()

    assert "A step has two parts: do the work, then mark it here." in course
    assert "Proof is optional: lay a file, a link or a note beside the step." in course
    assert "Proof is optional, and marks nothing: do the work, then mark the step on the methodology page." in step


def test_the_methodology_page_tells_which_steps_have_something_beside_them(cast):
    prove_step(cast.project, "A02", add(cast), by=cast.member, at=timezone.now())
    note_step(cast.project, "A05", text="Soon.", by=cast.member, at=timezone.now())

    response = client_of(cast.viewer).get(f"/projects/{cast.key}/methodology/")

    assert response.context["proved"] == {"A02", "A05"}
    assert f'href="{page_of(cast)}"' in response.content.decode()
    asked = "Add proof or a note"  # of those who may, where there is nothing yet
    assert asked not in response.content.decode()
    assert asked in client_of(cast.member).get(f"/projects/{cast.key}/methodology/").content.decode()


@both
def test_what_is_given_to_a_step_says_until_when_it_proves_something(cast, door):
    said = {"title": "Minutes", "url": "https://team.example/minutes", "expires_on": "2027-03-01"}

    if door == "page":
        client_of(cast.member).post(page_of(cast, "evidence/"), said)
    else:
        call(cast.member, "post", api_of(cast), said)

    assert Evidence.objects.get().expires_on == date(2027, 3, 1)


@both
def test_what_is_taken_away_stays_in_history(cast, door):
    piece = add(cast)
    assert attach(door, cast, piece).status_code == (302 if door == "page" else 201)

    if door == "page":
        client_of(cast.partner_member).post(page_of(cast, f"evidence/{piece.uid}/remove/"))
    else:
        assert call(cast.partner_member, "delete", api_of(cast, f"evidence/{piece.uid}/")).status_code == 204

    [line] = call(cast.viewer, "get", api_of(cast)).json()["results"]
    assert line["removed_at"]
    assert "taken away" in client_of(cast.viewer).get(page_of(cast)).content.decode()
    assert client_of(cast.viewer).get(f"/projects/{cast.key}/evidence/{piece.uid}/1/").status_code == 200
    row = AuditRow.objects.get(act="step.proof_removed")
    assert (row.actor, row.object) == (cast.partner_member, "step:A02")
    assert attach(door, cast, piece).status_code == (302 if door == "page" else 201)  # and may be laid there again


@both
def test_what_cannot_be_laid_beside_a_step_says_why(cast, door):
    piece, gone = add(cast), add(cast, "Gone", name="gone.pdf")
    attach(door, cast, piece)
    withdraw_evidence(gone, by=cast.member, at=timezone.now())

    again, withdrawn = attach(door, cast, piece), attach(door, cast, gone)

    assert (again.status_code, withdrawn.status_code) == (409, 409)
    if door == "api":
        assert (codes_of(again), codes_of(withdrawn)) == (["evidence_attached"], ["evidence_withdrawn"])
    assert StepEvidence.objects.count() == 1


@both
def test_evidence_of_another_project_is_unknown(cast, door):
    other = start("Other", owner=cast.owner)
    foreign = add_evidence(other, title="Canary", url="https://a.example/", by=cast.owner, at=timezone.now())

    answer = attach(door, cast, foreign)

    assert answer.status_code == (422 if door == "page" else 400)
    assert "Canary" not in answer.content.decode()
    assert "This project has no such evidence." in answer.content.decode()
    with pytest.raises(IntegrityError):  # nor does the database take it
        StepEvidence.objects.create(
            step=Step.objects.get(project=cast.project, key="A02"),
            evidence=foreign,
            added_by=cast.owner,
            added_at=timezone.now(),
        )


@both
def test_a_complete_phase_is_proved_and_noted_as_well(cast, door):
    plan_dates(cast)
    onboard(cast)
    do_steps(cast, "analysis")
    complete_phase(cast.project, "analysis", by=cast.owner, at=timezone.now())

    assert attach(door, cast, add(cast)).status_code in {201, 302}


@both
def test_what_the_store_refuses_is_not_laid_beside_a_step_either(cast, files, door):
    path = page_of(cast, "evidence/") if door == "page" else f"/api/v1/{api_of(cast)}"
    wrong = {}
    for name, content, code in BAD:
        if code in {"content", "macros", "kind", "empty", "bomb"}:
            answer = send(cast.member, path, content, name, title="Minutes")
            wrong |= {} if answer.status_code == (422 if door == "page" else 400) else {name: answer.status_code}

    assert wrong == {}
    assert (list(files.rglob("*")), Evidence.objects.count(), StepEvidence.objects.count()) == ([], 0, 0)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "title"),
        ({"title": "Plan"}, "file"),
        ({"title": "Plan", "url": "http://a.example/"}, "url"),
        ({"evidence": "x"}, "evidence"),
        ({"evidence": "0190b0f0-0000-7000-8000-000000000000"}, "evidence"),
        ({"evidence": "0190b0f0-0000-7000-8000-000000000000", "title": "Plan"}, "evidence"),
        ({"more": 1}, "more"),
    ],
)
def test_the_api_says_at_its_field_what_is_wrong(cast, said, field):
    answer = call(cast.member, "post", api_of(cast), said)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


NO_NOTES = ["", "  \n ", "x" * 1_001, "a\0b"]


# Half a sign comes by the API alone: no browser can send it.
@pytest.mark.parametrize(("door", "text"), [*product(("page", "api"), NO_NOTES), ("api", "\ud800")])
def test_a_note_says_something_that_can_be_kept(cast, door, text):
    if door == "page":
        answer = client_of(cast.member).post(page_of(cast, "notes/"), {"text": text})
    else:
        answer = call(cast.member, "post", api_of(cast, "notes/"), {"text": text})

    assert answer.status_code == (422 if door == "page" else 400)
    assert not StepNote.objects.exists()


@pytest.mark.parametrize("step", ["Z99", "a02", "A02-"])
def test_a_step_that_is_not_there_is_missing(cast, step):
    assert client_of(cast.owner).get(page_of(cast, step=step)).status_code == 404
    assert call(cast.owner, "get", api_of(cast, step=step)).status_code == 404
    assert client_of(cast.owner).post(page_of(cast, "notes/", step=step), {"text": "x"}).status_code == 404


def test_a_stranger_finds_nothing_of_it(cast):
    piece = add(cast, "Canary")
    prove_step(cast.project, "A02", piece, by=cast.member, at=timezone.now())
    for address in (page_of(cast), f"/api/v1/{api_of(cast)}", f"/api/v1/{api_of(cast, 'notes/')}"):
        answer = client_of(cast.stranger).get(address)
        assert answer.status_code == 404
        assert b"Canary" not in answer.content


@both
def test_it_costs_the_same_for_one_and_for_fifty(cast, door, django_assert_num_queries):
    def lay(n: int) -> None:
        said = {"title": f"Canary {n}.", "url": "https://a.example/", "by": cast.member, "at": timezone.now()}
        prove_step(cast.project, "A02", add_evidence(cast.project, **said), by=cast.member, at=timezone.now())
        note_step(cast.project, "A02", text=f"Bird {n}.", by=cast.member, at=timezone.now())

    address = page_of(cast) if door == "page" else f"/api/v1/{api_of(cast)}"
    lay(0)
    client = client_of(cast.viewer)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for n in range(1, 50):
        lay(n)

    with django_assert_num_queries(len(few)):
        body = client.get(address).content.decode()

    assert len(few) == {"page": 11, "api": 7}[door]
    assert [n for n in range(50) if f"Canary {n}." not in body] == []
    assert door == "api" or [n for n in range(50) if f"Bird {n}." not in body] == []

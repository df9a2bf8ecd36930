"""Steps and phases: marked, undone, completed and reopened, by page and by API through the same acts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.methodology.actions.phases import complete_phase
from projects.methodology.actions.steps import mark_step
from projects.methodology.models.course import Phase, PhaseReopening, Step
from tests.builders import client_of
from tests.builders_projects import (
    call,
    codes_of,
    complete_gate_phases,
    do_steps,
    make_project,
    onboard,
    plan_dates,
)

pytestmark = pytest.mark.django_db


def planned():
    cast = make_project()
    plan_dates(cast)
    onboard(cast)
    return cast


def act(door, user, cast, verb, **words):
    """`verb`: mark, undo, complete or reopen; both doors, same words."""
    page, api = {
        "mark": ("steps/{key}/done/", "steps/{key}/complete/"),
        "undo": ("steps/{key}/undo/", "steps/{key}/undo/"),
        "complete": ("{key}/complete/", "phases/{key}/complete/"),
        "reopen": ("{key}/reopen/", "phases/{key}/reopen/"),
    }[verb]
    key = words.pop("key")
    if door == "page":
        return client_of(user).post(f"/projects/{cast.key}/methodology/{page.format(key=key)}", words)
    return call(user, "post", f"projects/{cast.key}/{api.format(key=key)}", words)


def done(door):
    return 302 if door == "page" else 200


def step(cast, key):
    return Step.objects.get(project=cast.project, key=key)


def phase(cast, key):
    return Phase.objects.get(project=cast.project, key=key)


both = pytest.mark.parametrize("door", ["page", "api"])


@pytest.mark.req("S1-33")
@both
def test_a_step_is_marked_with_a_note_and_says_who_and_when(door):
    cast = planned()

    answer = act(door, cast.member, cast, "mark", key="A02", note="minutes.pdf in the team room")

    assert answer.status_code == done(door)
    row = step(cast, "A02")
    assert (row.state, row.done_by, row.note) == ("done", cast.member, "minutes.pdf in the team room")
    page = client_of(cast.viewer).get(f"/projects/{cast.key}/methodology/").content.decode()
    assert "minutes.pdf in the team room" in page
    assert "A step has two parts: do the work, then mark it here." in page


@both
def test_a_mark_is_taken_back(door):
    cast = planned()
    act(door, cast.member, cast, "mark", key="A02")

    answer = act(door, cast.partner_member, cast, "undo", key="A02")

    assert answer.status_code == done(door)
    assert step(cast, "A02").state == "open"


@pytest.mark.parametrize(("key", "code"), [("A01", "system_ticked"), ("D17", "step_locked"), ("A02", "step_done")])
def test_a_step_that_cannot_be_marked_says_why_by_both_doors(key, code):
    cast = make_project()
    mark_step(cast.project, "A02", by=cast.member, at=timezone.now())

    page = act("page", cast.member, cast, "mark", key=key)
    api = act("api", cast.member, cast, "mark", key=key)
    shown = call(cast.member, "get", f"projects/{cast.key}/steps/{key}/").json()["actions"]["complete"]

    assert (page.status_code, api.status_code, codes_of(api)) == (409, 409, [code])
    assert [reason["code"] for reason in shown["reasons"]] == [code]
    assert api.json()["reasons"][0]["text"] in page.content.decode()


@both
@pytest.mark.parametrize("who", ["viewer", "architect", "lead"])
def test_only_the_team_marks(door, who):
    cast = planned()

    answer = act(door, getattr(cast, who), cast, "mark", key="A02")

    assert answer.status_code == 403
    assert step(cast, "A02").state == "open"


def test_a_locked_step_names_what_unlocks_it():
    cast = planned()

    body = client_of(cast.member).get(f"/projects/{cast.key}/methodology/").content.decode()

    assert 'Unlocks after <a href="#D01">D01</a>' in body
    assert call(cast.member, "get", f"projects/{cast.key}/steps/D17/").json()["state"] == "locked"


@pytest.mark.req("S1-31")
@both
def test_a_phase_is_not_complete_before_every_required_step_is(door):
    cast = planned()
    mark_step(cast.project, "A02", by=cast.member, at=timezone.now())

    refused = act(door, cast.owner, cast, "complete", key="analysis")
    mark_step(cast.project, "A05", by=cast.member, at=timezone.now())
    between = phase(cast, "analysis").state
    answer = act(door, cast.owner, cast, "complete", key="analysis")

    assert refused.status_code == 409
    assert between == "open"  # the last step does not complete the phase: that is an act of its own
    assert answer.status_code == done(door)
    assert phase(cast, "analysis").state == "complete"


@pytest.mark.req("S1-31")
def test_both_doors_name_the_open_steps():
    cast = planned()

    page = act("page", cast.owner, cast, "complete", key="analysis").content.decode()
    api = act("api", cast.owner, cast, "complete", key="analysis")

    assert codes_of(api) == ["steps_open"]
    assert "Required steps are open: A02, A05." in page
    assert api.json()["reasons"][0]["url"] == f"/projects/{cast.key}/methodology/#A02"


def test_an_earlier_phase_comes_first():
    cast = planned()
    do_steps(cast, "design_develop")

    answer = act("api", cast.owner, cast, "complete", key="design_develop")

    assert codes_of(answer) == ["earlier_phase_open"]


@both
@pytest.mark.parametrize("who", ["member", "partner_member", "viewer", "lead"])
def test_only_an_owner_or_the_project_manager_completes(door, who):
    cast = planned()
    do_steps(cast, "analysis")

    answer = act(door, getattr(cast, who), cast, "complete", key="analysis")

    assert answer.status_code == 403
    assert phase(cast, "analysis").state == "open"


@pytest.mark.req("S1-32")
@both
def test_a_complete_phase_is_reopened_with_a_reason_that_stays(door):
    cast = planned()
    complete_gate_phases(cast)

    answer = act(door, cast.owner, cast, "reopen", key="analysis", because="The scope changed.")

    assert answer.status_code == done(door)
    assert phase(cast, "analysis").state == "open"
    assert phase(cast, "test").state == "complete"
    assert step(cast, "A02").state == "done"
    assert PhaseReopening.objects.get().because == "The scope changed."
    assert "The scope changed." in client_of(cast.viewer).get(f"/projects/{cast.key}/methodology/").content.decode()


@pytest.mark.req("S1-32")
@both
def test_a_phase_can_be_reopened_again_and_again(door):
    cast = planned()
    do_steps(cast, "analysis")

    for number in range(3):
        complete_phase(cast.project, "analysis", by=cast.owner, at=timezone.now())
        answer = act(door, cast.owner, cast, "reopen", key="analysis", because=f"Change {number}.")
        assert answer.status_code == done(door)

    assert PhaseReopening.objects.count() == 3


@both
def test_reopening_asks_for_a_reason(door):
    cast = planned()
    complete_gate_phases(cast)

    answer = act(door, cast.owner, cast, "reopen", key="analysis", because="")

    assert answer.status_code == (422 if door == "page" else 400)
    assert phase(cast, "analysis").state == "complete"


def test_a_note_that_is_too_long_comes_back_with_its_text():
    cast = planned()

    answer = act("page", cast.member, cast, "mark", key="A02", note="x" * 501)

    body = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{"x" * 501}" aria-invalid="true"' in body
    assert step(cast, "A02").state == "open"


def test_htmx_gets_the_part_and_the_message_with_undo():
    cast = planned()
    address = f"/projects/{cast.key}/methodology/steps/A02/done/"

    answer = client_of(cast.member).post(address, {"note": ""}, headers={"HX-Request": "true"})

    body = answer.content.decode()
    assert '<div id="course">' in body
    assert "<html" not in body
    assert f'action="/projects/{cast.key}/methodology/steps/A02/undo/"' in body
    assert "A02 is done." in body


def test_a_phase_or_a_step_that_is_none_is_missing():
    cast = planned()

    assert act("page", cast.owner, cast, "complete", key="party").status_code == 404
    assert act("api", cast.owner, cast, "complete", key="party").status_code == 404
    assert act("page", cast.owner, cast, "mark", key="Z99").status_code == 404
    assert act("api", cast.owner, cast, "mark", key="Z99").status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_costs_the_same_however_often_a_phase_was_reopened(rows):
    cast = planned()
    do_steps(cast, "analysis")
    one = phase(cast, "analysis")
    PhaseReopening.objects.bulk_create(
        PhaseReopening(phase=one, because=f"Reason {n}.", by=cast.owner, at=timezone.now()) for n in range(rows)
    )
    client = client_of(cast.owner)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/projects/{cast.key}/methodology/")

    assert len(queries) == 9
    body = page.content.decode()
    assert all(f"Reason {n}." in body for n in range(rows))
    assert all(row.key in body for row in Step.objects.filter(project=cast.project))

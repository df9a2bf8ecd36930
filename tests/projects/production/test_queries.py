"""What production tells others: whose work waits, and whether what is kept is true."""

from datetime import timedelta

import pytest
from django.utils import timezone

from projects.portfolio.actions.people import add_member
from projects.portfolio.actions.projects import know
from projects.portfolio.models.standing import ProjectFacts, ProjectStanding
from projects.production.actions.clearing import deactivate_estimate, suspend_clearance, withdraw_clearance
from projects.production.actions.requesting import clear_sign_off, configure_production
from projects.production.actions.serving import deploy_request, fail_deployment
from projects.production.models.clearance import Clearance, Estimate
from projects.production.models.request import ProductionRequest
from projects.production.queries.gate import cover_of
from projects.production.queries.proof import false_standing
from projects.production.queries.waiting import waiting_for
from tests.builders_projects import Cast, plan_dates
from tests.projects.production.ways import (
    MANAGED,
    SELF_SERVICE,
    clear,
    configured,
    days,
    gate_project,
    request_of,
    signed_off,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quiet(settings):
    settings.REDIS_URL = ""


def today():
    return timezone.localdate()


def lines(person, limit: int = 10) -> list[str]:
    return [line.text for line in waiting_for(person, today(), limit)]


def promised(cast: Cast):
    return timezone.localdate(request_of(cast.project).released_at + timedelta(hours=48))


# --- whose work waits ---------------------------------------------------------------------------
def test_an_engineer_sees_what_was_promised_and_the_held_last():
    held, released = gate_project(MANAGED), gate_project(MANAGED, cleared=True, name="Released one")
    signed_off(held)
    signed_off(released)

    waiting = waiting_for(released.engineer, today(), 10)

    assert [(line.project, line.due_on, line.detail) for line in waiting] == [
        ("Released one", promised(released), ""),
        ("Halden Dairy", None, "held"),
    ]
    assert waiting[0].url == f"/service-requests/{released.key}/1/"
    assert waiting[0].whose == "engineers"


def test_what_the_system_deploys_waits_for_no_engineer_until_it_fails():
    cast = gate_project(SELF_SERVICE, cleared=True)
    service = signed_off(cast)
    assert lines(cast.engineer) == []

    request = request_of(cast.project)
    for state in ("deploying", "failed"):
        ProductionRequest.objects.filter(pk=request.pk).update(state=state)

    assert lines(cast.engineer) == [f"Production request {service.label}"]


def test_a_finished_request_waits_for_nobody():
    cast = gate_project(MANAGED, cleared=True)
    signed_off(cast)
    clear_sign_off(cast.project, by=cast.owner, at=timezone.now())

    assert lines(cast.engineer) == []


@pytest.mark.parametrize("infrastructure", [MANAGED, SELF_SERVICE])
def test_owner_and_environment_manager_see_what_they_can_sign_off(infrastructure):
    cast = gate_project(infrastructure, cleared=True)
    add_member(cast.project, user=cast.partner_member, by=cast.owner, at=timezone.now(), access="environment_manager")
    configured(cast)

    for person in (cast.owner, cast.partner_member):
        assert lines(person) == ["The production request can be signed off"]
    for person in (cast.member, cast.viewer, cast.stranger, cast.architect):
        assert lines(person) == []


def uncovered(cast: Cast) -> None:
    suspend_clearance(Clearance.objects.get(project=cast.project), because="x", by=None, at=timezone.now())


WAYS_TO_CLOSE = {
    "a phase": lambda cast: know(cast.project, open_gate_phases=["test"]),
    "onboarding": lambda cast: know(cast.project, onboarded=False),
    "the estimate": lambda cast: deactivate_estimate(Estimate.objects.get(), by=cast.owner, at=timezone.now()),
    "the clearance": uncovered,
    "the date": lambda cast: plan_dates(cast, go_live_in=60 + 43),
    "a value": lambda cast: configure_production(cast.project, {"version": ""}, by=cast.owner, at=timezone.now()),
    "the sign-off": lambda cast: signed_off(cast),
}


@pytest.mark.parametrize("what", WAYS_TO_CLOSE)
def test_nothing_waits_for_the_owner_while_the_gate_is_closed(what):
    cast = gate_project(MANAGED, cleared=True)
    configured(cast)
    assert lines(cast.owner) != []

    WAYS_TO_CLOSE[what](cast)

    assert lines(cast.owner) == []


@pytest.mark.parametrize("rows", [1, 20])
def test_waiting_costs_one_query(rows, django_assert_num_queries):
    first = gate_project(MANAGED, cleared=True)
    configured(first)
    for n in range(rows - 1):
        configured(gate_project(MANAGED, cleared=True, name=f"Project {n}", owner=first.owner))

    with django_assert_num_queries(1):
        assert len(lines(first.owner, 50)) == rows


@pytest.mark.parametrize("rows", [1, 20])
def test_waiting_costs_an_engineer_the_numbers_and_one_query(rows, django_assert_num_queries):
    first = gate_project(MANAGED, cleared=True)
    signed_off(first)
    for n in range(rows - 1):
        signed_off(gate_project(MANAGED, cleared=True, name=f"Project {n}", owner=first.owner))

    with django_assert_num_queries(2):
        assert len(lines(first.engineer, 50)) == rows
    assert len(lines(first.engineer, 1)) == 1


# --- what is kept is true -------------------------------------------------------------------------
def test_what_is_kept_is_true_after_every_act():
    told = []
    cast = gate_project(MANAGED)
    for act in (
        lambda: configured(cast),
        lambda: clear(cast),
        lambda: signed_off(cast),
        lambda: clear_sign_off(cast.project, by=cast.owner, at=timezone.now()),
        lambda: deploy_request(signed_off(cast), by=cast.engineer, at=timezone.now()),
        lambda: fail_deployment(
            request_of(cast.project).service_request, by=cast.engineer, because="x", at=timezone.now()
        ),
        lambda: withdraw_clearance(
            Clearance.objects.get(project=cast.project), because="x", by=None, at=timezone.now()
        ),
    ):
        act()
        told += list(false_standing())

    assert told == []


@pytest.mark.parametrize(
    ("model", "column", "value"),
    [
        (ProjectStanding, "clearance_state", "stands"),
        (ProjectStanding, "request_state", "draft"),
        (ProjectFacts, "has_active_estimate", False),
    ],
)
def test_a_column_that_is_not_true_is_named(model, column, value):
    cast = gate_project(MANAGED)
    signed_off(cast)
    clear_sign_off(cast.project, by=cast.owner, at=timezone.now())

    model.objects.filter(project=cast.project).update(**{column: value})

    told = list(false_standing())
    assert len(told) == 1
    assert told[0].startswith(f"{cast.key}: ")
    assert column in told[0]


def test_the_proof_costs_the_same_for_many(django_assert_num_queries):
    first = gate_project(MANAGED, cleared=True)
    for n in range(5):
        signed_off(gate_project(MANAGED, cleared=True, name=f"Project {n}", owner=first.owner))

    with django_assert_num_queries(8):
        assert list(false_standing()) == []


# --- cover ------------------------------------------------------------------------------------------
def test_cover_ends_the_day_after_its_last():
    cast = gate_project(MANAGED, cleared=True)
    clearance = Clearance.objects.select_related("checklist").get(project=cast.project)
    last = clearance.covers_until

    assert clearance.covers_until == clearance.go_live_on + days(42)
    assert [cover_of(clearance, day) for day in (last - days(400), last, last + days(1), None)] == [
        "covers",
        "covers",
        "lapsed",
        "lapsed",
    ]

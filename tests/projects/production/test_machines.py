"""Clearance, production request and service request: all states by all verbs, and what the database itself forbids."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from golive.core.guards import named_constraint
from golive.core.ids import uuid7
from projects.checklist.models.checklist import Checklist
from projects.portfolio.models.milestones import RolloutMilestone
from projects.production.models.clearance import Clearance, Estimate
from projects.production.models.request import ProductionRequest, RequestComment, ServiceRequest
from projects.production.states import (
    CLEARANCE_MOVES,
    OPEN_REQUEST,
    REQUEST_MOVES,
    SERVICE_MOVES,
    ClearanceState,
    RequestState,
    ServiceState,
)
from tests.builders_projects import Cast
from tests.projects.production.ways import HASH, MANAGED, VALUES, clear, configured, days, gate_project, signed_off

AT = timezone.now()

# verb: its arguments, and where it leads from each state where it is legal
CLEARANCE_VERBS = {
    "suspend": ({"because": "x"}, {"stands": "suspended"}),
    "restore": ({}, {"suspended": "stands"}),
    "withdraw": ({"because": "x"}, {"stands": "withdrawn", "suspended": "withdrawn"}),
}
REQUEST_VERBS = {
    "sign_off": ({"by": None, "at": AT, "clearance": None}, {"draft": "queued"}),
    "deploy": ({"at": AT, "clearance": None}, {"queued": "deploying", "failed": "deploying"}),
    "finish": ({"by": None, "at": AT}, {"deploying": "done"}),
    "fail": ({"because": "x"}, {"deploying": "failed"}),
    "clear_sign_off": ({"by": None, "at": AT}, {"queued": "signoff_cleared"}),
    "deny": ({"by": None, "at": AT, "because": "x"}, {"queued": "denied"}),
    "withdraw": ({"by": None, "at": AT}, {"queued": "withdrawn", "failed": "withdrawn"}),
}
SERVICE_VERBS = {
    "start": ({"by": None}, {"requested": "in_progress"}),
    "finish": ({"at": AT}, {"in_progress": "finished"}),
    "deny": ({"at": AT}, {"requested": "denied", "in_progress": "denied"}),
    "cancel": ({"at": AT}, {"requested": "cancelled", "in_progress": "cancelled"}),
}
MACHINES = [
    (Clearance, ClearanceState, CLEARANCE_VERBS, CLEARANCE_MOVES),
    (ProductionRequest, RequestState, REQUEST_VERBS, REQUEST_MOVES),
    (ServiceRequest, ServiceState, SERVICE_VERBS, SERVICE_MOVES),
]
TABLE = [
    (model, state, verb, said, ways.get(state))
    for model, states, verbs, _moves in MACHINES
    for state, (verb, (said, ways)) in product(states.values, verbs.items())
]


@pytest.mark.parametrize(("model", "state", "verb", "said", "leads_to"), TABLE)
def test_every_state_by_every_verb(model, state, verb, said, leads_to):
    row = model(state=state)

    if leads_to is None:
        with pytest.raises(TransitionNotAllowed):
            getattr(row, verb)(**said)
        assert row.state == state
    else:
        getattr(row, verb)(**said)
        assert row.state == leads_to


@pytest.mark.parametrize(("model", "_states", "verbs", "moves"), MACHINES)
def test_the_verbs_of_the_model_are_those_of_the_table(model, _states, verbs, moves):
    own = {name for name, verb in vars(model).items() if hasattr(verb, "_django_fsm")}

    assert own == set(verbs)
    assert {(a, b) for _said, ways in verbs.values() for a, b in ways.items()} == moves


# --- raw SQL: what no rule is asked about ---------------------------------------------------
def move_raw(row, state: str, **columns) -> None:
    """One UPDATE past all actions, of the state and what goes with it."""
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(state=state, **columns)


def sql(statement: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused_as(statement: str, *values) -> str:
    with pytest.raises(IntegrityError) as caught:
        sql(statement, *values)
    return named_constraint(caught.value) or str(caught.value)


def shortest_way(moves: set[tuple[str, str]], start: str, goal: str) -> list[str]:
    ways = [[start]]
    for way in ways:
        if way[-1] == goal:
            return way[1:]
        ways += [[*way, b] for a, b in sorted(moves) if a == way[-1] and b not in way]
    raise AssertionError(goal)


ENDED_REQUEST = {"done", "signoff_cleared", "denied", "withdrawn"}


def request_at(cast: Cast, state: str) -> ProductionRequest:
    """A request led along legal pairs, stamped as the CHECKs ask."""
    request = configured(cast)
    for step in shortest_way(REQUEST_MOVES, "draft", state):
        stamps = {"signed_off_at": AT, "signed_off_by": cast.owner}
        stamps["ended_at"] = AT if step in ENDED_REQUEST else None
        move_raw(request, step, **stamps)
    request.refresh_from_db()
    return request


@pytest.fixture
def managed(db) -> Cast:
    return gate_project(MANAGED, cleared=True)


def illegal(states, moves) -> list[tuple[str, str]]:
    return [(a, b) for a, b in product(states.values, repeat=2) if a != b and (a, b) not in moves]


@pytest.mark.req("S1-56")
@pytest.mark.parametrize(("before", "after"), illegal(RequestState, REQUEST_MOVES))
def test_no_illegal_move_of_a_request_by_raw_sql(managed, before, after):
    request = request_at(managed, before)
    ended = ", ended_at = %s" if after in ENDED_REQUEST else ", ended_at = NULL"
    values = [AT] if after in ENDED_REQUEST else []

    name = refused_as(
        f"UPDATE projects_productionrequest SET state = %s{ended} WHERE id = %s", after, *values, request.pk
    )

    assert name == "request_moves"


@pytest.mark.parametrize(("before", "after"), illegal(ClearanceState, CLEARANCE_MOVES))
def test_no_illegal_move_of_a_clearance_by_raw_sql(managed, before, after):
    clearance = Clearance.objects.get(project=managed.project)
    for step in shortest_way(CLEARANCE_MOVES, "stands", before):
        move_raw(clearance, step)

    assert (
        refused_as("UPDATE projects_clearance SET state = %s WHERE id = %s", after, clearance.pk) == "clearance_moves"
    )


@pytest.mark.parametrize(("before", "after"), illegal(ServiceState, SERVICE_MOVES))
def test_no_illegal_move_of_a_service_request_by_raw_sql(managed, before, after):
    service = signed_off(managed)
    is_open = {"requested": True, "in_progress": True}
    for step in shortest_way(SERVICE_MOVES, "requested", before):
        move_raw(service, step, ended_at=None if is_open.get(step) else AT)
    ended = "NULL" if is_open.get(after) else "CURRENT_TIMESTAMP"

    name = refused_as(
        f"UPDATE projects_servicerequest SET state = %s, ended_at = {ended} WHERE id = %s", after, service.pk
    )

    assert name == "service_request_moves"


@pytest.mark.parametrize("state", [state for state in RequestState.values if state != "draft"])
def test_a_request_begins_as_a_draft(managed, state):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ProductionRequest.objects.create(
            project=managed.project,
            infrastructure=MANAGED,
            state=state,
            made_at=AT,
            made_by=managed.owner,
            signed_off_at=AT,
            signed_off_by=managed.owner,
            ended_at=None if state in OPEN_REQUEST else AT,
            **VALUES,
        )

    assert named_constraint(caught.value) == "request_moves"


# --- deploying without a clearance that covers ---------------------------------------------------
def uncover(cast: Cast, how: str) -> None:
    clearance = Clearance.objects.filter(project=cast.project)
    if how == "withdrawn":
        clearance.update(state="withdrawn")
    if how == "suspended":
        clearance.update(state="suspended")
    if how == "content changed":
        Checklist.objects.filter(project=cast.project).update(content_hash="c" * 64)
    if how == "date lapsed":
        milestone = RolloutMilestone.objects.filter(rollout__project=cast.project, milestone="go_live")
        milestone.update(day=clearance.get().covers_until + timedelta(days=1))
    if how == "no date":
        RolloutMilestone.objects.filter(rollout__project=cast.project, milestone="go_live").delete()


@pytest.mark.req("S1-41")
@pytest.mark.parametrize("from_state", ["queued", "failed"])
@pytest.mark.parametrize("how", ["none", "withdrawn", "suspended", "content changed", "date lapsed", "no date"])
def test_nothing_is_deployed_uncleared_by_raw_sql(db, how, from_state):
    cast = gate_project(MANAGED, cleared=how != "none" or from_state == "failed")
    request = request_at(cast, from_state)
    uncover(cast, "withdrawn" if how == "none" and from_state == "failed" else how)

    name = refused_as("UPDATE projects_productionrequest SET state = 'deploying' WHERE id = %s", request.pk)

    assert name == "request_deploys_only_cleared"


def test_the_clearance_of_another_project_does_not_deploy(db):
    gate_project(MANAGED, cleared=True)
    request = request_at(gate_project(MANAGED, name="Another one"), "queued")

    name = refused_as("UPDATE projects_productionrequest SET state = 'deploying' WHERE id = %s", request.pk)

    assert name == "request_deploys_only_cleared"


def test_what_covers_is_deployed_by_raw_sql_too(managed):
    request = request_at(managed, "deploying")

    assert request.state == "deploying"


def test_go_live_on_the_last_day_still_covers(managed):
    clearance = Clearance.objects.get(project=managed.project)
    milestone = RolloutMilestone.objects.filter(rollout__project=managed.project, milestone="go_live")
    milestone.update(day=clearance.covers_until)

    assert request_at(managed, "deploying").state == "deploying"


# --- CHECKs and the other guards ---------------------------------------------------
REQUEST = "UPDATE projects_productionrequest SET {} WHERE id = %s"


@pytest.mark.req("S1-53")
def test_self_service_is_never_signed_off_without_a_clearance(db):
    cast = gate_project()
    request = request_draft(cast)

    name = refused_as(
        REQUEST.format("state = 'queued', signed_off_at = CURRENT_TIMESTAMP, signed_off_by_id = %s"),
        cast.owner.pk,
        request.pk,
    )

    assert name == "request_self_service_cleared"


def request_draft(cast: Cast) -> ProductionRequest:
    return ProductionRequest.objects.create(
        project=cast.project,
        infrastructure=cast.project.infrastructure,
        made_at=AT,
        made_by=cast.owner,
        **VALUES,
    )


@pytest.mark.parametrize(
    ("state", "columns", "name"),
    [
        ("queued", "signed_off_at = NULL", "request_signed_off_stamped"),
        ("queued", "signed_off_by_id = NULL", "request_signed_off_stamped"),
        ("queued", "ended_at = CURRENT_TIMESTAMP", "request_end_stamped"),
        ("denied", "ended_at = NULL", "request_end_stamped"),
        ("draft", "ended_at = CURRENT_TIMESTAMP", "request_end_stamped"),
        ("queued", "data_centre = 'Elsewhere'", "request_fixed_once_signed_off"),
        ("queued", "topology = 'high_volume'", "request_fixed_once_signed_off"),
        ("done", "version = '9'", "request_fixed_once_signed_off"),
        ("denied", "administrator = 'x@y.example'", "request_fixed_once_signed_off"),
        ("draft", "infrastructure = 'self_service'", "request_infrastructure_is_projects"),
    ],
)
def test_the_database_keeps_a_request_whole(managed, state, columns, name):
    request = request_at(managed, state)

    assert refused_as(REQUEST.format(columns), request.pk) == name


@pytest.mark.parametrize("missing", list(VALUES))
def test_a_request_with_a_hole_is_never_signed_off(managed, missing):
    request = configured(managed)
    ProductionRequest.objects.filter(pk=request.pk).update(**{missing: ""})

    name = refused_as(
        REQUEST.format("state = 'queued', signed_off_at = CURRENT_TIMESTAMP, signed_off_by_id = %s"),
        managed.owner.pk,
        request.pk,
    )

    assert name == "request_whole_when_signed_off"


@pytest.mark.parametrize("state", ["draft", "queued", "deploying", "failed"])
def test_one_open_request_a_project(managed, state):
    request_at(managed, state)

    with pytest.raises(IntegrityError), transaction.atomic():
        request_draft(managed)


def test_one_deployed_production_a_project(managed):
    request_at(managed, "done")
    second = request_draft(managed)
    for step in ("queued", "deploying"):
        move_raw(second, step, signed_off_at=AT, signed_off_by=managed.owner)

    with pytest.raises(IntegrityError):
        move_raw(second, "done", ended_at=AT)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("review_hash", "d" * 64),
        ("content_hash", "d" * 64),
        ("go_live_on", "2031-01-01"),
        ("covers_until", "2099-01-01"),
        ("kind", "waiver"),
    ],
)
def test_a_clearance_never_changes_what_it_was_granted_for(managed, column, value):
    clearance = Clearance.objects.get(project=managed.project)

    name = refused_as(f"UPDATE projects_clearance SET {column} = %s WHERE id = %s", value, clearance.pk)

    assert name == "clearance_only_its_state"


def granted(cast: Cast, **changed) -> Clearance:
    checklist = Checklist.objects.get(project=cast.project)
    today = timezone.localdate()
    values = {
        "project": cast.project,
        "checklist": checklist,
        "conclusion": uuid7(),
        "review_hash": "b" * 64,
        "content_hash": HASH,
        "go_live_on": today,
        "covers_until": today,
        "granted_at": AT,
        "granted_by": cast.architect,
    }
    with transaction.atomic():
        return Clearance.objects.create(**values | changed)


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"kind": "waiver"}, "clearance_kind_known"),
        ({"review_hash": "b" * 63}, "clearance_hashes_whole"),
        ({"content_hash": ""}, "clearance_hashes_whole"),
        ({"covers_until": timezone.localdate() - days(1)}, "clearance_covers_its_date"),
        ({"state": "suspended"}, "clearance_moves"),
        ({"state": "withdrawn"}, "clearance_moves"),
    ],
)
def test_only_a_whole_clearance_is_granted(db, changed, name):
    cast = gate_project()

    with pytest.raises(IntegrityError) as caught:
        granted(cast, **changed)

    assert named_constraint(caught.value) == name


def test_a_clearance_belongs_to_the_checklist_of_its_project(db):
    cast, other = gate_project(), gate_project(name="Another one")

    with pytest.raises(IntegrityError) as caught:
        granted(cast, checklist=Checklist.objects.get(project=other.project))

    assert named_constraint(caught.value) == "clearance_of_its_project"


def test_one_live_clearance_a_checklist(managed):
    with pytest.raises(IntegrityError):
        granted(managed)


def test_one_conclusion_grants_once(managed):
    clearance = Clearance.objects.get(project=managed.project)
    move_raw(clearance, "withdrawn")

    with pytest.raises(IntegrityError):
        granted(managed, conclusion=clearance.conclusion)


def test_one_active_estimate_a_project(managed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Estimate.objects.create(
            project=managed.project,
            name="Second",
            user_count=1,
            active=True,
            activated_at=AT,
            added_at=AT,
            added_by=managed.owner,
        )


def test_an_active_estimate_says_since_when(managed):
    assert refused_as("UPDATE projects_estimate SET activated_at = NULL") == "estimate_active_stamped"


def test_a_service_request_is_of_the_project_of_its_request(managed):
    service = signed_off(managed)
    other = gate_project(MANAGED, name="Another one")

    name = refused_as("UPDATE projects_servicerequest SET project_id = %s WHERE id = %s", other.project.pk, service.pk)

    assert name == "service_request_of_its_project"


@pytest.mark.parametrize(
    ("state", "columns"), [("requested", "ended_at = CURRENT_TIMESTAMP"), ("cancelled", "ended_at = NULL")]
)
def test_a_service_request_says_when_it_ended(managed, state, columns):
    service = signed_off(managed)
    if state == "cancelled":
        move_raw(service, "cancelled", ended_at=AT)

    name = refused_as(f"UPDATE projects_servicerequest SET {columns} WHERE id = %s", service.pk)

    assert name == "service_request_end_stamped"


@pytest.mark.parametrize(
    "statement", ["UPDATE projects_requestcomment SET text = 'other'", "DELETE FROM projects_requestcomment"]
)
def test_what_was_said_stays(managed, statement):
    service = signed_off(managed)
    RequestComment.objects.create(service_request=service, text="When?", by=managed.owner, at=AT)

    assert refused_as(statement) == "request_comment_kept"


def test_an_empty_comment_is_none(managed):
    service = signed_off(managed)

    with pytest.raises(IntegrityError), transaction.atomic():
        RequestComment.objects.create(service_request=service, text="", by=managed.owner, at=AT)


def test_clearing_again_replaces_what_stood(managed):
    first = Clearance.objects.get(project=managed.project)

    second = clear(managed)

    first.refresh_from_db()
    assert (first.state, first.because, second.state) == ("withdrawn", "superseded", "stands")

"""The database refuses every illegal move of every machine by raw SQL, also after a migration has remade the table."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState
from django_fsm import FSMField

from golive.core.guards import drift, named_constraint
from projects.checklist.actions.rounds import reopen_checklist
from projects.checklist.models.checklist import ChecklistRound
from projects.methodology.models.course import Phase, Step
from projects.portfolio.models.project import Project
from projects.production.models.clearance import Clearance
from projects.production.models.request import ProductionRequest, ServiceRequest
from reviews.assessment.actions.mitigating import add_finding
from reviews.assessment.models import Finding, Review
from tests.builders_projects import Cast, make_project
from tests.guards.machines import ARGUMENTS, Machine, machines
from tests.races.stages import (
    MANAGED,
    WORDS,
    concluded,
    configured,
    opened_finding,
    signed_off,
    submitted,
    taken,
)

AT = ARGUMENTS["at"]
MACHINES = machines()


def begun_project() -> Project:
    return make_project().project


def begun_phase() -> Phase:
    phase = begun_project().phases.latest("position")
    phase.steps.update(applies=False)  # what a phase asks of its steps is another guard
    return phase


def begun_step() -> Step:
    return begun_project().steps.earliest("pk")


def begun_round() -> ChecklistRound:
    cast = submitted(MANAGED)
    reopen_checklist(cast.project, by=cast.owner, because="More to say.", at=AT)
    ChecklistRound.objects.filter(checklist__project=cast.project, number=1).update(state="superseded", ended_at=AT)
    return ChecklistRound.objects.get(checklist__project=cast.project, number=2)


def cleared(cast: Cast) -> Clearance:
    concluded(cast)
    return Clearance.objects.get(project=cast.project)


def begun_request() -> ProductionRequest:
    """Cleared, so that nothing but the move itself is wrong with it."""
    cast = submitted(MANAGED)
    cleared(cast)
    return configured(cast)


def begun_service() -> ServiceRequest:
    cast = submitted(MANAGED)
    cleared(cast)
    return signed_off(cast)


def begun_finding() -> Finding:
    cast = submitted(MANAGED)
    return add_finding(taken(cast), by=cast.architect, at=AT, **WORDS)


BEGIN: dict[type[models.Model], Callable[[], models.Model]] = {
    Project: begun_project,
    Phase: begun_phase,
    Step: begun_step,
    ChecklistRound: begun_round,
    Clearance: lambda: cleared(submitted(MANAGED)),
    ProductionRequest: begun_request,
    ServiceRequest: begun_service,
    Review: lambda: taken(submitted(MANAGED)),
    Finding: begun_finding,
}


@contextmanager
def remade(machine: Machine) -> Iterator[None]:
    """A migration widens the column of the state, for which SQLite makes the table anew; then it is taken back."""
    wider = machine.field.clone()
    wider.max_length += 10
    app = machine.model._meta.app_label
    change = migrations.AlterField(machine.model._meta.model_name, machine.field.name, wider)
    before = ProjectState.from_apps(apps)
    after = before.clone()
    change.state_forwards(app, after)
    with connection.schema_editor() as editor:
        change.database_forwards(app, editor, before, after)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            change.database_backwards(app, editor, after, before)


def answer_to(machine: Machine, row: models.Model, state: str) -> str:
    """The constraint that refuses the row this state, or nothing."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'UPDATE "{machine.table}" SET "{machine.field.column}" = %s WHERE id = %s', [state, row.pk])
    except IntegrityError as error:
        return named_constraint(error) or str(error)
    return ""


def unrefused(machine: Machine) -> list[str]:
    """Each illegal move tried from its state; what the guard of the machine does not refuse."""
    start, wrong = BEGIN[machine.model](), []
    people = {"by": Project.objects.latest("pk").created_by, "clearance": Clearance.objects.order_by("pk").last()}
    for before, after in machine.illegal:
        with transaction.atomic():
            row = machine.model.objects.get(pk=start.pk)
            machine.walk(row, before, **people)
            if answer_to(machine, row, after) != machine.guard.name:
                wrong.append(f"{before}>{after}")
            transaction.set_rollback(True)
    return wrong


def test_every_machine_of_the_product_is_here():
    fields = {model for model in apps.get_models() for field in model._meta.fields if isinstance(field, FSMField)}

    assert {machine.model for machine in MACHINES} == fields == BEGIN.keys()


@pytest.mark.parametrize("machine", MACHINES, ids=str)
def test_the_models_own_moves_are_the_guards(machine):
    assert {move for _verb, move in machine.transitions} == machine.legal
    assert machine.field.get_default() == machine.guard.initial


@pytest.mark.parametrize("machine", MACHINES, ids=str)
def test_no_illegal_move_by_raw_sql(db, machine):
    assert unrefused(machine) == []


@pytest.mark.parametrize("machine", MACHINES, ids=str)
@pytest.mark.django_db(transaction=True)
def test_no_illegal_move_by_raw_sql_after_the_table_was_remade(machine):
    with remade(machine):
        assert unrefused(machine) == []
        assert drift(connection) == []

    assert drift(connection) == []


@pytest.mark.parametrize("machine", MACHINES, ids=str)
def test_a_row_that_moves_legally_is_not_refused(db, machine):
    """The walk itself proves that the tests above fail for the move alone."""
    start = BEGIN[machine.model]()
    people = {"by": Project.objects.latest("pk").created_by, "clearance": Clearance.objects.order_by("pk").last()}

    for state in machine.states:
        with transaction.atomic():
            row = machine.model.objects.get(pk=start.pk)
            machine.walk(row, state, **people)
            row.refresh_from_db()
            assert row.state == state
            transaction.set_rollback(True)


# --- what the issue names -------------------------------------------------------------------------------------------
@pytest.fixture(params=["as migrated", "remade"])
def schema(request, transactional_db):
    """The two tables of the strongest guards, as they are and after a migration."""
    if request.param == "as migrated":
        yield
        return
    review, production = (m for m in MACHINES if m.model in (Review, ProductionRequest))
    with remade(review), remade(production):
        yield


def machine_of(model: type[models.Model]) -> Machine:
    return next(machine for machine in MACHINES if machine.model is model)


def test_nothing_deploys_without_a_clearance_by_raw_sql(schema):
    cast = submitted(MANAGED)
    request = signed_off(cast).request

    assert answer_to(machine_of(ProductionRequest), request, "deploying") == "request_deploys_only_cleared"


def test_no_review_passes_with_an_open_critical_by_raw_sql(schema):
    cast = submitted(MANAGED)
    review = taken(cast)
    opened_finding(review, by=cast.architect, severity="critical")

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Review.objects.filter(pk=review.pk).update(state="concluded", outcome="ready", concluded_at=AT)

    assert named_constraint(caught.value) == "review_passes_without_critical"

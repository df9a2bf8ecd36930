"""`manage.py verify` over a living project: a falsified column, a flipped byte and a dropped guard are each named."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from golive.audit.models import AuditRow
from golive.core.guards import declared
from golive.outbox.drain import drain
from projects.portfolio.models.standing import ProjectFacts, ProjectStanding
from tests.builders_projects import Cast, make_project
from tests.races.stages import MANAGED, concluded, signed_off, submitted

OTHER = object()  # the id of somebody who has nothing to do with the project
STANDING: dict[str, object] = {
    "state": "paused",
    "archived": True,
    "infrastructure": "self_service",
    "engagement_type": "architect_led",
    "customer_id": OTHER,
    "partner_id": OTHER,
    "architect_id": OTHER,
    "has_fo": False,
    "has_ce": True,
    "phase": "operate",
    "go_live_on": date(2031, 1, 1),
    "checklist_state": "withdrawn",
    "answered": 0,
    "asked": 99,
    "predicted_risk": 4,
    "review_state": "mitigation",
    "review_due_on": date(2031, 1, 1),
    "turn": "reviewers",
    "found_risk": 4,
    "open_critical": 3,
    "clearance_state": "suspended",
    "request_state": "failed",
    "worst_risk": 4,
    "station": 9,
    "waits_for": "nobody",
    "sort_day": date(2031, 1, 1),
    "go_live_month": 203101,
}
FACTS = {
    "onboarded": False,
    "products": '["ce"]',
    "user_count": 7,
    "open_gate_phases": '["test"]',
    "has_active_estimate": False,
    "primary_contact_count": 9,
    "scope": '["hr"]',
    "country_count": 7,
    "has_customizations": False,
    "has_isv": False,
    "has_integrations": False,
    "integration_count": 7,
    "has_dual_write": True,
    "has_database_copy": False,
    "upgrade_from": "ax2012",
    "go_live_set_days_ahead": 7,
    "uat_signed_version": "9.9",
    "sandbox_locations": '["Elsewhere"]',
    "acceptance_version": "9.9",
    "production_location": "Elsewhere",
    "production_version": "9.9",
}
CHECKLIST = {
    "asked": 98,
    "answered": 1,
    "predicted_risk": 4,
    "content_hash": "f" * 64,
    "submitted_hash": "f" * 64,
    "differs": True,
}
COLUMNS = [
    ("projects_projectstanding", "standing", STANDING),
    ("projects_projectfacts", "facts", FACTS),
    ("projects_checklist", "checklist", CHECKLIST),
]
FALSE = [(table, kind, column, value) for table, kind, columns in COLUMNS for column, value in columns.items()]


# Where a project that has only begun says by right what is false later.
BEGUN = {"answered": 5, "infrastructure": "microsoft_managed", "has_fo": True}


def false(value: object, column: str, cast: Cast) -> object:
    if value is not OTHER:
        return value
    return cast.stranger.pk if column == "architect_id" else cast.stranger.organisation_id


def sql(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def verify() -> list[str]:
    """What it prints, without the line in which it gives up."""
    out = StringIO()
    call_command("verify", stdout=out)
    return out.getvalue().splitlines()


def found_wrong() -> list[str]:
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify", stdout=out)
    return [line.strip() for line in out.getvalue().splitlines() if line.startswith("  ")]


@pytest.fixture
def cast(db) -> Cast:
    """Signed off, released and queued; beside it a project that has only begun."""
    make_project(name="Begun")
    cast = submitted(MANAGED)
    concluded(cast)
    signed_off(cast)
    while drain(100):
        pass  # what waits to be judged again is not looked at
    return cast


def test_all_that_is_kept_is_true_after_a_journey(cast):
    assert verify() == ["chains: ok", "guards: ok", "standing: ok", "people: ok"]


def test_each_false_column_is_named(cast):
    unnamed = [column for table, kind, column, value in FALSE if not named(cast, table, kind, column, value)]

    assert unnamed == []


def test_a_project_that_has_only_begun_claims_nothing(db):
    begun, values = make_project(), STANDING | BEGUN

    unnamed = [
        column
        for column, value in values.items()
        if not named(begun, "projects_projectstanding", "standing", column, value)
    ]

    assert unnamed == []


def named(cast: Cast, table: str, kind: str, column: str, value: object) -> bool:
    """Whether verify names this column of this project once it says something false."""
    with transaction.atomic():
        sql(f"UPDATE {table} SET {column} = %s WHERE project_id = %s", false(value, column, cast), cast.project.pk)
        wrong = found_wrong()
        transaction.set_rollback(True)
    return any(line.startswith(f"{cast.key}: {kind}.{column} is ") for line in wrong)


@pytest.mark.parametrize(
    ("column", "value"), [("applies", False), ("required", False), ("auto", "checklist.submitted")]
)
def test_a_step_that_is_not_what_its_facts_make_of_it_is_named(cast, column, value):
    sql(f"UPDATE projects_step SET {column} = %s WHERE project_id = %s AND key = 'A02'", value, cast.project.pk)

    assert [line for line in found_wrong() if line.startswith(f"{cast.key}: step A02.{column} is {value}")]


def test_no_kept_column_is_left_out():
    def kept(model) -> set[str]:
        return {field.attname for field in model._meta.fields} - {"project_id"}

    assert kept(ProjectStanding) == STANDING.keys()
    assert kept(ProjectFacts) == FACTS.keys()


def test_a_dropped_guard_and_a_flipped_byte_are_both_named(cast, unguarded):
    guard = next(each for each in declared(connection.vendor) if each.guard == "request_deploys_only_cleared")
    row = AuditRow.objects.filter(chain=cast.project.chain, act="review.concluded").get()
    flipped = row.body.replace("ready", "reaby", 1)
    assert flipped != row.body
    with unguarded():
        sql("UPDATE audit_auditrow SET body = %s WHERE id = %s", flipped, row.pk)
    for statement in guard.drop(connection.vendor):
        sql(statement)

    assert found_wrong() == [
        f"Chain {cast.project.chain}: row {row.seq} was changed: its hash does not fit.",
        "The guard request_deploys_only_cleared is missing.",
    ]

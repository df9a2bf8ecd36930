"""What the plan lays on somebody's desk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.plan.queries.waiting import waiting_for
from tests.builders_projects import complete_gate_phases, make_project, onboard, plan_dates, start

pytestmark = pytest.mark.django_db


def texts(user, today=None):
    return [(line.text, line.project) for line in waiting_for(user, today or timezone.localdate(), 10)]


def test_open_onboarding_waits_for_owners_a_week_after_the_start():
    cast = make_project()

    [line] = waiting_for(cast.owner, timezone.localdate(), 10)

    assert (line.text, line.project, line.url) == (
        "Finish onboarding",
        "Halden Dairy",
        f"/projects/{cast.key}/onboarding/",
    )
    assert line.due_on == timezone.localdate(cast.project.created_at) + timedelta(days=7)
    assert texts(cast.member) == []
    assert texts(cast.stranger) == []


def test_nothing_waits_once_it_is_complete_and_the_day_lies_ahead():
    cast = make_project()
    plan_dates(cast)
    onboard(cast)

    assert texts(cast.owner) == []


def test_dates_that_passed_wait_in_one_line_to_be_moved_or_their_phases_completed():
    cast = make_project()
    days = plan_dates(cast)
    onboard(cast)
    complete_gate_phases(cast)
    other = make_project("Halden Creamery", owner=cast.owner, partner=cast.project.partner)
    plan_dates(other)
    onboard(other)

    later = days["go_live"] + timedelta(days=1)
    lines = waiting_for(cast.owner, later, 10)

    assert [(line.text, line.project, line.due_on) for line in lines] == [
        ("Bring the dates up to date", "Halden Creamery", days["analysis_end"]),
        ("Bring the dates up to date", "Halden Dairy", days["go_live"]),
    ]
    assert lines[1].detail == "Past and not complete: Go-live"
    assert (texts(cast.member, later), texts(cast.stranger, later)) == ([], [])


@pytest.mark.parametrize("rows", [1, 50])
def test_it_costs_the_same_for_one_and_for_fifty(rows):
    cast = make_project()
    for number in range(rows - 1):
        start(f"Project {number}", owner=cast.owner)

    with CaptureQueriesContext(connection) as queries:
        lines = waiting_for(cast.owner, timezone.localdate(), 50)

    assert len(lines) == rows
    assert len([query for query in queries if "programme" not in query["sql"]]) == 2

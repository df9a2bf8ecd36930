"""What the methodology lays on somebody's desk: the gate phase in hand, when its end is near."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.methodology.queries.waiting import waiting_for
from projects.portfolio.models.milestones import RolloutMilestone
from tests.builders_projects import do_steps, make_project, onboard, plan_dates, start

pytestmark = pytest.mark.django_db


def lines_of(user, today=None):
    lines = waiting_for(user, today or timezone.localdate(), 50)
    return [(line.text, line.detail, line.due_on) for line in lines]


def test_a_phase_that_ends_soon_waits_for_owner_and_project_manager():
    cast = make_project()
    days = plan_dates(cast, go_live_in=50)  # Analysis ends in eight days, Design and develop in 22

    expected = [("Complete Analysis", "3 required steps are open", days["analysis_end"])]
    assert lines_of(cast.owner) == expected
    assert lines_of(cast.member) == []
    assert lines_of(cast.stranger) == []


def test_nothing_waits_while_the_end_is_far():
    cast = make_project()
    plan_dates(cast, go_live_in=90)

    assert lines_of(cast.owner) == []


def test_of_several_late_phases_only_the_one_in_hand_waits():
    cast = make_project()
    plan_dates(cast)
    later = timezone.localdate() + timedelta(days=80)

    assert [text for text, _detail, _due in lines_of(cast.owner, later)] == ["Complete Analysis"]


def test_a_phase_with_every_step_done_waits_to_be_completed():
    cast = make_project()
    plan_dates(cast, go_live_in=45)
    onboard(cast)
    do_steps(cast, "analysis")

    assert [detail for _text, detail, _due in lines_of(cast.owner)] == ["Every required step is done"]


@pytest.mark.parametrize("rows", [1, 50])
def test_it_is_one_query_for_one_and_for_fifty(rows):
    cast = make_project()
    plan_dates(cast, go_live_in=45)
    end = timezone.localdate() + timedelta(days=3)
    for number in range(rows - 1):
        rollout = start(f"Project {number}", owner=cast.owner).rollouts.get()
        RolloutMilestone.objects.create(
            rollout=rollout, milestone="analysis_end", day=end, set_at=timezone.now(), set_by=cast.owner
        )

    with CaptureQueriesContext(connection) as queries:
        lines = lines_of(cast.owner)

    assert (len(lines), len(queries)) == (rows, 1)

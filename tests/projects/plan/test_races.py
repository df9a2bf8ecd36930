"""Two owners move the same date at the same moment: one does, the other gets both dates, and nothing is lost unseen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from golive.audit.queries import verify_all
from projects.plan.actions.milestones import set_milestones
from projects.portfolio.models.milestones import MilestoneMove
from tests.builders_projects import make_project, plan_dates, reload
from tests.races.crowd import all_at_once, told
from tests.scale import times

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def test_of_two_who_have_seen_the_same_plan_one_moves_the_date():
    cast = make_project()
    plan_dates(cast)
    today = timezone.localdate()

    for turn in range(times(20)):
        seen, days = MilestoneMove.objects.count(), [today + timedelta(days=100 + 2 * turn + n) for n in (0, 1)]

        def moving(day, seen=seen):
            return lambda: set_milestones(cast.project, {"go_live": day}, by=cast.owner, at=timezone.now(), seen=seen)

        answers = all_at_once([moving(day) for day in days])

        assert sorted(told(answer) for answer in answers) == ["done", "stale"]
        assert MilestoneMove.objects.count() == seen + 1
        assert reload(cast.project).standing.go_live_on == MilestoneMove.objects.first().after
    assert list(verify_all()) == []

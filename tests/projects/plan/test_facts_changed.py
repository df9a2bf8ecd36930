"""Whoever reads what onboarding says hears when it says something else, and only then."""

import pytest
from django.utils import timezone

from golive.handlers import HANDLERS
from golive.outbox.models import Outbox
from golive.proofs import false_standing
from projects.checklist.tasks import judge_again_on_move
from projects.plan.actions.onboarding import save_onboarding
from projects.plan.models.onboarding import Onboarding
from projects.production.tasks import weigh_request_again
from reviews.assessment.tasks import follow_project_rules_on_move
from tests.builders_projects import make_project, onboard, plan_dates, reload

pytestmark = pytest.mark.django_db


def save(cast, **answers):
    save_onboarding(cast.project, by=cast.owner, at=timezone.now(), **answers)


def told(kind="facts.changed"):
    return Outbox.objects.filter(kind=kind).count()


def test_a_fact_that_changes_is_announced_and_the_same_again_is_not():
    cast = make_project()

    save(cast, user_count=12)
    save(cast, user_count=12)
    save(cast, user_count=13)

    assert told() == 2


def test_what_no_rule_reads_is_not_announced():
    cast = make_project()

    save(cast, vision="One set of books.", work_tracking="https://tracking.example/1")

    assert told() == 0


def test_the_checklist_the_gate_and_the_review_hear_it():
    assert HANDLERS["facts.changed"] == (judge_again_on_move, weigh_request_again, follow_project_rules_on_move)


def test_the_products_of_a_project_are_kept_for_lists():
    cast = make_project()

    save(cast, products=["ce", "fo"])
    first = reload(cast.project).standing
    save(cast, products=["ce"])

    second = reload(cast.project).standing
    assert ((first.has_fo, first.has_ce), (second.has_fo, second.has_ce)) == ((True, True), (False, True))
    assert list(false_standing()) == []


def test_editing_afterwards_never_completes_again():
    """Whatever counts from the end of onboarding, as letters do, has one such end."""
    cast = make_project()
    plan_dates(cast)
    onboard(cast)
    done = Onboarding.objects.get(project=cast.project).completed_at

    save(cast, user_count=300)
    save(cast, products=["ce", "fo"])

    row = Onboarding.objects.get(project=cast.project)
    assert (told("onboarding.completed"), row.completed_at) == (1, done)

"""The four stages of guidance: when each begins and ends, and that they are no phases of the methodology."""

import pytest
from django.utils import timezone

from projects.methodology.rules.catalogue import methodology
from projects.portfolio.queries.stages import stage_facts
from projects.portfolio.rules.stages import StageFacts, is_preparing, stage_of
from projects.portfolio.states import Stage
from reviews.assessment.actions.reviewing import take_submission
from tests.builders_projects import (
    call,
    complete_gate_phases,
    fill_checklist,
    make_project,
    onboard,
    plan_dates,
    submit,
)
from tests.builders_projects import reload as again


@pytest.mark.req("S0-11", "S0-14", "S0-21")
@pytest.mark.parametrize(
    ("onboarded", "review_begun", "live", "stage", "preparing"),
    [
        (False, False, False, Stage.INITIATE, False),
        (False, True, False, Stage.INITIATE, False),
        (True, False, False, Stage.IMPLEMENT, False),
        (True, True, False, Stage.IMPLEMENT, True),
        (True, True, True, Stage.OPERATE, False),
        (True, False, True, Stage.OPERATE, False),
        (False, False, True, Stage.OPERATE, False),
    ],
)
def test_each_stage_has_its_beginning_and_its_end(onboarded, review_begun, live, stage, preparing):
    facts = StageFacts(onboarded, review_begun, live)

    assert (stage_of(facts), is_preparing(facts)) == (stage, preparing)


@pytest.mark.req("S0-11")
def test_the_four_are_not_the_phases_of_the_methodology():
    names = {str(stage.label).casefold() for stage in Stage}
    phases = {phase.name.casefold() for phase in methodology().phases}

    assert names == {"initiate", "implement", "prepare", "operate"}
    assert len(phases) == 5
    assert not names & (phases - {"operate"})


@pytest.mark.req("S0-14", "S0-21")
@pytest.mark.django_db
def test_a_project_passes_them_by_its_acts_and_not_by_its_phases():
    cast = make_project()
    seen = []

    def look():
        answer = call(cast.owner, "get", f"projects/{cast.key}/").json()
        seen.append((answer["stage"], answer["preparing"]))

    look()
    plan_dates(cast)
    onboard(cast)
    look()
    complete_gate_phases(cast)
    look()
    fill_checklist(cast)
    submission = submit(cast)
    look()
    take_submission(submission, by=cast.architect, at=timezone.now())
    look()

    assert seen == [
        ("initiate", False), ("implement", False), ("implement", False), ("implement", False), ("implement", True)
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_graduated_project_operates():
    cast = make_project()
    type(cast.project).objects.filter(pk=cast.project.pk).update(state="graduated")

    assert stage_of(stage_facts(again(cast.project))) == Stage.OPERATE

"""The builders walk the same acts as people; when one of them breaks, this says so first."""

import pytest

from tests.builders_projects import submitted_project

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("infrastructure", ["self_service", "microsoft_managed"])
def test_a_project_walks_from_its_start_to_a_submitted_checklist(infrastructure):
    cast = submitted_project(infrastructure=infrastructure)

    standing = cast.project.standing
    assert (standing.checklist_state, standing.answered, standing.asked) == ("submitted", 5, 5)
    assert cast.project.facts.open_gate_phases == []
    assert cast.project.facts.onboarded

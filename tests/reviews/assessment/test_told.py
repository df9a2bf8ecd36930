"""Who is copied on what a review writes."""

import pytest
from django.utils import timezone

from projects.portfolio.models.project import Project
from reviews.assessment.actions.reviewing import people_told, take_submission
from tests.builders import make_user
from tests.builders_projects import fill_checklist, make_project, plan_dates, submit

pytestmark = pytest.mark.django_db


@pytest.mark.req("S1-47")
def test_stakeholders_and_the_architect_of_the_project_are_copied_on_review_mail():
    cast = make_project()
    plan_dates(cast)
    fill_checklist(cast)
    own = make_user("Ines Mora", organisation=cast.architect.organisation, is_architect=True)
    Project.objects.filter(pk=cast.project.pk).update(architect=own)
    review = take_submission(submit(cast), by=cast.architect, at=timezone.now())

    told = people_told(review)

    assert {own, cast.owner, cast.partner_member} <= set(told)
    assert len(told) == len(set(told))

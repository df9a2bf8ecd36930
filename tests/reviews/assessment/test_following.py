"""What the facts of a project raise while a review runs: a draft when one begins, closed by itself when it ceases."""

import pytest
from django.utils import timezone

from golive.audit.models import AuditRow
from golive.outbox.drain import drain
from projects.portfolio.actions.people import add_member
from reviews.assessment.actions.drafting import add_drafts
from reviews.assessment.actions.mitigating import open_finding
from tests.reviews.ways import taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewed():
    """In review, on the whole checklist from now on: nobody is marked as primary contact."""
    cast, review = taken()
    checklist = review.submission.round.checklist
    checklist.catalogue = "2026-2"
    checklist.save(update_fields=["catalogue"])
    return cast, review


def contact(cast, marked):
    add_member(cast.project, user=cast.member, by=cast.owner, at=timezone.now(), primary_contact=marked)
    drain()


def states(review):
    return dict(review.findings.filter(rule__startswith="PR").values_list("rule", "state"))


def test_a_finding_closes_by_itself_when_its_fact_ceases(reviewed):
    cast, review = reviewed
    risk = {"rule": "PR-06", "kind": "risk", "severity": "low", "topic": "GR", "question": "", "owner": "sponsor"}
    (draft,) = add_drafts(review, [risk | {"finding": "Nobody.", "mitigation": "Mark one."}], at=timezone.now())
    open_finding(draft, by=cast.architect, at=timezone.now())

    contact(cast, True)

    draft.refresh_from_db()
    assert (draft.state, draft.because, draft.question) == ("dismissed", "The fact that raised it has ceased.", "")
    row = AuditRow.objects.filter(act="finding.dismissed").order_by("-pk").first()
    assert (row.actor, row.object) == (None, f"finding:{draft.uid}")


def test_a_fact_that_begins_to_raise_something_gives_the_reviewer_a_draft(reviewed):
    cast, review = reviewed
    contact(cast, True)
    before = states(review)

    contact(cast, False)
    contact(cast, False)

    assert ("PR-06" in before, states(review)["PR-06"]) == (False, "draft")

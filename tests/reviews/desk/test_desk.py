"""The desk: what waits to be taken, who holds what; and what waits for somebody."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from projects.checklist.models.checklist import Checklist, ChecklistRound
from projects.checklist.models.submission import Submission
from reviews.assessment.actions.mitigating import request_mitigation, submit_plan
from reviews.assessment.models import Review
from reviews.assessment.queries import waiting_for
from tests.builders import client_of
from tests.builders_projects import make_project, start, submitted_project
from tests.reviews.ways import delivered, found, soon, taken

pytestmark = pytest.mark.django_db


def texts(person) -> list[str]:
    return [line.text for line in waiting_for(person, timezone.localdate(), 50)]


def test_the_desk_is_the_reviewers_own():
    cast = submitted_project()
    url = reverse("desk")

    assert client_of(cast.architect).get(url).status_code == 200
    answer = client_of(cast.owner).get(url)
    assert answer.status_code == 403
    assert "architect or lead" in answer.content.decode()


def test_a_submission_waits_in_the_inbox_until_it_is_taken():
    cast = submitted_project()
    submission = cast.project.submissions.get()
    browser = client_of(cast.architect)
    take = reverse("review_take", kwargs={"uid": submission.uid})

    assert take in browser.get(reverse("desk"), {"view": "inbox"}).content.decode()
    made = browser.post(
        reverse("api_reviews"), {"submission": str(submission.uid)}, content_type="application/json",
        headers={"Idempotency-Key": "t"},
    )  # fmt: skip

    assert (made.status_code, made.json()["state"]) == (201, "in_review")
    assert take not in browser.get(reverse("desk")).content.decode()
    assert cast.project.name in browser.get(reverse("desk"), {"view": "mine"}).content.decode()
    assert cast.project.name not in client_of(cast.lead).get(reverse("desk"), {"view": "mine"}).content.decode()


def test_a_broken_promise_is_overdue():
    cast, review = taken()
    browser = client_of(cast.architect)
    before = browser.get(reverse("desk"), {"view": "overdue"}).content.decode()

    Review.objects.filter(pk=review.pk).update(first_report_due_on=timezone.localdate() - timedelta(days=7))
    after = browser.get(reverse("desk"), {"view": "overdue"}).content.decode()

    assert cast.project.name not in before
    assert cast.project.name in after
    assert "1 first report is overdue." in after


def test_what_waits_for_a_reviewer_and_for_the_team(django_assert_num_queries):
    cast, review = taken()
    row = found(cast, review)
    assert texts(cast.architect) == ["Deliver the first report"]
    assert texts(cast.lead) == []
    delivered(cast, review)
    request_mitigation(row, by=cast.architect, at=timezone.now(), until=soon())
    assert (texts(cast.member), texts(cast.viewer)) == ([f"Plan how {row.label} is mitigated"], [])
    submit_plan(row, what="Time it.", owner="Rory", due_on=soon(), by=cast.member, at=timezone.now())

    assert texts(cast.member) == []
    assert texts(cast.architect) == [f"Answer the plan for {row.label}"]
    with django_assert_num_queries(3):
        waiting_for(cast.architect, timezone.localdate(), 50)
    with django_assert_num_queries(1):
        waiting_for(cast.member, timezone.localdate(), 50)


def test_a_submission_waits_for_every_reviewer_since_it_came():
    cast = submitted_project()
    line = waiting_for(cast.lead, timezone.localdate(), 50)[0]

    assert (line.text, line.project, line.since) == (
        "Take the checklist", cast.project.name, cast.project.submissions.get().submitted_at,
    )  # fmt: skip
    assert line.due_on is not None


def queued(cast, name: str, *, reviewed: bool) -> None:
    """A submission of a project of its own, made without living through its checklist."""
    project, at = start(name, owner=cast.owner), timezone.now()
    checklist = Checklist.objects.create(
        project=project, rollout=project.rollouts.get(number=1), catalogue="x", content_hash="a" * 64, judged_at=at
    )
    round_ = ChecklistRound.objects.create(checklist=checklist, number=1, started_at=at)
    round_.submit(at=at)
    round_.save()
    submission = Submission.objects.create(
        project=project, round=round_, frozen="{}", sha256="b" * 64, content_hash="a" * 64, submitted_by=cast.owner,
        submitted_at=at,
    )  # fmt: skip
    if reviewed:
        Review.objects.create(
            project=project, checklist=checklist, submission=submission, reviewer=cast.architect, taken_at=at,
            first_report_due_on=soon(),
        )  # fmt: skip


@pytest.mark.parametrize("rows", [1, 50])
@pytest.mark.parametrize(("reviewed", "queries"), [(True, 7), (False, 8)])
def test_the_desk_costs_the_same(rows, reviewed, queries, django_assert_num_queries):
    cast = make_project()
    for n in range(rows):
        queued(cast, f"Row {n}.", reviewed=reviewed)
    browser = client_of(cast.architect)

    with django_assert_num_queries(queries):
        body = browser.get(reverse("desk")).content.decode()

    assert all(f"Row {n}." in body for n in range(rows))

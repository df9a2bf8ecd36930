"""Reviews at the places that tests begin from, walked along the legal acts."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from golive.outbox.drain import drain
from projects.checklist.models.submission import Submission
from reviews.assessment.actions.mitigating import (
    accept_plan,
    add_finding,
    open_finding,
    request_mitigation,
    submit_plan,
)
from reviews.assessment.actions.reviewing import take_submission
from reviews.assessment.models import Finding, Review
from reviews.conclusion.actions import conclude_review
from reviews.conclusion.models import Conclusion
from reviews.conclusion.queries import seal_of
from reviews.report.actions import deliver_report, keep_report, store_file
from reviews.report.models import Report
from tests.builders_projects import Cast, reload, submitted_project

PDF = b"%PDF-1.7 not a real one"


def soon() -> Any:
    return timezone.localdate() + timedelta(days=7)


def taken(**fields: Any) -> tuple[Cast, Review]:
    """A submission with nothing raised, taken by the architect."""
    cast = submitted_project(**fields)
    drain()
    review = take_submission(Submission.objects.get(project=cast.project), by=cast.architect, at=timezone.now())
    for finding in review.findings.filter(state="draft"):
        open_finding(finding, by=cast.architect, at=timezone.now())
        dismissed(cast, finding)
    return cast, again(review)


def dismissed(cast: Cast, finding: Finding) -> None:
    from_states = Finding.objects.get(pk=finding.pk)
    from_states.dismiss(because="Not for this test.")
    from_states.save()


def again(review: Review) -> Review:
    return Review.objects.select_related("project__standing", "submission__round", "reviewer").get(pk=review.pk)


def found(cast: Cast, review: Review, severity: str = "high", *, opened: bool = True, **words: Any) -> Finding:
    said = {"kind": "risk" if severity else "best_practice", "severity": severity}
    said |= {"topic": "CU", "title": "Nobody timed it."}
    finding = add_finding(review, by=cast.architect, at=timezone.now(), **said | words)
    return open_finding(finding, by=cast.architect, at=timezone.now()) if opened else finding


def delivered(cast: Cast, review: Review) -> Report:
    """Ordered, and its file stored without a renderer."""
    order = deliver_report(again(review), by=cast.architect, at=timezone.now())
    with transaction.atomic():
        return keep_report(order, digest=store_file(PDF), size=len(PDF), at=timezone.now())


def planned(cast: Cast, finding: Finding, *, accept: bool = True) -> None:
    at = timezone.now()
    request_mitigation(finding, by=cast.architect, at=at, ask="Who restores?", until=soon())
    submit_plan(finding, what="Time a restore.", owner="Rory Minto", due_on=soon(), by=cast.member, at=at)
    if accept:
        accept_plan(finding, by=cast.architect, at=at)


def concluded(cast: Cast, review: Review, *, passed: bool = True) -> Conclusion:
    review = again(review)
    seen = seal_of(review).review_hash
    return conclude_review(review, seen=seen, passed=passed, by=cast.architect, at=timezone.now())


def signed_off(**fields: Any) -> tuple[Cast, Review, Conclusion]:
    cast, review = taken(**fields)
    delivered(cast, review)
    conclusion = concluded(cast, review)
    cast.project = reload(cast.project)
    return cast, again(review), conclusion

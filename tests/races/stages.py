"""A project walked by its legal acts to the places where people decide."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from golive.accounts.models import User
from projects.checklist.models.submission import Submission
from projects.production.actions.clearing import activate_estimate, add_estimate
from projects.production.actions.requesting import configure_production, sign_off_request
from projects.production.models.request import ProductionRequest, ServiceRequest
from reviews.assessment.actions.mitigating import add_finding, open_finding
from reviews.assessment.actions.reviewing import take_submission
from reviews.assessment.models import Finding, Review
from reviews.conclusion.actions import conclude_review
from reviews.conclusion.models import Conclusion
from reviews.conclusion.queries import seal_of
from reviews.report.actions import deliver_report, keep_report
from reviews.report.models import Report, ReportOrder
from tests.builders import make_user
from tests.builders_projects import Cast, reload, submitted_project

MANAGED, SELF_SERVICE = "microsoft_managed", "self_service"
VALUES = {
    "data_centre": "North Europe",
    "topology": "standard",
    "version": "10.0.42",
    "administrator": "prod@halden.example",
}
WORDS = {"kind": "risk", "severity": "low", "topic": "SC", "title": "Support hours are not agreed."}


def more_leads(cast: Cast, count: int) -> list[User]:
    return [make_user(f"Lead {n}", organisation=cast.lead.organisation, is_lead=True) for n in range(count)]


def submitted(infrastructure: str = SELF_SERVICE) -> Cast:
    """The gate phases are complete, an estimate is active, the checklist is submitted."""
    cast = submitted_project(infrastructure=infrastructure)
    at = timezone.now()
    estimate = add_estimate(cast.project, name="Final", user_count=120, by=cast.owner, at=at)
    activate_estimate(estimate, by=cast.owner, at=at)
    cast.project = reload(cast.project)
    return cast


def taken(cast: Cast) -> Review:
    submission = Submission.objects.filter(project=cast.project).latest("pk")
    return take_submission(submission, by=cast.architect, at=timezone.now())


def stored_report(order: ReportOrder) -> Report:
    """As the worker stores it, without drawing it."""
    drawn = order.content.encode()
    with transaction.atomic():
        return keep_report(order, digest=sha256(drawn).hexdigest(), size=len(drawn), at=timezone.now())


def reported(cast: Cast) -> Review:
    """Every draft is opened, and the report is stored: it can be signed off."""
    review, at = taken(cast), timezone.now()
    for finding in Finding.objects.filter(review=review, state="draft"):
        open_finding(finding, by=cast.architect, at=at)
    stored_report(deliver_report(review, by=cast.architect, at=at))
    return Review.objects.get(pk=review.pk)


def opened_finding(review: Review, *, by: User, **words: Any) -> Finding:
    at = timezone.now()
    return open_finding(add_finding(review, by=by, at=at, **WORDS | words), by=by, at=at)


def conclude(review: Review, *, by: User, passed: bool = True) -> Conclusion:
    review = Review.objects.get(pk=review.pk)
    return conclude_review(review, seen=seal_of(review).review_hash, passed=passed, by=by, at=timezone.now())


def concluded(cast: Cast) -> Review:
    review = reported(cast)
    conclude(review, by=cast.architect)
    cast.project = reload(cast.project)
    return Review.objects.get(pk=review.pk)


def configured(cast: Cast) -> ProductionRequest:
    return configure_production(cast.project, VALUES, by=cast.owner, at=timezone.now())


def signed_off(cast: Cast) -> ServiceRequest:
    configured(cast)
    request = sign_off_request(cast.project, by=cast.owner, at=timezone.now(), confirmed_early=True)
    return request.service_request


def later(days: int) -> timedelta:
    return timedelta(days=days)

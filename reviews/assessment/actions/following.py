"""What the facts of a project raise while its review is open: findings come as drafts, and close by themselves."""

from dataclasses import asdict
from datetime import datetime

from django.utils.translation import gettext as _

from golive.audit.actions import record
from projects.checklist.queries.sheet import sheet_of
from projects.portfolio.models.project import Project
from reviews.assessment.actions.drafting import add_drafts
from reviews.assessment.actions.reviewing import settle_turn
from reviews.assessment.models import Finding
from reviews.assessment.queries import review_of
from reviews.assessment.states import OPEN_FINDING, RUNNING, FindingState, ReviewState


def follow_project_rules(project: Project, *, at: datetime) -> None:
    """Idempotent; the caller holds the lock. Drafts come only while the reviewer writes: later a report was read."""
    review = review_of(project)
    sheet = sheet_of(project, at=at)
    rules = {one.id for one in sheet.catalogue.project_rules}
    if review is None or review.state not in RUNNING or not rules:
        return
    fired = [risk for risk in sheet.risks if risk.rule in rules]
    gone = rules - {risk.rule for risk in fired}
    open_states = (FindingState.DRAFT, *OPEN_FINDING)
    closed = list(Finding.objects.filter(review=review, rule__in=gone, state__in=open_states))
    for finding in closed:
        _close(project, finding, at=at)
    come = review.state == ReviewState.IN_REVIEW and add_drafts(review, [asdict(risk) for risk in fired], at=at)
    if closed or come:
        settle_turn(review)


def _close(project: Project, finding: Finding, *, at: datetime) -> None:
    finding.dismiss(because=_("The fact that raised it has ceased."))
    finding.changed_at = at
    finding.save()
    record(project.chain, None, "finding.dismissed", finding, at=at, after={"state": finding.state})

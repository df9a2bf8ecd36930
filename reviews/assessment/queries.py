"""A review as its rules and pages take it: facts in a fixed number of queries, and the hash a sign-off binds."""

from dataclasses import replace
from datetime import date

from golive.accounts.models import User
from golive.core.digests import digest
from projects.checklist.models import Submission
from projects.portfolio.models import Project
from projects.portfolio.queries import go_live_of
from projects.portfolio.states import Risk
from reviews.assessment.models import Finding, FindingVersion, MitigationPlan, MitigationRound, Review
from reviews.assessment.rules import FindingFacts, ReviewFacts, TakeFacts, is_open
from reviews.assessment.states import LIVE, FindingState, ReviewState, Severity

RISKS = {"low": Risk.LOW, "medium": Risk.MEDIUM, "high": Risk.HIGH, "critical": Risk.CRITICAL}


def review_of(project: Project) -> Review | None:
    """The newest review of the project's rollout: the one that counts."""
    related = ("reviewer__organisation", "submission__round", "submission__submitted_by", "checklist")
    return Review.objects.filter(project=project).select_related(*related).order_by("-pk").first()


def findings_of(review: Review) -> list[Finding]:
    """All findings with their rounds, plans and decisions, in three queries."""
    rounds = "rounds__plan__decision", "rounds__plan__by", "rounds__asked_by"
    found = Finding.objects.filter(review=review).select_related("accepted_by__organisation").prefetch_related(*rounds)
    return list(found)


def finding_facts(finding: Finding) -> FindingFacts:
    return FindingFacts(finding.label, finding.kind, finding.severity, finding.state)


def review_facts(review: Review) -> ReviewFacts:
    """Facts but for the report, which a higher slice knows and adds with `with_report`."""
    project = review.project
    people = review.submission.contributors.values_list("user", flat=True)
    findings = Finding.objects.filter(review=review)
    return ReviewFacts(
        project_key=project.key,
        project_state=project.state,
        state=review.state,
        reviewer=review.reviewer_id,
        findings=tuple(finding_facts(finding) for finding in findings),
        contributors=frozenset(people) | {review.submission.submitted_by_id},
        sides=sides_of(project),
        report_ordered=review.report_delivered_at is not None,
        has_go_live=go_live_of(project) is not None,
    )


def with_report(facts: ReviewFacts, *, ordered: bool, stored: bool) -> ReviewFacts:
    return replace(facts, report_ordered=ordered, report_stored=stored)


def take_facts(submission: Submission) -> TakeFacts:
    live = Review.objects.filter(checklist=submission.round.checklist, state__in=LIVE).select_related("reviewer")
    holder = live.first()
    return TakeFacts(
        project_key=submission.project.key,
        project_state=submission.project.state,
        round_state=submission.round.state,
        running=holder.reviewer.name if holder else "",
        sides=sides_of(submission.project),
    )


def sides_of(project: Project) -> frozenset[int]:
    return frozenset(pk for pk in (project.customer_id, project.partner_id) if pk)


def review_hash(review: Review, *, go_live_on: date | None) -> str:
    """Over the submission, the newest version and state of every finding, every plan, and the go-live date."""
    newest = FindingVersion.objects.filter(finding__review=review).order_by("finding", "version")
    words = {row.finding_id: row.sha256 for row in newest}
    plans = MitigationPlan.objects.filter(round__finding__review=review).order_by("pk")
    states = Finding.objects.filter(review=review).order_by("number").values_list("pk", "number", "state")
    return digest(
        {
            "submission": review.submission.sha256,
            "findings": [[number, words[pk], state] for pk, number, state in states],
            "plans": [plan.sha256 for plan in plans],
            "go_live_on": go_live_on.isoformat() if go_live_on else None,
        }
    )


def standing_of(review: Review) -> dict[str, object]:
    """The columns of the standing that this slice writes, from the rows it sums up."""
    rows = list(Finding.objects.filter(review=review).exclude(state=FindingState.DRAFT))
    opened = [row for row in rows if is_open(row.state)]
    due = review.first_report_due_on if review.report_delivered_at is None else None
    return {
        "review_state": review.state,
        "review_due_on": due if review.state in LIVE else None,
        "turn": turn_of(review, rows),
        "found_risk": max((RISKS.get(row.severity, Risk.NONE) for row in opened), default=Risk.NONE),
        "open_critical": sum(row.severity == Severity.CRITICAL for row in opened),
    }


def turn_of(review: Review, findings: list[Finding]) -> str:
    """Whose turn it is: the team's while a finding waits for its plan, else the reviewers'."""
    if review.state not in LIVE:
        return ""
    if review.state == ReviewState.SUSPENDED:
        return "team"
    waits = any(row.state == FindingState.MITIGATION_REQUESTED for row in findings)
    return "team" if waits else "reviewers"


def open_round(finding: Finding) -> MitigationRound:
    """The newest ask on a finding."""
    return MitigationRound.objects.filter(finding=finding).order_by("-number")[:1].get()


def recipients_of(review: Review) -> list[User]:
    """The stakeholders named with the submission: they are copied on everything of the review."""
    return [row.user for row in review.submission.stakeholders.select_related("user__organisation")]

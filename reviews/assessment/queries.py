"""A review as its rules and pages take it: facts in a fixed number of queries, and the hash a sign-off binds."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from golive.accounts.models import User
from golive.core.digests import digest
from projects.checklist.models import Submission
from projects.portfolio.models import Project
from projects.portfolio.queries import go_live_of
from projects.portfolio.states import Risk
from reviews.assessment.models import Finding, FindingVersion, MitigationRound, Review
from reviews.assessment.rules.facts import FindingFacts, ReviewFacts, TakeFacts, is_open, told_to_team
from reviews.assessment.states import LIVE, PASSED, FindingState, ReviewState, Severity

RISKS = {"low": Risk.LOW, "medium": Risk.MEDIUM, "high": Risk.HIGH, "critical": Risk.CRITICAL}
RELATED = ("project", "reviewer__organisation", "submission__round", "submission__submitted_by", "checklist")


def review_of(project: Project) -> Review | None:
    """The newest review of the project's rollout: the one that counts."""
    newest = Review.objects.filter(project=project).select_related(*RELATED).order_by("-pk").first()
    if newest:
        newest.project = project
    return newest


def reviews_for(user: User) -> QuerySet[Review]:
    """For the doors: the reviews somebody sees, each with what its head and its rules read."""
    project = ("project__customer", "project__partner", "project__standing", "project__facts")
    return Review.objects.visible_to(user).select_related(*RELATED, *project)


def findings_for(user: User) -> QuerySet[Finding]:
    """For the doors: the findings somebody may know of; a draft of the reviewers' is missing for everybody else."""
    related = ("accepted_by__organisation", *(f"review__{name}" for name in RELATED))
    seen = Finding.objects.visible_to(user).select_related(*related, "review__project__standing")
    if user.is_architect or user.is_lead:
        return seen
    concluded = seen.filter(review__state__in=[ReviewState.CONCLUDED, ReviewState.SUSPENDED])
    return seen.filter(opened_at__isnull=False) & (concluded | seen.filter(review__report_delivered_at__isnull=False))


def findings_of(review: Review) -> list[Finding]:
    """All findings with their rounds, plans and decisions, in two queries."""
    related = ("plan__decision__by", "plan__by__organisation", "asked_by__organisation")
    rounds = Prefetch("rounds", MitigationRound.objects.select_related(*related))
    found = Finding.objects.filter(review=review).select_related("accepted_by__organisation")
    return list(found.prefetch_related(rounds))


def shown_to(user: User, review: Review, findings: Iterable[Finding]) -> list[Finding]:
    """What of it somebody may know: the team neither drafts nor anything before the report is delivered."""
    if user.is_architect or user.is_lead:
        return list(findings)
    told = told_to_team(review.state, delivered=review.report_delivered_at is not None)
    return [row for row in findings if told and row.opened_at]


def finding_facts(finding: Finding) -> FindingFacts:
    return FindingFacts(finding.label, finding.kind, finding.severity, finding.state)


def review_facts(review: Review) -> ReviewFacts:
    """Facts but for the report, which a higher slice knows and adds with `with_report`."""
    findings = Finding.objects.filter(review=review)
    return facts_from(review, findings, go_live_on=go_live_of(review.project))


def facts_from(review: Review, findings: Iterable[Finding], *, go_live_on: date | None) -> ReviewFacts:
    """The same with the findings in hand: one query."""
    project = review.project
    people = review.submission.contributors.values_list("user", flat=True)
    return ReviewFacts(
        project_key=project.key,
        project_state=project.state,
        state=review.state,
        outcome=review.outcome,
        reviewer=review.reviewer_id,
        findings=tuple(finding_facts(finding) for finding in findings),
        contributors=frozenset(people) | {review.submission.submitted_by_id},
        sides=sides_of(project),
        report_ordered=review.report_delivered_at is not None,
        has_go_live=go_live_on is not None,
    )


def with_report(facts: ReviewFacts, *, ordered: bool, stored: bool) -> ReviewFacts:
    return replace(facts, report_ordered=ordered, report_stored=stored)


def take_facts(submission: Submission) -> TakeFacts:
    of_checklist = Review.objects.filter(checklist=submission.round.checklist).select_related("reviewer")
    holder = of_checklist.filter(state__in=LIVE).first()
    return TakeFacts(
        project_key=submission.project.key,
        project_state=submission.project.state,
        round_state=submission.round.state,
        running=holder.reviewer.name if holder else "",
        reviewed=of_checklist.filter(submission=submission, state=ReviewState.CONCLUDED).exists(),
        sides=sides_of(submission.project),
    )


def submissions_waiting(projects: QuerySet[Project]) -> QuerySet[Submission]:
    """Submitted rounds that wait to be taken: that no review has, or whose review was given up."""
    of_checklist = Review.objects.filter(checklist=OuterRef("round__checklist"))
    has = of_checklist.filter(submission=OuterRef("pk")).exclude(state=ReviewState.WITHDRAWN)
    held = of_checklist.filter(state__in=LIVE)
    covered = of_checklist.filter(
        state=ReviewState.CONCLUDED, outcome__in=PASSED, submission__content_hash=OuterRef("content_hash")
    )
    return Submission.objects.filter(
        ~Exists(has), ~Exists(held), ~Exists(covered), project__in=projects, round__state="submitted"
    ).select_related("project__customer", "project__partner", "project__standing", "round", "submitted_by")


def sides_of(project: Project) -> frozenset[int]:
    return frozenset(pk for pk in (project.customer_id, project.partner_id) if pk)


def review_hash(review: Review, *, go_live_on: date | None) -> str:
    """What a sign-off binds now."""
    return hash_from(review, findings_of(review), go_live_on=go_live_on)


def hash_from(review: Review, findings: Iterable[Finding], *, go_live_on: date | None) -> str:
    """Over the submission, the newest version and state of every finding, every plan, and the go-live date."""
    rows = sorted(findings, key=lambda row: row.number)
    newest = FindingVersion.objects.filter(finding__review=review).order_by("finding", "version")
    words = dict(newest.values_list("finding", "sha256"))
    plans = [asked.plan for row in rows for asked in row.rounds.all() if hasattr(asked, "plan")]
    return digest(
        {
            "submission": review.submission.sha256,
            "findings": [[row.number, words[row.pk], row.state] for row in rows],
            "plans": [plan.sha256 for plan in sorted(plans, key=lambda plan: plan.pk)],
            "go_live_on": go_live_on.isoformat() if go_live_on else None,
        }
    )


def standing_of(review: Review) -> dict[str, object]:
    """The columns of the standing that this slice writes, from the rows it sums up.

    The team reads them: before it is told what was found, they say what its own answers predicted.
    """
    rows = list(Finding.objects.filter(review=review))
    delivered = review.report_delivered_at is not None
    if told_to_team(review.state, delivered=delivered):
        counted = [row for row in rows if row.opened_at and is_open(row.state)]
        critical = sum(row.severity == Severity.CRITICAL for row in counted)
    else:
        counted, critical = [row for row in rows if row.rule], 0
    due = review.first_report_due_on if review.state in LIVE and not delivered else None
    return {
        "review_state": review.state,
        "review_due_on": due,
        "turn": turn_of(review, rows),
        "found_risk": max((RISKS.get(row.severity, Risk.NONE) for row in counted), default=Risk.NONE),
        "open_critical": critical,
    }


def turn_of(review: Review, findings: Iterable[Finding]) -> str:
    """Whose turn it is: the team's while a finding waits for its plan, or changed content for a new round."""
    if review.state not in LIVE:
        return ""
    if any(row.state == FindingState.MITIGATION_REQUESTED for row in findings):
        return "team"
    last = review.suspensions.first() if review.state == ReviewState.SUSPENDED else None
    changed = last is not None and last.because == "changed" and review.submission.submitted_at <= last.at
    return "team" if changed else "reviewers"


def open_round(finding: Finding) -> MitigationRound:
    """The newest ask on a finding."""
    return MitigationRound.objects.filter(finding=finding).order_by("-number")[:1].get()


def recipients_of(review: Review) -> list[User]:
    """The stakeholders named with the submission: they are copied on everything of the review."""
    return [row.user for row in review.submission.stakeholders.select_related("user__organisation")]

"""A review as its rules and pages take it: facts in a fixed number of queries, and the hash a sign-off binds."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.core.calendar import add_business_days
from golive.core.digests import digest
from golive.core.waiting import Waiting, merge
from golive.programme.queries import fasttrack_calendar, number
from projects.checklist.models.submission import Submission
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.queries.milestones import go_live_of
from projects.portfolio.queries.people import who_and_when
from projects.portfolio.rules.onlooker import FILLERS
from projects.portfolio.states import Risk
from reviews.assessment.models import Finding, FindingVersion, MitigationRound, Review
from reviews.assessment.rules.facts import FindingFacts, ReviewFacts, TakeFacts, is_open, told_to_team
from reviews.assessment.states import LIVE, PASSED, FindingState, ReviewState, Severity

RISKS = {"low": Risk.LOW, "medium": Risk.MEDIUM, "high": Risk.HIGH, "critical": Risk.CRITICAL}
RELATED = ("project", "reviewer__organisation", "submission__round", "submission__submitted_by", "checklist")
OF_ROUND = ("plan__decision__by", "plan__by__organisation", "asked_by__organisation")


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
    rounds = Prefetch("rounds", MitigationRound.objects.select_related(*OF_ROUND))
    found = Finding.objects.filter(review=review).select_related("accepted_by__organisation")
    return list(found.prefetch_related(rounds))


def rounds_of(finding: Finding) -> QuerySet[MitigationRound]:
    return MitigationRound.objects.filter(finding=finding).select_related(*OF_ROUND)


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
        running=who_and_when(holder.reviewer, holder.taken_at) if holder else "",
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


def reviewers_for(review: Review) -> QuerySet[User]:
    """Who could hold the review: architects and leads from outside the project."""
    staff = User.objects.filter(Q(is_architect=True) | Q(is_lead=True), is_active=True, organisation__disabled_at=None)
    return (
        staff.exclude(organisation__in=sides_of(review.project)).select_related("organisation").order_by("name", "pk")
    )


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


def waiting_for(person: User, today: date, limit: int) -> list[Waiting]:
    """Reviewers: submissions to take, reports due, plans to answer. Everybody else: the plans their team owes."""
    if not (person.is_architect or person.is_lead):
        return owed_plans(person, limit)
    return merge(to_take(person, limit), to_report(person, limit), to_answer(person, limit), limit=limit)


def to_take(person: User, limit: int) -> list[Waiting]:
    """Never of an organisation that is the person's own."""
    own = person.organisation_id
    projects = Project.objects.visible_to(person).filter(~Q(partner=own) | Q(partner=None), state="active")
    projects = projects.exclude(customer=own)
    rows = submissions_waiting(projects).order_by("submitted_at", "pk")[:limit]
    return [
        line_of(row.project, _("Take the checklist"), since=row.submitted_at, due_on=report_due(row.submitted_at))
        for row in rows
    ]


def to_report(person: User, limit: int) -> list[Waiting]:
    """The reviews somebody holds: before the first report, and suspended ones to confirm again."""
    mine = Review.objects.filter(reviewer=person, project__state="active").select_related("project")
    first = Q(state__in=LIVE, report_delivered_at=None)
    again = Q(state=ReviewState.SUSPENDED, project__standing__turn="reviewers")
    return [
        line_of(row.project, _("Confirm the sign-off again"), since=row.concluded_at or row.taken_at)
        if row.state == ReviewState.SUSPENDED
        else line_of(row.project, _("Deliver the first report"), since=row.taken_at, due_on=row.first_report_due_on)
        for row in mine.filter(first | again).order_by("first_report_due_on", "pk")[:limit]
    ]


def to_answer(person: User, limit: int) -> list[Waiting]:
    plans = Finding.objects.filter(state=FindingState.PLAN_SUBMITTED, review__state__in=LIVE, project__state="active")
    rows = plans.filter(review__reviewer=person).select_related("project").order_by("changed_at", "pk")[:limit]
    return [
        line_of(row.project, _("Answer the plan for %(label)s") % {"label": row.label}, since=row.changed_at, on=row)
        for row in rows
    ]


def owed_plans(person: User, limit: int) -> list[Waiting]:
    mine = Membership.objects.filter(user=person, access__in=FILLERS).values("project")
    newest = MitigationRound.objects.filter(finding=OuterRef("pk")).order_by("-number")
    asked = Finding.objects.filter(state=FindingState.MITIGATION_REQUESTED, review__state__in=LIVE, project__in=mine)
    rows = asked.filter(project__state="active").annotate(until=Subquery(newest.values("until")[:1]))
    soonest = F("until").asc(nulls_last=True)
    return [
        line_of(
            row.project,
            _("Plan how %(label)s is mitigated") % {"label": row.label},
            since=row.changed_at,
            due_on=row.until,
            whose="team",
            on=row,
        )
        for row in rows.select_related("project").order_by(soonest, "changed_at", "pk")[:limit]
    ]


def line_of(
    project: Project,
    text: str,
    *,
    since: datetime,
    due_on: date | None = None,
    whose: str = "reviewers",
    on: Finding | None = None,
) -> Waiting:
    url = reverse("review", kwargs={"key": project.key}) + (f"?finding={on.label}" if on else "")
    return Waiting(text, url, since, due_on, whose, project.name, on.title if on else "")


def report_due(submitted_at: datetime) -> date:
    """The first report is promised within business days of the checklist's arrival, by FastTrack's calendar."""
    calendar = fasttrack_calendar()
    return add_business_days(submitted_at, int(number("first_report")), country=calendar.country, zone=calendar.zone)

"""The desk: submissions nobody has taken, the running reviews, and who holds how many."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet

from golive.accounts.models import User
from golive.core.decision import Decision, Reason
from projects.checklist.models.submission import Submission
from projects.portfolio.models.project import Project
from projects.portfolio.rules.onlooker import Onlooker, not_reviewer
from reviews.assessment.models import Review
from reviews.assessment.queries import submissions_waiting
from reviews.assessment.states import LIVE, OPEN_FINDING

VIEWS = ("all", "inbox", "mine", "overdue")
BY_PROMISE = ("first_report_due_on", "pk")


@dataclass(frozen=True)
class Counts:
    """One number for each view of the desk."""

    all: int
    inbox: int
    mine: int
    overdue: int


def may_see_desk(person: Onlooker) -> Decision:
    """The desk is the reviewers' own."""
    reason: Reason | None = not_reviewer(person)
    return Decision(who=(reason,)) if reason else Decision()


def inbox(user: User) -> QuerySet[Submission]:
    """Oldest first: the promise runs from the arrival."""
    return submissions_waiting(Project.objects.visible_to(user).filter(state="active"))


def running(user: User) -> QuerySet[Review]:
    """Every live review, with the numbers of its open findings."""
    opened = Q(findings__state__in=OPEN_FINDING)
    counts = {
        f"open_{grade}": Count("findings", filter=opened & Q(findings__severity=grade))
        for grade in ("critical", "high")
    }
    lower = opened & Q(findings__severity__in=["medium", "low", ""])
    drafts = Count("findings", filter=Q(findings__state="draft"))
    project = ("project__customer", "project__partner", "project__standing")
    return (
        Review.objects.visible_to(user)
        .filter(state__in=LIVE)
        .select_related(*project, "reviewer", "submission__round")
        .annotate(**counts, open_lower=Count("findings", filter=lower), drafts=drafts)
    )


def in_view(rows: QuerySet[Review], view: str, user: User, today: date) -> QuerySet[Review]:
    if view == "mine":
        return rows.filter(reviewer=user)
    return rows.filter(late(today)) if view == "overdue" else rows


def late(today: date) -> Q:
    return Q(report_delivered_at=None, first_report_due_on__lt=today)


def counts_of(user: User, today: date) -> Counts:
    """Two queries."""
    live = Review.objects.visible_to(user).filter(state__in=LIVE)
    held = live.aggregate(
        all=Count("pk"), mine=Count("pk", filter=Q(reviewer=user)), late=Count("pk", filter=late(today))
    )
    waiting = inbox(user).count()
    return Counts(all=held["all"] + waiting, inbox=waiting, mine=held["mine"], overdue=held["late"])


def load(user: User) -> QuerySet[Review]:
    """By reviewer: how many are open, how many are their turn, when the next promise ends."""
    live = Review.objects.visible_to(user).filter(state__in=LIVE)
    return (
        live.values("reviewer__name")
        .annotate(
            open=Count("pk"),
            ours=Count("pk", filter=Q(project__standing__turn="reviewers")),
            due_on=Min("first_report_due_on", filter=Q(report_delivered_at=None)),
        )
        .order_by("-open", "reviewer__name")
    )

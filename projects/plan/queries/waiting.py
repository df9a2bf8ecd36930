"""Onboarding that is open, and dates that passed."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import islice

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.core.waiting import Waiting
from golive.programme.queries import number
from projects.methodology.models.course import Phase
from projects.methodology.rules.catalogue import methodology
from projects.methodology.states import PhaseState
from projects.portfolio.models.milestones import RolloutMilestone
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.states import Access, Milestone, ProjectState


def waiting_for(person: User, today: date, limit: int) -> list[Waiting]:
    """For owners: onboarding that is not complete, and dates that passed before what they stand for was reached."""
    owned = Membership.objects.filter(user=person, access=Access.OWNER).values("project")
    projects = Project.objects.filter(pk__in=owned, state=ProjectState.ACTIVE).select_related("standing", "onboarding")
    open_ones = projects.filter(onboarding__completed_at=None).order_by("created_at", "pk")[:limit]
    past = _past(today).filter(rollout__project__in=owned)[: limit * len(Milestone)]
    return [*(_open_onboarding(project) for project in open_ones), *islice(_past_dates(past), limit)]


def _open_onboarding(project: Project) -> Waiting:
    row = project.onboarding
    missing = {
        _("vision"): row.vision,
        _("products"): row.products,
        _("number of users"): row.user_count is not None,
        _("go-live date"): project.standing.go_live_on,
    }
    names = ", ".join(name for name, given in missing.items() if not given)
    return Waiting(
        text=_("Finish onboarding"),
        url=reverse("onboarding", kwargs={"key": project.key}),
        since=project.created_at,
        due_on=project.created_at.date() + timedelta(days=int(number("onboarding_follow_up_1"))),
        whose="team",
        project=project.name,
        detail=_("Still missing: %(names)s") % {"names": names} if names else "",
    )


def _past(today: date) -> QuerySet[RolloutMilestone]:
    """Dates of active projects that passed while the phase that they end is open, oldest first."""
    ends = [When(milestone=key, then=Value(methodology().milestone(key).phase)) for key in Milestone.values]
    complete = Phase.objects.filter(
        project=OuterRef("rollout__project"), key=OuterRef("phase"), state=PhaseState.COMPLETE
    )
    deployed = Q(milestone=Milestone.PRODUCTION_NEEDED, rollout__project__standing__request_state="done")
    rows = RolloutMilestone.objects.filter(
        rollout__number=1, rollout__project__state=ProjectState.ACTIVE, day__lt=today
    ).annotate(phase=Case(*ends))
    return rows.exclude(deployed).filter(~Exists(complete)).select_related("rollout__project").order_by("day", "pk")


def _past_dates(rows: Iterable[RolloutMilestone]) -> Iterable[Waiting]:
    """One line a project, however many of its dates passed."""
    found: dict[Project, list[RolloutMilestone]] = {}
    for row in rows:
        found.setdefault(row.rollout.project, []).append(row)
    for project, passed in found.items():
        names = ", ".join(str(Milestone(row.milestone).label) for row in passed)
        yield Waiting(
            text=_("Bring the dates up to date"),
            url=reverse("plan", kwargs={"key": project.key}),
            since=passed[0].set_at,
            due_on=passed[0].day,
            whose="team",
            project=project.name,
            detail=_("Past and not complete: %(names)s") % {"names": names},
        )

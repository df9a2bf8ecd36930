"""Onboarding that is open, and go-live days that passed."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.core.waiting import Waiting
from golive.programme.queries import number
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.states import Access, ProjectState, Station


def waiting_for(person: User, today: date, limit: int) -> list[Waiting]:
    """For owners: onboarding that is not complete, and go-live days that passed without anybody being live."""
    owned = Membership.objects.filter(user=person, access=Access.OWNER).values("project")
    projects = Project.objects.filter(pk__in=owned, state=ProjectState.ACTIVE).select_related("standing", "onboarding")
    open_ones = projects.filter(onboarding__completed_at=None).order_by("created_at", "pk")[:limit]
    past = projects.filter(standing__go_live_on__lt=today, standing__station__lt=Station.LIVE)
    lines = [_open_onboarding(project) for project in open_ones]
    return lines + [_past_go_live(project) for project in past.order_by("standing__go_live_on", "pk")[:limit]]


def _open_onboarding(project: Project) -> Waiting:
    row = project.onboarding
    missing = {
        _("vision"): row.vision,
        _("products"): row.products,
        _("number of users"): row.user_count,
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


def _past_go_live(project: Project) -> Waiting:
    return Waiting(
        text=_("Move the go-live date"),
        url=reverse("plan", kwargs={"key": project.key}),
        since=project.created_at,
        due_on=project.standing.go_live_on,
        whose="team",
        project=project.name,
        detail=_("The day has passed and production is not live"),
    )

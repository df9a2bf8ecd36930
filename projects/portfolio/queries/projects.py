"""One project for a door, its shared head, and how the API shows it."""

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.accounts.models import Organisation, User
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.models.standing import ProjectStanding
from projects.portfolio.states import Infrastructure, ProjectState, Station


def project_for(user: User, key: str) -> Project:
    """The project of a page, with what its head shows; a stranger's is missing like one that never was."""
    related = ("customer", "partner", "architect", "standing", "facts")
    return Project.objects.visible_to(user).select_related(*related).get(key=key)


def head_of(project: Project, *, tab: str, today: date) -> dict[str, Any]:
    """What sheet is this: the head of every page of a project, full on the overview, two facts elsewhere."""
    row = project.standing
    nobody, partner = _("nobody yet"), project.partner
    facts = [
        (_("Go-live"), *_day_in_words(row.go_live_on, today)),
        (_("Station"), Station(row.station).label, _("%(n)d of 9") % {"n": row.station}),
        (_("Production"), Infrastructure(project.infrastructure).label, ""),
        (_("Customer"), project.customer.name, _still_here(project.customer)),
        (_("Partner"), partner.name if partner else _("no partner"), _still_here(partner) if partner else ""),
        (_("Architect"), project.architect.name if project.architect else nobody, ""),
    ]
    full = tab == "project"
    shown = facts if full else facts[:2]
    head = {"name": project.name, "key": project.key, "tab": tab, "facts": shown, "full": full}
    return head | {"subtitle": _rest_in_words(project)}


def _rest_in_words(project: Project) -> str:
    """What stands beside the name of a project on which nothing moves."""
    if project.archived_at:
        return _("archived")
    return "" if project.state == ProjectState.ACTIVE else str(ProjectState(project.state).label).lower()


def _still_here(organisation: Organisation) -> str:
    return _("disabled") if organisation.disabled_at else ""


def _day_in_words(day: date | None, today: date) -> tuple[str, str]:
    """`4 Dec 2026`, and `in 13 days` beside it."""
    if day is None:
        return _("no date yet"), ""
    words, days = date_format(day, _("j M Y")), (day - today).days
    if days == 0:
        return words, _("today")
    if days > 0:
        return words, ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return words, ngettext("%(days)d day ago", "%(days)d days ago", -days) % {"days": -days}


def projects_for(user: User) -> QuerySet[Project]:
    """For the doors: the projects somebody sees, each with what its head and its rules read."""
    related = ("customer", "partner", "architect", "standing", "facts")
    return Project.objects.visible_to(user).select_related(*related)


def projects_with(organisation: Organisation) -> QuerySet[Project]:
    """Those the organisation is customer or partner of, to be counted: whoever looks after it need not see them."""
    return Project.objects.filter(Q(customer=organisation) | Q(partner=organisation))


def projects_of(user: User, *, limit: int) -> QuerySet[Project]:
    """Those one works on, or is the architect of, soonest go-live first."""
    mine = Q(pk__in=Membership.objects.filter(user=user).values("project")) | Q(architect=user)
    related = ("customer", "partner", "architect", "standing")
    open_ones = Project.objects.visible_to(user).filter(mine, state__in=["active", "paused"])
    soonest = F("standing__go_live_on").asc(nulls_last=True)
    return open_ones.select_related(*related).order_by(soonest, "name", "pk")[:limit]


def work_of(user: User, *, limit: int) -> list[Project]:
    """The same for a page of many: in the order of the standing's own index, so that an architect of hundreds waits no
    longer. Nobody is both architect and member: FastTrack is on no side of a project.
    """
    related = ("project__customer", "project__partner", "project__architect")
    member = Q(project__in=Membership.objects.filter(user=user).values("project"))
    rows = ProjectStanding.objects.filter(state__in=["active", "paused"], archived=False).select_related(*related)
    mine = rows.filter(Q(architect=user) if user.is_architect else member)
    return [row.project for row in mine.order_by("sort_day", "project_id")[:limit]]


def project_shown(project: Project) -> dict[str, Any]:
    """A project as the API shows it, alone and in lists: ids and codes, no words."""
    row = project.standing
    columns = ("phase", "checklist_state", "answered", "asked", "review_state", "clearance_state", "request_state")
    return {
        "key": project.key,
        "name": project.name,
        "state": project.state,
        "archived": project.archived_at is not None,
        "infrastructure": project.infrastructure,
        "customer": str(project.customer.uid),
        "partner": str(project.partner.uid) if project.partner else None,
        "architect": str(project.architect.uid) if project.architect else None,
        "time_zone": project.time_zone,
        "go_live_on": row.go_live_on.isoformat() if row.go_live_on else None,
        "station": row.station,
        "waits_for": row.waits_for,
        "worst_risk": row.worst_risk,
        **{name: getattr(row, name) for name in columns},
    }

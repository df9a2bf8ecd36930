"""What is read about projects: one onlooker, the shared head of every project page, lists, the standing's proof."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.accounts.models import User
from golive.core.decision import Decision
from golive.core.paging import cursor_of, page_of, size_of
from projects.portfolio.models import Membership, Project, ProjectFacts, ProjectStanding, RolloutMilestone
from projects.portfolio.rules import (
    Onlooker,
    StandingFacts,
    may_become_owner,
    may_change_people,
    station,
    waits_for,
    worst_risk,
)
from projects.portfolio.states import Infrastructure, Milestone, Station

PAGE = 50
BY_NAME = ("name", "pk")


def onlooker(user: User, project: Project | None = None) -> Onlooker:
    """The person as rules take them, gathered in one query for a project and in none without."""
    member = Membership.objects.filter(project=project, user=user).first() if project else None
    return _as_onlooker(user, member)


def _as_onlooker(user: User, member: Membership | None) -> Onlooker:
    return Onlooker(
        id=user.pk,
        organisation=user.organisation_id,
        organisation_kind=user.organisation.kind,
        is_org_admin=user.is_org_admin,
        side=member.side if member else "",
        access=member.access if member else "",
        job=member.job if member else "",
        stakeholder=bool(member and member.stakeholder),
        staff=user.staff_roles,
    )


def project_for(user: User, key: str) -> Project:
    """The project of a page, with what its head shows; a stranger's is missing like one that never was."""
    related = ("customer", "partner", "architect", "standing", "facts")
    return Project.objects.visible_to(user).select_related(*related).get(key=key)


def people_of(project: Project) -> QuerySet[Membership]:
    return Membership.objects.filter(project=project).select_related("user__organisation")


def team_of(project: Project, *, fillers_only: bool = False) -> list[User]:
    """Everybody on the project who can still be reached."""
    members = people_of(project).filter(user__is_active=True, user__organisation__disabled_at=None)
    return [m.user for m in members if not fillers_only or m.access != "viewer"]


def milestones_of(project: Project, *, rollout: int = 1) -> dict[str, RolloutMilestone]:
    rows = RolloutMilestone.objects.filter(rollout__project=project, rollout__number=rollout)
    order = {key: place for place, key in enumerate(Milestone.values)}
    return {row.milestone: row for row in sorted(rows, key=lambda row: order[row.milestone])}


def go_live_of(project: Project) -> date | None:
    return (
        RolloutMilestone.objects.filter(rollout__project=project, rollout__number=1, milestone=Milestone.GO_LIVE)
        .values_list("day", flat=True)
        .first()
    )


def standing_facts(project: Project, row: ProjectStanding) -> StandingFacts:
    return StandingFacts(
        project_state=project.state,
        has_go_live=row.go_live_on is not None,
        checklist_state=row.checklist_state,
        review_state=row.review_state,
        turn=row.turn,
        clearance_state=row.clearance_state,
        request_state=row.request_state,
        predicted_risk=row.predicted_risk,
        found_risk=row.found_risk,
    )


def derived(project: Project, row: ProjectStanding) -> dict[str, Any]:
    facts = standing_facts(project, row)
    return {"worst_risk": worst_risk(facts), "station": station(facts), "waits_for": waits_for(facts)}


def portfolio_page(user: User, *, words: str = "") -> QuerySet[Project]:
    """The projects somebody sees, soonest go-live first; everything a line shows is in the one joined query."""
    seen = Project.objects.visible_to(user).select_related("customer", "partner", "architect", "standing")
    if words:
        seen = seen.filter(Q(name__icontains=words) | Q(key__istartswith=words) | Q(customer__name__icontains=words))
    return seen


def false_derived(projects: Iterable[Project]) -> list[str]:
    """Standings whose derived columns are not what their own row says."""
    wrong = []
    for project in projects:
        for column, value in derived(project, project.standing).items():
            if getattr(project.standing, column) != value:
                wrong.append(f"{project.key}: standing.{column} is {getattr(project.standing, column)}, not {value}")
    return wrong


def facts_of(project: Project) -> ProjectFacts:
    return ProjectFacts.objects.get(project=project)


def head_of(project: Project, *, tab: str, today: date) -> dict[str, Any]:
    """What sheet is this: the head of every page of a project, full on the overview, two facts elsewhere."""
    row = project.standing
    nobody = _("nobody yet")
    facts = [
        (_("Go-live"), *_day_in_words(row.go_live_on, today)),
        (_("Station"), Station(row.station).label, _("%(n)d of 9") % {"n": row.station}),
        (_("Production"), Infrastructure(project.infrastructure).label, ""),
        (_("Customer"), project.customer.name, ""),
        (_("Partner"), project.partner.name if project.partner else _("no partner"), ""),
        (_("Architect"), project.architect.name if project.architect else nobody, ""),
    ]
    full = tab == "project"
    return {"name": project.name, "key": project.key, "tab": tab, "facts": facts if full else facts[:2], "full": full}


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


def project_list(request: HttpRequest, user: User, *, words: str = "") -> dict[str, Any]:
    """One page by keyset, soonest go-live first; those without a date follow the last of those with one."""
    found = portfolio_page(user, words=words)
    undated = found.filter(standing__go_live_on=None)
    if "undated" in request.GET:
        return page_of(undated, request, key=BY_NAME)
    page = page_of(found.filter(standing__go_live_on__isnull=False), request, key=("standing__go_live_on", "pk"))
    if page["next"]:
        return page
    room = size_of(request, PAGE) - len(page["results"])
    rows = list(undated.order_by(*BY_NAME)[: room + 1])
    following = _undated_url(request, rows[:room]) if len(rows) > room else None
    return {"results": page["results"] + rows[:room], "next": following}


def _undated_url(request: HttpRequest, shown: list[Project]) -> str:
    query = request.GET.copy()
    query.pop("cursor", None)
    query["undated"] = "1"
    if shown:
        query["cursor"] = cursor_of(shown[-1], list(BY_NAME))
    return f"{request.path}?{query.urlencode()}"


def projects_of(user: User, *, limit: int) -> QuerySet[Project]:
    """Those one works on, or is the architect of, soonest go-live first."""
    mine = Q(pk__in=Membership.objects.filter(user=user).values("project")) | Q(architect=user)
    related = ("customer", "partner", "architect", "standing")
    open_ones = Project.objects.visible_to(user).filter(mine, state__in=["active", "paused"])
    soonest = F("standing__go_live_on").asc(nulls_last=True)
    return open_ones.select_related(*related).order_by(soonest, "name", "pk")[:limit]


def who_and_when(person: User, at: datetime) -> str:
    """For whoever comes second: who was first. In the reader's zone."""
    moment = date_format(localtime(at), _("j M Y, H:i"))
    return _("%(name)s on %(moment)s") % {"name": person.name, "moment": moment}


def person_on_side(project: Project, email: str) -> User | None:
    """Somebody of the customer or of the partner; whoever belongs elsewhere is unknown here."""
    sides = [project.customer_id, project.partner_id]
    people = User.objects.filter(is_active=True, disabled_at=None, organisation_id__in=[s for s in sides if s])
    return people.select_related("organisation").filter(email=email.lower()).first()


def people_decision(user: User, project: Project) -> Decision:
    """May this person change who is on the project?"""
    return may_change_people(onlooker(user, project), state=project.state, key=project.key)


def ownership_decision(user: User, project: Project) -> Decision:
    """May this person become owner by being administrator of one of the two organisations?"""
    sides = frozenset({project.customer_id, project.partner_id or 0})
    return may_become_owner(onlooker(user, project), organisations=sides)


def project_shown(project: Project) -> dict[str, Any]:
    """A project as the API shows it, alone and in lists: ids and codes, no words."""
    row = project.standing
    columns = ("phase", "checklist_state", "answered", "asked", "review_state", "clearance_state", "request_state")
    return {
        "key": project.key,
        "name": project.name,
        "state": project.state,
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

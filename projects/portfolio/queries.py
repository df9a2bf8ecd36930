"""What is read about projects: one onlooker, the shared head of every project page, lists, the standing's proof."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from golive.accounts.models import User
from projects.portfolio.models import Membership, Project, ProjectFacts, ProjectStanding, RolloutMilestone
from projects.portfolio.rules import Onlooker, StandingFacts, station, waits_for, worst_risk
from projects.portfolio.states import Milestone


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

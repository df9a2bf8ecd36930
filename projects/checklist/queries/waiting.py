"""Whose turn it is: the checklists that somebody has to send."""

from datetime import date, timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.core.waiting import Waiting
from golive.programme.queries import number
from projects.checklist.models.checklist import Checklist
from projects.checklist.states import RoundState
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.rules.onlooker import FILLERS
from projects.portfolio.states import Job, ProjectState


def waiting_for(person: User, today: date, limit: int) -> list[Waiting]:
    """The checklists this person has to send, at the latest while the best time to send them lasts; one query."""
    mine = Membership.objects.filter(user=person, access__in=FILLERS)
    lead = mine.filter(job=Job.PROJECT_MANAGER).values("project")
    named = Checklist.objects.filter(completed_by=person, project__in=mine.values("project")).values("project")
    projects = Project.objects.filter(state=ProjectState.ACTIVE, standing__checklist_state=RoundState.DRAFT)
    projects = projects.filter(Q(pk__in=lead) | Q(pk__in=named)).select_related("standing")
    soonest = projects.order_by(F("standing__go_live_on").asc(nulls_last=True), "pk")[:limit]
    before = timedelta(days=number("checklist_window_closes"))
    return [_to_send(project, before) for project in soonest]


def _to_send(project: Project, before: timedelta) -> Waiting:
    row = project.standing
    return Waiting(
        text=_("Submit the checklist"),
        url=reverse("checklist", kwargs={"key": project.key}),
        since=project.created_at,
        due_on=row.go_live_on - before if row.go_live_on else None,
        whose="team",
        project=project.name,
        detail=_("%(answered)d of %(asked)d answered") % {"answered": row.answered, "asked": row.asked},
    )

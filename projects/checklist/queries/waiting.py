"""Whose turn it is: the questions that somebody was asked to answer, the checklists that somebody has to send."""

from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.accounts.models import User
from golive.core.waiting import Waiting, merge
from golive.programme.queries import number
from projects.checklist.models.answers import ChecklistAssignment
from projects.checklist.models.checklist import Checklist
from projects.checklist.queries.assigning import earliest, standing_assignments, waiting_answers
from projects.checklist.states import RoundState
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.rules.onlooker import FILLERS
from projects.portfolio.states import Job, ProjectState


def waiting_for(person: User, today: date, limit: int) -> list[Waiting]:
    """One query tells where something waits; what is left to answer is asked only where anybody asked for it."""
    projects = list(_projects_waiting(person)[:limit])
    before = timedelta(days=number("checklist_window_closes"))
    to_send = [_to_send(project, before) for project in projects if project.sends]
    asked = waiting_answers(person, today, limit) if any(project.asked for project in projects) else ()
    return merge(to_send, (_to_answer(*one) for one in asked), limit=limit)


def _projects_waiting(person: User) -> QuerySet[Any]:
    """Where this person sends the checklist, or was asked to answer. The next go-live comes first."""
    mine = Membership.objects.filter(user=person, access__in=FILLERS)
    lead = mine.filter(job=Job.PROJECT_MANAGER).values("project")
    named = Checklist.objects.filter(completed_by=person, project__in=mine.values("project")).values("project")
    asked = Q(pk__in=standing_assignments().filter(person=person).values("checklist__project"))
    sends = Q(pk__in=lead) | Q(pk__in=named)
    projects = Project.objects.filter(state=ProjectState.ACTIVE, standing__checklist_state=RoundState.DRAFT)
    told = {
        name: ExpressionWrapper(each, output_field=BooleanField())
        for name, each in (("sends", sends), ("asked", asked))
    }
    projects = projects.filter(sends | asked).annotate(**told).select_related("standing")
    return projects.order_by(F("standing__go_live_on").asc(nulls_last=True), "pk")


def _to_answer(project: Project, left: int, rows: list[ChecklistAssignment]) -> Waiting:
    """One line a project, due when the first of it is."""
    return Waiting(
        text=ngettext("Answer %(count)d question", "Answer %(count)d questions", left) % {"count": left},
        url=reverse("checklist", kwargs={"key": project.key}) + "?mine",
        since=min(row.at for row in rows),
        due_on=earliest(rows),
        whose="team",
        project=project.name,
    )


def _to_send(project: Project, before: timedelta) -> Waiting:
    """At the latest while the best time to send it lasts."""
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

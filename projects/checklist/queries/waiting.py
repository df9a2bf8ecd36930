"""Whose turn it is: the questions that somebody was asked to answer, the checklists that somebody has to send."""

from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.accounts.models import User
from golive.core.waiting import Waiting, merge
from projects.checklist.content import press_shown
from projects.checklist.models.answers import ChecklistAssignment
from projects.checklist.models.checklist import Checklist
from projects.checklist.queries.assigning import earliest, standing_assignments, waiting_answers
from projects.checklist.queries.deadlines import deadlines_of, periods_now
from projects.checklist.rules.deadlines import Periods, Press
from projects.checklist.states import RoundState
from projects.portfolio.models.milestones import RolloutMilestone
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.rules.onlooker import FILLERS
from projects.portfolio.states import Job, Milestone, ProjectState

A_FEW = 7  # days: business days are five of seven, and holidays come between


def waiting_for(person: User, today: date, limit: int) -> list[Waiting]:
    """One query tells where something waits; what is left to answer is asked only where anybody asked for it."""
    periods = periods_now()
    projects = list(_projects_waiting(person, today, periods)[:limit])
    sent = (_to_send(project, today, periods) for project in projects if project.sends)
    to_send = [line for line in sent if line]
    asked = waiting_answers(person, today, limit) if any(project.asked for project in projects) else ()
    return merge(to_send, (_to_answer(*one) for one in asked), limit=limit)


def _projects_waiting(person: User, today: date, periods: Periods) -> QuerySet[Any]:
    """Where this person sends a checklist that is put before people by now, or was asked to answer."""
    mine = Membership.objects.filter(user=person, access__in=FILLERS)
    lead = mine.filter(job=Job.PROJECT_MANAGER).values("project")
    named = Checklist.objects.filter(completed_by=person, project__in=mine.values("project")).values("project")
    asked = Q(pk__in=standing_assignments().filter(person=person).values("checklist__project"))
    sends = Q(pk__in=lead) | Q(pk__in=named)
    projects = Project.objects.filter(state=ProjectState.ACTIVE, standing__checklist_state=RoundState.DRAFT)
    near = Q(standing__go_live_on__lte=today + timedelta(days=periods.shown))
    sends &= near | Q(needed__lte=today + timedelta(days=periods.red * 2 + A_FEW))
    projects = projects.annotate(needed=Subquery(_production_needed()))
    told = {
        name: ExpressionWrapper(each, output_field=BooleanField())
        for name, each in (("sends", sends), ("asked", asked))
    }
    projects = projects.filter(sends | asked).annotate(**told).select_related("standing")
    return projects.order_by(F("standing__go_live_on").asc(nulls_last=True), "pk")


def _production_needed() -> QuerySet[Any]:
    rows = RolloutMilestone.objects.filter(rollout__project=OuterRef("pk"), rollout__number=1)
    return rows.filter(milestone=Milestone.PRODUCTION_NEEDED).values("day")[:1]


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


def _to_send(project: Any, today: date, periods: Periods) -> Waiting | None:
    """Nothing before it is put before people; due at the latest while the best time to send it lasts."""
    row = project.standing
    deadlines = deadlines_of({"go_live": row.go_live_on, "production_needed": project.needed}, periods)
    if deadlines is None or (shown := press_shown(deadlines, today)).press == Press.EARLY:
        return None
    answered = _("%(answered)d of %(asked)d answered") % {"answered": row.answered, "asked": row.asked}
    return Waiting(
        text=_("Submit the checklist"),
        url=reverse("checklist", kwargs={"key": project.key}),
        since=project.created_at,
        due_on=deadlines.closes_on,
        whose="team",
        project=project.name,
        detail=f"{shown.badge.word}. {answered}",
    )

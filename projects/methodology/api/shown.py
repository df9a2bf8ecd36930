"""How the API shows phases and steps."""

from collections.abc import Iterable
from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from golive.core.api import StrictSerializer
from golive.core.decision import Reason
from projects.methodology.content import PhaseSheet, StepLine
from projects.methodology.queries.course import course_of
from projects.methodology.queries.sheets import phase_sheets
from projects.portfolio.models.project import Project
from projects.portfolio.queries.milestones import days_of
from projects.portfolio.queries.people import onlooker
from projects.portfolio.queries.projects import projects_for


class EmptyPhaseBody(StrictSerializer):
    """Nothing to say beside the address."""


def sheets_of(request: Request, key: str) -> tuple[Project, list[PhaseSheet]]:
    project = get_object_or_404(projects_for(request.user), key=key)
    ends = days_of(project)
    return project, phase_sheets(course_of(project), onlooker(request.user, project), ends)


def phase_shown(sheet: PhaseSheet) -> dict[str, Any]:
    return {
        "key": sheet.key,
        "name": sheet.name,
        "gate": sheet.gate,
        "state": "complete" if sheet.complete else "open",
        "ends_on": sheet.ends_on.isoformat() if sheet.ends_on else None,
        "completed_at": sheet.completed_at.isoformat() if sheet.completed_at else None,
        "completed_by": sheet.by,
        "warnings": reasons_shown(sheet.warnings),
        "follows_reopening": reasons_shown(sheet.follows),
        "steps": [step_shown(step) for step in sheet.steps],
    }


def step_shown(step: StepLine) -> dict[str, Any]:
    return {
        "key": step.key,
        "name": step.name,
        "required": step.required,
        "state": step.state,
        "unlocks_after": list(step.unlocks),
        "by_system": step.by_system,
        "done_elsewhere": step.elsewhere,
        "warnings": reasons_shown(step.warnings),
        "note": step.note,
        "done_at": step.done_at.isoformat() if step.done_at else None,
        "done_by": step.by,
        "ceased_at": step.ceased_at.isoformat() if step.ceased_at else None,
    }


def reasons_shown(reasons: Iterable[Reason]) -> list[dict[str, str]]:
    return [{"code": reason.code, "text": reason.text} for reason in reasons]

"""Completing and reopening a phase."""

from datetime import datetime

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from golive.outbox.actions import announce
from projects.methodology.actions.course import keep_facts
from projects.methodology.models.course import Phase, PhaseReopening
from projects.methodology.queries.course import course_of
from projects.methodology.rules.steps import may_complete_phase, may_reopen_phase
from projects.portfolio.actions.projects import lock
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker


@transaction.atomic
def complete_phase(project: Project, key: str, *, by: User, at: datetime) -> Phase:
    project = lock(project)
    course = course_of(project)
    phase = course.phase(key)
    require(may_complete_phase(onlooker(by, project), course.facts_of_phase(phase)), on=project)
    phase.complete(by=by, at=at)
    phase.save()
    keep_facts(course)
    row = record(project.chain, by, "phase.completed", f"phase:{key}", at=at)
    announce("phase.completed", after=row, project=project.key, phase=key)
    return phase


@transaction.atomic
def reopen_phase(project: Project, key: str, *, by: User, because: str, at: datetime) -> Phase:
    """Later phases stay complete; what the gate makes of it, it computes itself."""
    project = lock(project)
    course = course_of(project)
    phase = course.phase(key)
    require(may_reopen_phase(onlooker(by, project), course.facts_of_phase(phase)), on=project)
    phase.reopen()
    phase.save()
    PhaseReopening.objects.create(phase=phase, because=because, by=by, at=at)
    keep_facts(course)
    row = record(project.chain, by, "phase.reopened", f"phase:{key}", at=at)
    announce("phase.reopened", after=row, project=project.key, phase=key)
    return phase

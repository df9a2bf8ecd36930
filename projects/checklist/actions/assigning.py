"""Asking somebody to answer a question or a topic, and asking nobody any more."""

from datetime import date, datetime

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from projects.checklist.actions.answering import begun
from projects.checklist.models.answers import ChecklistAssignment
from projects.checklist.queries.rounds import round_facts
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.rules.assigning import Asked, is_assigned, may_assign, may_be_asked
from projects.portfolio.actions.projects import lock
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker


@transaction.atomic
def assign(
    project: Project, asked: Asked, *, person: User, due_on: date | None, by: User, at: datetime
) -> ChecklistAssignment:
    """One person a question and one a topic: who was asked before is asked no more."""
    project = lock(project)
    sheet = sheet_of(project, at=at)
    require(may_assign(onlooker(by, project), round_facts(sheet)), on=project)
    require(may_be_asked(onlooker(person, project), key=project.key), on=project)
    sheet = begun(sheet, at=at)
    assert sheet.checklist is not None
    former = ChecklistAssignment.objects.filter(checklist=sheet.checklist, ended_at=None, **vars(asked))
    former.update(ended_at=at)
    row = ChecklistAssignment.objects.create(
        checklist=sheet.checklist, person=person, due_on=due_on, by=by, at=at, **vars(asked)
    )
    after = {"person": str(person.uid), "due_on": due_on.isoformat() if due_on else None}
    record(project.chain, by, "answer.assigned", named(asked), at=at, after=after)
    return row


@transaction.atomic
def end_assignment(project: Project, assignment: ChecklistAssignment, *, by: User, at: datetime) -> None:
    """Nobody is asked any more; that somebody was stays in history."""
    project = lock(project)
    row = ChecklistAssignment.objects.select_related("person").get(pk=assignment.pk)
    require(may_assign(onlooker(by, project), round_facts(sheet_of(project, at=at))), on=project)
    require(is_assigned(row.ended_at is None), on=project)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    asked = Asked(topic=row.topic, question=row.question)
    record(project.chain, by, "answer.unassigned", named(asked), at=at, before={"person": str(row.person.uid)})


def named(asked: Asked) -> str:
    return f"answer:{asked.question}" if asked.question else f"answer:{asked.topic}"

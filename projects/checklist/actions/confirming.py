"""Still true? Answers of an earlier round, found true in this one without being written again."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from projects.checklist.models.answers import Answer
from projects.checklist.queries.rounds import round_facts
from projects.checklist.queries.sheet import Sheet, sheet_of
from projects.checklist.rules.submission import may_answer
from projects.portfolio.actions.projects import lock
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker


@transaction.atomic
def confirm_answers(project: Project, questions: Collection[str], *, by: User, at: datetime) -> Sheet:
    """Those of these questions whose answers came from an earlier round; what is confirmed already stays as it is."""
    project = lock(project)
    sheet = sheet_of(project, at=at)
    require(may_answer(onlooker(by, project), round_facts(sheet)), on=project)
    confirmed = [question for question in sheet.unconfirmed if question in questions]
    if not confirmed:
        return sheet
    rows = Answer.objects.filter(checklist=sheet.checklist, question__in=confirmed)
    rows.update(confirmed_round=sheet.number)
    after = {"round": sheet.number, "questions": confirmed}
    record(project.chain, by, "answers.confirmed", f"round:{sheet.number}", at=at, after=after)
    return sheet_of(project, at=at)

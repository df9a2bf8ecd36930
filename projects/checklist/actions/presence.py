"""Somebody has a question before them. Nothing is decided by it, and nothing of it is history."""

from datetime import datetime

from django.db import transaction

from golive.accounts.models import User
from golive.core.decision import require
from projects.checklist.models.answers import AnswerPresence
from projects.checklist.queries.rounds import round_facts
from projects.checklist.queries.sheet import Sheet
from projects.checklist.rules.submission import may_answer
from projects.portfolio.queries.people import onlooker_among


@transaction.atomic
def be_on(sheet: Sheet, question: str, *, by: User, at: datetime) -> None:
    """Only whoever may answer is on a question; looking at it is not."""
    require(may_answer(onlooker_among(by, sheet.people), round_facts(sheet)), on=sheet.project)
    mine = AnswerPresence.objects.filter(project=sheet.project, user=by)
    if not mine.update(question=question, seen_at=at):
        row = AnswerPresence(project=sheet.project, user=by, question=question, seen_at=at)
        AnswerPresence.objects.bulk_create([row], ignore_conflicts=True)

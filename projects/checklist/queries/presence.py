"""Who else is on which question now; told to the project's people and to nobody else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from golive.accounts.models import User
from projects.checklist.models.answers import AnswerPresence
from projects.checklist.queries.sheet import Sheet

FRESH = timedelta(seconds=60)


@dataclass(frozen=True)
class Here:
    name: str
    question: str


def others_on(sheet: Sheet, user: User, *, at: datetime) -> list[Here]:
    """One query, and none for somebody who is not on the project."""
    names = {member.user_id: member.user.name for member in sheet.people}
    if user.pk not in names:
        return []
    rows = AnswerPresence.objects.filter(project=sheet.project, seen_at__gt=at - FRESH).exclude(user=user)
    return [Here(names[row.user_id], row.question) for row in rows.order_by("pk") if row.user_id in names]

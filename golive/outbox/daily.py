"""What is announced once a day, whoever sweeps: the row's key makes it once."""

from datetime import datetime

from django.db import transaction

from golive.outbox.actions import announce
from golive.outbox.models import Priority

KINDS = ("audit.anchor_due", "evidence.sweep_due")
_announced: set[str] = set()  # of this process: saves two queries a sweep


def announce_daily(now: datetime) -> None:
    day = now.date().isoformat()
    if day in _announced:
        return
    with transaction.atomic():
        for kind in KINDS:
            announce(kind, after=day, priority=Priority.GUIDANCE)
    _announced.clear()
    _announced.add(day)

"""What Celery may be told: that there is work. It never carries the work itself."""

from celery import shared_task
from django.utils import timezone

from golive.outbox.daily import announce_daily
from golive.outbox.drain import drain

SWEEP_SECONDS = 40  # begin nothing new after this: the rest of the time limit is for what is being done


@shared_task(name="golive.outbox.wake")
def wake(row_id: int) -> int:
    """One hint, one piece of work, and that the most urgent: a sign-off overtakes queued guidance."""
    return drain(limit=1)


@shared_task(name="golive.outbox.sweep")
def sweep() -> int:
    announce_daily(timezone.now())
    return drain(seconds=SWEEP_SECONDS)

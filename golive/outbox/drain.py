"""Lease what is due, one piece at a time, and run it: the same code in a Celery worker, a thread and a command."""

import logging
import secrets
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from golive.core.failpoints import reach
from golive.outbox.actions import insert_once
from golive.outbox.job import LEASE, Job, Later, LeaseLost
from golive.outbox.models import Outbox, OutboxState
from golive.outbox.queries import Hearer, due, hearers_of, name_of, ready
from golive.outbox.reasons import reason_of

log = logging.getLogger("golive.outbox")
TRIES = 5
WAITS = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800))  # after the first, second, ... failure
AT_ONCE = 8  # candidates looked at together, so that parallel workers seldom fight for the same row
LOST = "The worker was lost each time it did this."


def drain(limit: int = 1000, *, now: datetime | None = None, seconds: float | None = None) -> int:
    """Run what is due, most urgent first; tells how many pieces were run. Stops to begin new ones after `seconds`."""
    stop_at = time.monotonic() + seconds if seconds is not None else float("inf")
    count = 0
    while count < limit and time.monotonic() < stop_at:
        job = take(now or timezone.now())
        if job is None:
            break
        run(job)
        count += 1
    return count


def take(now: datetime) -> Job | None:
    while candidates := list(due(now)[:AT_ONCE]):
        for row in candidates:
            if row.attempts >= TRIES:
                bury(row, now)
            elif job := lease(row, now):
                return job
    return None


def lease(row: Outbox, now: datetime) -> Job | None:
    """One statement, atomic on both databases: whoever changes the row has it."""
    token = secrets.token_hex(16)
    changed = same(row, now).update(
        state=OutboxState.LEASED, lease_token=token, lease_until=now + LEASE, attempts=row.attempts + 1
    )
    if not changed:
        return None
    return Job(row.pk, row.kind, row.version, row.hearer, row.payload, row.attempts + 1, token, now)


def same(row: Outbox, now: datetime):
    return Outbox.objects.filter(ready(now), pk=row.pk, attempts=row.attempts)


def bury(row: Outbox, now: datetime) -> None:
    """It was begun five times and never ended, not even with an error."""
    same(row, now).filter(state=OutboxState.LEASED).update(
        state=OutboxState.DEAD, lease_token="", lease_until=None, ended_at=now, last_error=LOST
    )
    log.error("gave up %s %s: %s", row.kind, row.pk, LOST)


def run(job: Job) -> None:
    """Never raises for what the work did: the next piece must not wait for this one."""
    try:
        reach("outbox.before_run")
        hear(job)
        if not job.finished:
            with job.finishing():
                pass
    except LeaseLost:
        log.warning("lease lost: %s %s", job.kind, job.row_id)
    except Later as later:
        put_off(job, later)
    except Exception as error:
        fail(job, error)


def hear(job: Job) -> None:
    functions = hearers_of(job.kind, job.version)
    if job.hearer:
        functions = tuple(function for function in functions if name_of(function) == job.hearer)
    if len(functions) == 1:
        functions[0](job)
        return
    with job.finishing():
        for row in fanned_out(job, functions):
            insert_once(row)


def fanned_out(job: Job, functions: tuple[Hearer, ...]) -> Iterator[Outbox]:
    """A row for each hearer, so that one that fails neither stops nor repeats the others."""
    parent = Outbox.objects.get(pk=job.row_id)
    for function in functions:
        name = name_of(function)
        yield Outbox(
            kind=job.kind,
            version=job.version,
            hearer=name,
            payload=job.payload,
            dedupe_key=f"heard:{job.row_id}:{name}",
            priority=parent.priority,
            not_before=job.now,
        )


def put_off(job: Job, later: Later) -> None:
    again(job, later.reason, job.now + later.wait, attempts=job.attempt - 1)


def fail(job: Job, error: Exception) -> None:
    reason = reason_of(error)
    log.error("failed %s %s, try %s: %s", job.kind, job.row_id, job.attempt, reason)
    if job.attempt < TRIES:
        again(job, reason, job.now + WAITS[job.attempt - 1], attempts=job.attempt)
        return
    settle(job, state=OutboxState.DEAD, ended_at=job.now, last_error=reason)


def again(job: Job, reason: str, at: datetime, *, attempts: int) -> None:
    settle(job, state=OutboxState.READY, not_before=at, last_error=reason, attempts=attempts)


def settle(job: Job, **columns) -> None:
    try:
        job.change(lease_token="", lease_until=None, **columns)
    except LeaseLost:
        log.warning("lease lost: %s %s", job.kind, job.row_id)

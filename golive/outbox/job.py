"""One leased piece of work, as its handler sees it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from golive.core.failpoints import reach
from golive.outbox.models import Outbox, OutboxState
from golive.outbox.reasons import LONGEST

LEASE = timedelta(seconds=120)  # longer than any one piece of work may take (golive/celery.py, EMAIL_TIMEOUT)


class LeaseLost(Exception):
    """Another worker has taken this work over: what was done here must not be stored."""


class Later(Exception):
    """The world was not ready; nothing is wrong with the work. It does not count as one of the tries."""

    def __init__(self, reason: str, *, wait: timedelta) -> None:
        super().__init__(reason)
        self.reason, self.wait = reason, wait


@dataclass
class Job:
    row_id: int
    kind: str
    version: int
    hearer: str
    payload: dict[str, Any] = field(repr=False)
    attempt: int
    token: str = field(repr=False)
    now: datetime
    finished: bool = False

    @contextmanager
    def finishing(self, state: OutboxState = OutboxState.DONE, reason: str = "") -> Iterator[None]:
        """A transaction that first ends the row where the lease is still ours: all of it is stored, or nothing.

        `OutboxState.UNKNOWN` with a reason: it may have happened, and only a person can tell.
        """
        reach("outbox.before_finish")
        with transaction.atomic():
            self.change(state=state, lease_token="", lease_until=None, ended_at=self.now, last_error=reason[:LONGEST])
            yield
        self.finished = True

    def extend(self) -> None:
        """The whole lease anew, before something slow; LeaseLost when it is no longer ours."""
        self.change(lease_until=timezone.now() + LEASE)

    def change(self, **columns: Any) -> None:
        mine = Outbox.objects.filter(pk=self.row_id, state=OutboxState.LEASED, lease_token=self.token)
        if not mine.update(**columns):
            raise LeaseLost(f"{self.kind} {self.row_id}")

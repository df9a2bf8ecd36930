"""Announce work in the transaction of the act; later, a person may try a dead piece again or leave it."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from golive.audit.actions import record
from golive.core.decision import require
from golive.outbox.hints import hint
from golive.outbox.models import Outbox, OutboxState, Priority
from golive.outbox.rules import may_settle

if TYPE_CHECKING:
    from golive.audit.models import AuditRow

NORMAL = Priority.NORMAL


def announce(
    kind: str,
    obj: Any = None,
    *,
    after: "AuditRow | str",
    priority: Priority = NORMAL,
    not_before: datetime | None = None,
    **payload: Any,
) -> Outbox:
    """Write the row that others will hear; the same announcement again is the same row.

    `kind` is a name, or `name@2` once the payload has a second shape: workers that know only the first leave it.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("announce() belongs into the transaction of the act that it announces")
    name, _, version = kind.partition("@")
    row = Outbox(
        kind=name,
        version=int(version or 1),
        payload=payload_of(obj, after, payload),
        dedupe_key=f"{kind}:{after}" if isinstance(after, str) else f"{kind}:{after.chain}:{after.seq}",
        priority=priority,
        not_before=not_before or timezone.now(),
    )
    return insert_once(row)


def payload_of(obj: Any, after: "AuditRow | str", words: dict[str, Any]) -> dict[str, Any]:
    payload = dict(words)
    if obj is not None:
        payload["id"] = obj.pk
    if not isinstance(after, str):
        payload["chain"] = after.chain
    return payload


def insert_once(row: Outbox) -> Outbox:
    Outbox.objects.bulk_create([row], ignore_conflicts=True)
    stored = Outbox.objects.get(dedupe_key=row.dedupe_key)
    # Only a wake-up: when the process dies here, the sweep finds the row.
    transaction.on_commit(partial(hint, stored.pk), robust=True)
    return stored


@transaction.atomic
def try_again(row: Outbox, *, by: Any, at: datetime) -> Outbox:
    """A dead or unknown piece of work starts anew: all its tries are given back."""
    return settle(row, OutboxState.READY, "outbox.retried", by=by, at=at)


@transaction.atomic
def leave(row: Outbox, *, by: Any, at: datetime) -> Outbox:
    """A person decided that nothing more is done about it."""
    return settle(row, OutboxState.DONE, "outbox.left", by=by, at=at)


def settle(row: Outbox, state: OutboxState, act: str, *, by: Any, at: datetime) -> Outbox:
    row = Outbox.objects.select_for_update().get(pk=row.pk)
    require(may_settle(by, row.state), on=None)
    before = {"state": row.state, "kind": row.kind}
    row.state = state
    row.attempts = 0
    row.not_before = at
    row.ended_at = None if state == OutboxState.READY else at
    row.save(update_fields=["state", "attempts", "not_before", "ended_at"])
    record("site", by, act, f"outbox:{row.pk}", at=at, before=before, after={"state": row.state})
    transaction.on_commit(partial(hint, row.pk), robust=True)
    return row

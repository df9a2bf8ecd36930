"""Writing history: always inside the transaction of the act itself."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, models

from golive.audit.canonical import canonical, chained, code, facts
from golive.audit.models import AuditRow, ChainHead, columns
from golive.core.marks import mark

anchors = logging.getLogger("golive.anchor")


def record(
    chain: str,
    by: Any,
    act: str,
    obj: models.Model | str,
    *,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditRow:
    """Appends one act to a chain. `by` is None where no person acted."""
    if not connection.in_atomic_block:
        raise RuntimeError("History is written in the transaction of the act: there is none.")
    request = mark()
    changes = {"before": facts(before), "after": facts(after), "session": request.session_digest}
    row = AuditRow(chain=code(chain), act=code(act), object=named(obj), actor=by, at=at, request_id=request.request_id)
    head = _locked_head(chain)
    row.seq, row.prev_hash = head.seq + 1, head.hash
    row.body = canonical(columns(row) | changes)
    row.hash = chained(row.prev_hash, row.body)
    row.save(force_insert=True)
    head.seq, head.hash = row.seq, row.hash
    head.save(update_fields=["seq", "hash"])
    return row


def named(obj: models.Model | str) -> str:
    """`answer:0190…`: the model and what it is known by outside, its uid or key, else its number."""
    if isinstance(obj, str):
        return code(obj)
    known_by = getattr(obj, "uid", None) or getattr(obj, "key", None) or obj.pk
    return code(f"{obj._meta.model_name}:{known_by}")


def anchor() -> int:
    """Once a day every chain's head goes to the log, which the database's administrator does not hold."""
    count = 0
    for name, seq, digest in ChainHead.objects.order_by("name").values_list("name", "seq", "hash").iterator():
        anchors.info("%s %s %s", name, seq, digest, extra={"chain": name, "seq": seq, "hash": digest})
        count += 1
    return count


def _locked_head(chain: str) -> ChainHead:
    heads = ChainHead.objects.select_for_update()
    if head := heads.filter(name=chain).first():
        return head
    # Two may begin the same chain at once: the second waits here for the first.
    ChainHead.objects.bulk_create([ChainHead(name=chain)], ignore_conflicts=True)
    return heads.get(name=chain)

"""Reading history: a page of it, the heads of the chains, and the proof that nothing was changed since."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from golive.audit.canonical import chained
from golive.audit.models import BEGINNING, AuditRow, ChainHead, columns

CHUNK = 2000


@dataclass(frozen=True)
class Broken:
    """The first row of a chain that is not as it was written. `why` is a code, `sentence` is for people."""

    chain: str
    seq: int
    why: str

    @property
    def sentence(self) -> str:
        texts = {
            "missing": _("is missing"),
            "unreadable": _("cannot be read"),
            "changed": _("was changed: its hash does not fit"),
            "column_changed": _("was changed: a column says something else than its body"),
            "not_linked": _("does not follow the row before"),
            "head_differs": _("is not what the head of the chain says"),
            "without_head": _("stands after the end that the head of the chain knows"),
        }
        return _("Chain %(chain)s: row %(seq)s %(what)s.") % {
            "chain": self.chain,
            "seq": self.seq,
            "what": texts[self.why],
        }


def rows_of(chain: str, *, act: str = "", person: Any = None) -> QuerySet[AuditRow]:
    """The history of a chain, newest first; of one act or one person where asked."""
    rows = AuditRow.objects.filter(chain=chain).select_related("actor").order_by("-seq")
    if act:
        rows = rows.filter(act=act)
    if person is not None:
        rows = rows.filter(actor=person)
    return rows


def history(chain: str, act: str = "", person: Any = None, before: int | None = None, size: int = 50) -> list[AuditRow]:
    """One page, newest first: the rows below the number `before`, the last one seen."""
    rows = rows_of(chain, act=act, person=person)
    return list((rows if before is None else rows.filter(seq__lt=before))[:size])


def heads() -> QuerySet[ChainHead]:
    return ChainHead.objects.order_by("name")


def verify_all() -> Iterator[Broken]:
    """The first bad row of each broken chain. Streams: a long history takes no more memory than a short one."""
    for name in heads().values_list("name", flat=True).iterator(chunk_size=CHUNK):
        if broken := verify_chain(name):
            yield broken
    known = ChainHead.objects.filter(name=OuterRef("chain"))
    orphans = AuditRow.objects.filter(~Exists(known)).order_by("chain", "seq").values_list("chain", "seq")
    seen = ""
    for chain, seq in orphans.iterator(chunk_size=CHUNK):
        if chain != seen:
            yield Broken(chain, seq, "without_head")
        seen = chain


def verify_chain(chain: str) -> Broken | None:
    """Reads the head first: whatever it names was committed with it, so that writers may go on meanwhile."""
    head = ChainHead.objects.filter(name=chain).first()
    last, digest = 0, BEGINNING
    for row in _readable(chain, head.seq if head else 0):
        if isinstance(row, Broken):
            return row
        if why := _fault(row, last, digest):
            return Broken(chain, last + 1 if why == "missing" else row.seq, why)
        last, digest = row.seq, row.hash
    if head and last < head.seq:
        return Broken(chain, last + 1, "missing")
    if head and digest != head.hash:
        return Broken(chain, last, "head_differs")
    beyond = AuditRow.objects.filter(chain=chain).exclude(
        Exists(ChainHead.objects.filter(name=chain, seq__gte=OuterRef("seq")))
    )
    seq = beyond.order_by("seq").values_list("seq", flat=True).first()
    return None if seq is None else Broken(chain, seq, "without_head")


def _fault(row: AuditRow, last: int, digest: str) -> str:
    if row.seq != last + 1:
        return "missing"
    if row.prev_hash != digest:
        return "not_linked"
    if row.hash != chained(row.prev_hash, row.body):
        return "changed"
    return "" if _columns_fit(row) else "column_changed"


def _columns_fit(row: AuditRow) -> bool:
    try:
        told = json.loads(row.body)
        return told | columns(row) == told
    except (ValueError, TypeError, AttributeError, RecursionError):
        return False


def _readable(chain: str, until: int) -> Iterator[AuditRow | Broken]:
    rows = AuditRow.objects.filter(chain=chain, seq__lte=until).order_by("seq")
    last = 0
    try:
        for row in rows.iterator(chunk_size=CHUNK):
            yield row
            last = row.seq
    except (ValueError, DatabaseError):  # bytes that are no text, a moment that is none: find whose
        yield Broken(chain, _first_unreadable(rows, last), "unreadable")


def _first_unreadable(rows: QuerySet[AuditRow], last: int) -> int:
    for seq in range(last + 1, last + CHUNK + 1):
        try:
            list(rows.filter(seq=seq))
        except (ValueError, DatabaseError):
            return seq
    return last + 1

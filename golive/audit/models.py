"""The history of every act: rows that nobody changes, each carrying the hash of the one before."""

import json
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from golive.audit.canonical import moment
from golive.core.guards import AppendOnly, Kept, Rule

BEGINNING = "0" * 64  # what the first row of a chain follows


class ChainHead(models.Model):
    """Where a chain stands. Its lock puts the acts of a chain in a line; it shows a cut tail."""

    name = models.CharField(max_length=80, unique=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=BEGINNING)

    class Meta:
        constraints = [
            Kept(name="audit_head_kept"),
            Rule(name="audit_head_moves_by_one", bad="NEW.seq <> OLD.seq + 1 OR NEW.name <> OLD.name"),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} {self.seq}"


class AuditRow(models.Model):
    """One act. `body` is canonical JSON of every other column and of what changed, as ids, codes and digests."""

    chain = models.CharField(max_length=80)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=80)
    object = models.CharField(max_length=160, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    body = models.TextField()
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="audit_seq_once", fields=["chain", "seq"]),
            models.UniqueConstraint(name="audit_no_fork", fields=["chain", "prev_hash"]),
            models.CheckConstraint(name="audit_seq_from_one", condition=Q(seq__gte=1)),
            AppendOnly(name="audit_append_only", message=_("History is never changed.")),
        ]
        indexes = [
            models.Index(name="audit_by_act", fields=["chain", "act", "seq"]),
            models.Index(name="audit_by_actor", fields=["chain", "actor", "seq"]),
        ]
        ordering = ["chain", "seq"]

    def __str__(self) -> str:
        return f"{self.chain} {self.seq} {self.act}"

    @cached_property
    def told(self) -> dict[str, Any]:
        return json.loads(self.body)

    @property
    def before(self) -> dict[str, Any]:
        return self.told["before"]

    @property
    def after(self) -> dict[str, Any]:
        return self.told["after"]


def columns(row: AuditRow) -> dict[str, Any]:
    """The columns as the body repeats them, so that one cannot be changed without the other."""
    return {
        "chain": row.chain,
        "seq": row.seq,
        "at": moment(row.at),
        "actor": row.actor_id,
        "act": row.act,
        "object": row.object,
        "request": row.request_id,
    }

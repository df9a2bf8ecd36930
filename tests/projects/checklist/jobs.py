"""A piece of announced work as its handler gets it: leased, with its token."""

import uuid

from django.db import transaction
from django.utils import timezone

from golive.outbox.actions import announce
from golive.outbox.job import LEASE, Job
from golive.outbox.models import Outbox


def job_of(kind: str, **payload) -> Job:
    now, token = timezone.now(), uuid.uuid4().hex
    with transaction.atomic():
        row = announce(kind, after=f"test:{token}", **payload)
    Outbox.objects.filter(pk=row.pk).update(state="leased", lease_token=token, lease_until=now + LEASE, attempts=1)
    return Job(row.pk, kind, 1, "test", payload, 1, token, now)

"""Work for tests that run in processes of their own: each effect is a row that may exist once only."""

from golive.audit.models import ChainHead
from golive.handlers import HANDLERS as ALL
from golive.outbox.job import Job


def effect(job: Job) -> None:
    with job.finishing():
        ChainHead.objects.create(name=f"effect:{job.payload['n']}")


HANDLERS = {**ALL, "fault.effect": (effect,)}

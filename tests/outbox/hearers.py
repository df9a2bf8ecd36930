"""Handlers for tests: they write down what they did, where every thread and process can read it."""

from golive.audit.models import ChainHead
from golive.outbox.job import Job, Later, timedelta
from golive.outbox.models import OutboxState

seen: list[tuple[str, dict]] = []


def mark_chain(name: str) -> None:
    ChainHead.objects.get_or_create(name=name)


def note(job: Job) -> None:
    with job.finishing():
        seen.append((job.kind, job.payload))


def second(job: Job) -> None:
    with job.finishing():
        seen.append(("second", job.payload))


def silent(job: Job) -> None:
    """Does nothing and does not end the row itself."""


def poison(job: Job) -> None:
    raise ValueError("redis://user:hunter2@host/0 password=hunter2 said no")


def half(job: Job) -> None:
    with job.finishing():
        mark_chain(f"half:{job.row_id}")
        raise RuntimeError("after the effect, before the end")


def busy(job: Job) -> None:
    raise Later("the printer is warm", wait=timedelta(minutes=7))


def unsure(job: Job) -> None:
    with job.finishing(OutboxState.UNKNOWN, "the fax machine did not say"):
        pass


HANDLERS = {
    "test.note": (note,),
    "test.two": (note, second),
    "test.silent": (silent,),
    "test.poison": (poison,),
    "test.half": (half,),
    "test.busy": (busy,),
    "test.unsure": (unsure,),
    "test.mixed": (poison, second),
}

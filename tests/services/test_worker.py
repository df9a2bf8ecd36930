"""The joint itself: a row of this process, a message through Redis, the work done by another process."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from golive.outbox.actions import announce
from golive.outbox.models import Outbox, OutboxState
from tests.tools.celery_processes import celery

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
KIND = "audit.anchor_due"  # work that every installation has


def announced(after: str, **words) -> Outbox:
    with transaction.atomic():
        return announce(KIND, after=after, **words)


def done(row: Outbox) -> Callable[[], bool]:
    return lambda: Outbox.objects.filter(pk=row.pk, state=OutboxState.DONE).exists()


def becomes_true(question: Callable[[], bool], *, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if question():
            return True
        time.sleep(0.1)
    return False


def test_a_hint_wakes_the_worker(worker):
    row = announced("services:hint")

    assert becomes_true(done(row), seconds=10)


def test_a_row_whose_hint_came_to_nothing_is_swept(worker, beat):
    row = announced("services:swept", not_before=timezone.now() + timedelta(seconds=3))  # the hint comes too early

    assert becomes_true(done(row), seconds=45)


def test_work_announced_while_no_worker_lives_is_done_by_the_next(places):
    row = announced("services:later")

    assert not becomes_true(done(row), seconds=1)
    with celery("worker", "--concurrency", "1", **places):
        assert becomes_true(done(row), seconds=20)

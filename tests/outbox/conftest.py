from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from golive.outbox.actions import announce
from golive.outbox.drain import drain
from golive.outbox.models import Outbox
from tests.outbox import hearers

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def test_hearers(settings):
    settings.OUTBOX_HANDLERS = "tests.outbox.hearers.HANDLERS"
    settings.REDIS_URL = ""
    hearers.seen.clear()


@pytest.fixture
def say(db):
    """Announces in a transaction of its own, due at noon."""
    numbers = iter(range(1, 10_000))

    def say(kind: str, *, after: str = "", not_before=NOON, **words) -> Outbox:
        with transaction.atomic():
            return announce(kind, after=after or f"act:{next(numbers)}", not_before=not_before, **words)

    return say


@pytest.fixture
def drain_for_days():
    """Drains again and again while time passes, as a server does."""

    def run(days: int = 3) -> int:
        return sum(drain(now=NOON + timedelta(minutes=20 * step)) for step in range(days * 72))

    return run

"""Chains to read, to prove and to break."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from golive.audit.actions import record
from golive.audit.models import AuditRow
from tests.builders import make_user

MORNING = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


@pytest.fixture
def write() -> Callable[..., list[AuditRow]]:
    """Writes acts to a chain, one a minute."""

    def write(chain: str = "project:HALD-7Q2", count: int = 1, *, by=None, act: str = "step.completed", **facts):
        facts.setdefault("after", {"state": "complete"})
        with transaction.atomic():
            return [
                record(chain, by, act, f"step:{n}", at=MORNING + timedelta(minutes=n), **facts) for n in range(count)
            ]

    return write


@pytest.fixture
def mara(db):
    return make_user("Mara")

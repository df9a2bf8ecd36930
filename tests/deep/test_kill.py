"""F26: a process that writes is killed at any moment. What it was told is saved is there, and nothing is half done."""

import random
import time
from pathlib import Path

import pytest
from django.db import connection

from golive.audit.models import AuditRow
from golive.audit.queries import verify_all
from golive.proofs import false_standing
from projects.checklist.models.answers import Answer, AnswerRevision
from tests.builders_projects import make_project, plan_dates
from tests.faults.lab import becomes, process, stop
from tests.scale import times

pytestmark = pytest.mark.django_db(transaction=True)


def whole() -> bool:
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return cursor.fetchall() == [("ok",)]


def test_a_writer_killed_at_any_moment_loses_nothing_that_it_was_told_is_saved(tmp_path):
    cast = make_project()
    plan_dates(cast)
    ledger = tmp_path / "ledger"
    ledger.touch()
    for _time in range(times(20)):
        before = acknowledged(ledger)
        writer = process(cast.key, str(ledger), module="tests.deep.writer")
        try:
            assert becomes(lambda: acknowledged(ledger) > before, 40)  # noqa: B023
            time.sleep(random.uniform(0.01, 0.3))
        finally:
            stop(writer)

        told = acknowledged(ledger)
        answer = Answer.objects.get(checklist__project=cast.project)
        assert answer.revision in (told, told + 1)  # killed between the commit and the note of it
        assert AnswerRevision.objects.filter(answer=answer).count() == answer.revision
        assert AuditRow.objects.filter(chain=cast.project.chain, act="answer.saved").count() == answer.revision
        assert whole()
        assert list(verify_all()) == []
        assert list(false_standing()) == []


def acknowledged(ledger: Path) -> int:
    lines = ledger.read_text().split("\n")[:-1]
    return int(lines[-1]) if lines else 0

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from golive.audit.actions import record
from golive.audit.models import AuditRow
from golive.core.decision import Refused
from golive.outbox.actions import announce, leave, try_again
from golive.outbox.drain import drain
from golive.outbox.models import Outbox, Priority
from tests.builders import make_user
from tests.outbox.conftest import NOON
from tests.outbox.hearers import seen

pytestmark = pytest.mark.django_db


def test_an_announcement_carries_its_act_and_its_object():
    person = make_user()

    with transaction.atomic():
        act = record("project:HALD-7Q2", None, "step.completed", person, at=NOON)
        row = announce("test.note", person, after=act, days=3)

    assert row.dedupe_key == "test.note:project:HALD-7Q2:1"
    assert row.payload == {"id": person.pk, "chain": "project:HALD-7Q2", "days": 3}
    assert (row.state, row.attempts, row.priority) == ("ready", 0, Priority.NORMAL)


def test_the_same_announcement_again_is_the_same_row(say):
    first, again, other = say("test.note", after="a"), say("test.note", after="a", x=1), say("test.two", after="a")

    assert (again.pk, again.payload) == (first.pk, {})
    assert other.pk != first.pk
    assert Outbox.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_announcement_stands_in_a_transaction_and_goes_with_it():
    with pytest.raises(RuntimeError, match="transaction"):
        announce("test.note", after="a")
    with pytest.raises(KeyError), transaction.atomic():
        announce("test.note", after="a")
        raise KeyError

    assert Outbox.objects.count() == 0


def dead(say, drain_for_days) -> Outbox:
    row = say("test.poison")
    drain_for_days()
    row.refresh_from_db()
    assert row.state == "dead"
    return row


def test_an_administrator_tries_dead_work_again_and_history_says_so(say, drain_for_days, settings):
    row, administrator = dead(say, drain_for_days), make_user(is_administrator=True)
    later = NOON + timedelta(days=9)

    try_again(row, by=administrator, at=later)
    settings.OUTBOX_HANDLERS = "tests.outbox.test_actions.MENDED"
    drain(now=later)

    row.refresh_from_db()
    assert (row.state, row.attempts, seen) == ("done", 1, [("test.poison", {})])
    told = AuditRow.objects.get(chain="site", act="outbox.retried")
    assert (told.actor, told.object) == (administrator, f"outbox:{row.pk}")


def test_an_administrator_leaves_dead_work(say, drain_for_days):
    row, administrator = dead(say, drain_for_days), make_user(is_administrator=True)

    leave(row, by=administrator, at=NOON)
    with pytest.raises(Refused) as refused:
        leave(row, by=administrator, at=NOON)

    row.refresh_from_db()
    assert (row.state, row.attempts) == ("done", 0)
    assert refused.value.decision.codes == ["not_stuck"]


def test_nobody_else_decides_about_dead_work(say, drain_for_days):
    row = dead(say, drain_for_days)

    with pytest.raises(Refused) as refused:
        try_again(row, by=make_user(is_architect=True, is_lead=True), at=NOON)

    assert refused.value.decision.codes == ["not_administrator"]
    assert refused.value.decision.status == 403


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "done"},
        {"state": "gone"},
        {"state": "leased"},
        {"lease_token": "abc"},
        {"ended_at": NOON},
        {"priority": 7},
        {"kind": "x" * 81},
        {"last_error": "x" * 501},
    ],
    ids=lambda columns: "-".join(columns),
)
def test_the_database_refuses_an_illegal_row(say, columns):
    row = say("test.note")

    with pytest.raises(Exception) as refused, transaction.atomic():
        Outbox.objects.filter(pk=row.pk).update(**columns)

    assert type(refused.value) is IntegrityError or "too long" in str(refused.value)


def mended(job) -> None:
    with job.finishing():
        seen.append((job.kind, job.payload))


MENDED = {"test.poison": (mended,)}

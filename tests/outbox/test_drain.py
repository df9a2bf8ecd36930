from datetime import timedelta

import pytest

from golive.audit.models import ChainHead
from golive.outbox.drain import LOST, drain, lease, run, take
from golive.outbox.job import LEASE, LeaseLost
from golive.outbox.models import Outbox, Priority
from golive.outbox.queries import due, lag, stuck, unheard
from tests.outbox.conftest import NOON
from tests.outbox.hearers import seen

pytestmark = pytest.mark.django_db


def states() -> dict[str, str]:
    return dict(Outbox.objects.values_list("kind", "state"))


def test_what_is_due_is_done_once(say):
    say("test.note", n=1)
    say("test.note", n=2)
    say("test.note", n=3, not_before=NOON + timedelta(seconds=1))

    first, second = drain(now=NOON), drain(now=NOON)

    assert (first, second) == (2, 0)
    assert seen == [("test.note", {"n": 1}), ("test.note", {"n": 2})]


def test_a_handler_that_ends_nothing_itself_is_ended_for_it(say):
    row = say("test.silent")

    drain(now=NOON)

    row.refresh_from_db()
    assert (row.state, row.ended_at, row.lease_token) == ("done", NOON, "")


def test_the_urgent_overtakes_what_was_there_before(say):
    for n, priority in enumerate([Priority.GUIDANCE, Priority.NORMAL, Priority.SECURITY, Priority.SECURITY]):
        say("test.note", n=n, priority=priority)

    drain(now=NOON)

    assert [payload["n"] for _kind, payload in seen] == [2, 3, 1, 0]


def test_a_kind_with_two_hearers_becomes_one_row_each_once(say):
    parent = say("test.two", n=1)

    drain(now=NOON)
    Outbox.objects.filter(pk=parent.pk).update(state="done")
    drain(now=NOON)

    assert seen == [("test.two", {"n": 1}), ("second", {"n": 1})]
    assert sorted(Outbox.objects.exclude(pk=parent.pk).values_list("dedupe_key", "state")) == [
        (f"heard:{parent.pk}:tests.outbox.hearers.note", "done"),
        (f"heard:{parent.pk}:tests.outbox.hearers.second", "done"),
    ]


def test_one_hearer_that_fails_does_not_stop_the_other(say, drain_for_days):
    say("test.mixed")

    drain_for_days()

    assert seen == [("second", {})]
    assert [row.hearer for row in stuck()] == ["tests.outbox.hearers.poison"]


def test_unknown_kinds_versions_and_hearers_are_left_for_a_newer_worker(say):
    rows = [say("test.new"), say("test.note@2"), say("test.note")]
    Outbox.objects.filter(pk=rows[2].pk).update(hearer="tests.outbox.hearers.not_written_yet")

    assert drain(now=NOON + timedelta(days=9)) == 0

    assert {row.state for row in Outbox.objects.all()} == {"ready"}
    assert {row.attempts for row in Outbox.objects.all()} == {0}
    assert [row.pk for row in unheard(NOON)] == [row.pk for row in rows]
    assert lag(NOON + timedelta(days=9)) == timedelta()


def test_poison_is_tried_five_times_ever_later_then_given_up_and_others_pass(say, drain_for_days):
    poisoned = say("test.poison", priority=Priority.SECURITY)
    say("test.note")

    waits = []
    for _try in range(5):
        poisoned.refresh_from_db()
        due_at = poisoned.not_before
        drain(now=due_at - timedelta(seconds=1))
        drain(now=due_at)
        poisoned.refresh_from_db()
        waits.append(int((poisoned.not_before - due_at).total_seconds()))

    assert waits == [10, 60, 300, 1800, 0]
    assert (poisoned.state, poisoned.attempts) == ("dead", 5)
    assert seen == [("test.note", {})]


def test_the_reason_kept_names_the_place_and_no_secret(say):
    row = say("test.poison")

    drain(now=NOON)

    row.refresh_from_db()
    assert row.last_error.startswith("ValueError (hearers.py:")
    assert "hunter2" not in row.last_error
    assert row.last_error.endswith("redis://[hidden]@host/0 password=[hidden] said no")


def test_an_effect_goes_with_the_end_of_its_row(say):
    row = say("test.half")

    drain(now=NOON)

    row.refresh_from_db()
    assert (row.state, row.attempts) == ("ready", 1)
    assert not ChainHead.objects.filter(name=f"half:{row.pk}").exists()


def test_what_is_put_off_costs_no_try(say):
    row = say("test.busy")

    for step in range(20):
        drain(now=NOON + timedelta(minutes=7 * step))

    row.refresh_from_db()
    assert (row.state, row.attempts, row.last_error) == ("ready", 0, "the printer is warm")
    assert row.not_before == NOON + timedelta(minutes=7 * 20)


def test_what_may_have_happened_waits_for_a_person(say):
    row = say("test.unsure")

    drain(now=NOON)
    drain(now=NOON + timedelta(days=9))

    row.refresh_from_db()
    assert (row.state, row.attempts, row.last_error) == ("unknown", 1, "the fax machine did not say")
    assert stuck() == [row]


def test_a_lost_worker_is_followed_by_another_and_may_not_end_the_row_any_more(say):
    row = say("test.note", n=1)
    lost = take(NOON)

    assert take(NOON + LEASE) is None
    assert drain(now=NOON + LEASE + timedelta(seconds=1)) == 1
    run(lost)

    with pytest.raises(LeaseLost), lost.finishing():
        pass
    row.refresh_from_db()
    assert (row.state, row.attempts, seen) == ("done", 2, [("test.note", {"n": 1})])


def test_only_one_of_two_who_saw_the_row_ready_has_it(say):
    say("test.note")
    [row] = due(NOON)

    assert lease(row, NOON) is not None
    assert lease(row, NOON) is None


def test_work_that_kills_its_worker_is_given_up_as_well(say):
    row = say("test.note")

    for step in range(6):
        take(NOON + (LEASE + timedelta(seconds=1)) * step)

    row.refresh_from_db()
    assert (row.state, row.attempts, row.last_error) == ("dead", 5, LOST)


def test_lag_is_how_long_the_oldest_due_work_has_waited(say):
    assert lag(NOON) == timedelta()
    say("test.note", not_before=NOON - timedelta(minutes=3))
    say("test.note", not_before=NOON - timedelta(minutes=1))
    say("test.note", not_before=NOON + timedelta(minutes=1))

    assert lag(NOON) == timedelta(minutes=3)


def test_every_handler_run_twice_ends_in_the_same_state(say):
    row = say("test.note")
    job = take(NOON)

    run(job)
    run(job)

    row.refresh_from_db()
    assert (row.state, len(seen)) == ("done", 1)

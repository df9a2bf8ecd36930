import socket
import threading
import time

import pytest
from django.db import transaction

from golive.celery import app, configured
from golive.outbox import daily, embedded, hints
from golive.outbox.actions import announce
from golive.outbox.job import LEASE
from golive.outbox.models import Outbox
from tests.outbox.hearers import seen


@pytest.fixture(autouse=True)
def closed_breaker(monkeypatch):
    monkeypatch.setattr(hints, "breaker", hints.Breaker())
    hints.wake.clear()


@pytest.fixture
def broker_at(settings, monkeypatch):
    """Redis is said to be at this port of this machine."""

    def at(port: int) -> None:
        settings.REDIS_URL = f"redis://127.0.0.1:{port}/9"
        monkeypatch.setattr(hints, "current_app", configured(settings.REDIS_URL))

    return at


def save_one(after: str) -> float:
    began = time.monotonic()
    with transaction.atomic():
        announce("test.note", after=after)
    return time.monotonic() - began


@pytest.mark.django_db(transaction=True)
def test_a_refused_broker_costs_a_save_no_second_and_then_nothing(broker_at):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    broker_at(port)

    first, second = save_one("1"), save_one("2")

    assert first < 1
    assert second < 0.2
    assert (hints.breaker.failed, hints.breaker.open(), Outbox.objects.count()) == (1, True, 2)


@pytest.mark.django_db(transaction=True)
def test_a_hung_broker_costs_a_save_no_two_seconds(broker_at):
    with socket.create_server(("127.0.0.1", 0)) as hung:  # takes the connection and never says a word
        broker_at(hung.getsockname()[1])

        first, second = save_one("1"), save_one("2")

    assert first < 2
    assert second < 0.2
    assert hints.breaker.failed == 1


@pytest.mark.django_db(transaction=True)
def test_without_redis_the_thread_of_this_process_is_woken_after_the_commit():
    with transaction.atomic():
        announce("test.note", after="1")
        assert not hints.wake.is_set()

    assert hints.wake.is_set()


@pytest.mark.django_db(transaction=True)
def test_the_embedded_thread_does_the_work_and_ends(monkeypatch):
    monkeypatch.setattr(embedded, "announce_daily", lambda now: None)
    stop = threading.Event()
    thread = threading.Thread(target=embedded.drain_forever, args=(stop,))
    thread.start()

    with transaction.atomic():
        announce("test.note", after="1")
    wait_for(lambda: seen == [("test.note", {})])
    stop.set()
    hints.wake.set()
    thread.join(5)

    assert not thread.is_alive()
    assert Outbox.objects.get().state == "done"


def wait_for(said, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not said():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.django_db
def test_with_redis_the_thread_acts_only_when_work_waits_too_long(say, settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1/9"
    monkeypatch.setattr(embedded, "announce_daily", lambda now: None)
    monkeypatch.setattr(embedded, "lag", lambda now: embedded.TOO_LONG / 2)
    say("test.note")
    assert embedded.sweep(threading.Event()) == 0

    monkeypatch.setattr(embedded, "lag", lambda now: embedded.TOO_LONG * 2)
    assert embedded.sweep(threading.Event()) == 1


@pytest.mark.django_db
def test_the_days_work_is_announced_once_a_day_by_however_many(monkeypatch):
    from_other_processes = [set(), set(), set()]
    for announced in from_other_processes:
        monkeypatch.setattr(daily, "_announced", announced)
        daily.announce_daily(embedded.timezone.now())

    assert Outbox.objects.filter(kind="audit.anchor_due").count() == 1


def test_celery_is_told_what_the_outbox_relies_on():
    conf = app.conf
    timeouts = [
        conf.visibility_timeout,
        conf.broker_transport_options["visibility_timeout"],
        conf.result_backend_transport_options["visibility_timeout"],
    ]

    assert (conf.task_acks_late, conf.task_reject_on_worker_lost, conf.worker_prefetch_multiplier) == (True, True, 1)
    assert (conf.task_ignore_result, conf.accept_content, conf.task_publish_retry) == (True, ["json"], False)
    assert conf.task_soft_time_limit < conf.task_time_limit < LEASE.total_seconds()
    assert timeouts == [120, 120, 120]
    assert conf.beat_schedule["sweep"]["schedule"] == 30
    assert conf.beat_schedule_filename.endswith("/celerybeat-schedule")

"""F05, F06, F13, F19: processes are killed and Redis forgets, and nothing is lost or done twice."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import redis
from django.conf import settings as django_settings
from django.db import transaction
from django.utils import timezone

from golive.audit.models import ChainHead
from golive.celery import configured
from golive.letters.actions import send_letter
from golive.letters.models import LetterRow
from golive.outbox import hints
from golive.outbox.actions import announce
from golive.outbox.drain import drain
from golive.outbox.job import LEASE
from golive.outbox.models import Outbox
from tests.builders_projects import make_project
from tests.faults.lab import CELERY, process, stop
from tests.letters.conftest import GUIDANCE, SECURITY, server, words_of  # noqa: F401 - a fixture

DB = 9  # of Redis: this test flushes it, so it is nobody else's
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def our_hearers(settings):
    settings.OUTBOX_HANDLERS = "tests.faults.outbox_hearers.HANDLERS"
    settings.REDIS_URL = ""


def announce_some(count: int) -> None:
    for n in range(count):
        with transaction.atomic():
            announce("fault.effect", after=f"act:{n}", n=n)


def effects() -> int:
    return ChainHead.objects.filter(name__startswith="effect:").count()


@pytest.mark.parametrize("place", ["outbox.before_run", "outbox.before_finish"])
def test_a_drain_killed_in_the_middle_loses_nothing_and_does_nothing_twice(place):
    announce_some(6)

    assert process("drain", GOLIVE_FAILPOINT=f"{place}=kill9@3").wait(30) == -9
    assert effects() == 2
    assert drain() == 3
    assert drain(now=timezone.now() + LEASE + timedelta(seconds=1)) == 1

    assert effects() == 6
    assert set(Outbox.objects.values_list("state", flat=True)) == {"done"}


@pytest.mark.parametrize(("key", "state", "copies", "twins"), [(SECURITY, "sent", 2, 1), (GUIDANCE, "unknown", 1, 0)])
def test_killed_between_the_servers_250_and_our_commit(server, settings, key, state, copies, twins):  # noqa: F811
    """F19: a duplicate only of security letters and only here, counted; guidance asks a person."""
    cast = make_project()
    with transaction.atomic():
        send_letter(key, to=[cast.owner], words=words_of(key), matter=cast.project.chain, at=timezone.now())

    killed = process("drain", GOLIVE_FAILPOINT="letters.after_handover=kill9", TEST_SMTP_PORT=str(settings.EMAIL_PORT))
    assert killed.wait(30) == -9
    assert LetterRow.objects.get().state == "queued"
    drain(now=timezone.now() + LEASE + timedelta(seconds=1))

    row = LetterRow.objects.get()
    assert (row.state, len(server.took), row.twins) == (state, copies, twins)
    assert {line for text in server.took for line in text.splitlines() if line.startswith("Message-ID:")} == {
        f"Message-ID: {row.message_id}"
    }


@pytest.fixture
def broker(settings, monkeypatch) -> Iterator[redis.Redis]:
    """A Redis of our own number. Asked for and missing is a failure, not a skip."""
    url = os.environ.get("REDIS_URL") or django_settings.REDIS_URL
    if not url and os.environ.get("GOLIVE_SERVICES") != "1":
        pytest.skip("needs REDIS_URL (make test-services)")
    url = urlsplit(url or "redis://127.0.0.1:6379")._replace(path=f"/{DB}").geturl()
    client = redis.Redis.from_url(url, socket_connect_timeout=2)
    client.ping()
    client.flushdb()
    settings.REDIS_URL = url
    monkeypatch.setattr(hints, "breaker", hints.Breaker())
    monkeypatch.setattr(hints, "current_app", configured(url))
    yield client
    client.flushdb()


def wait_for(said: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not said():
        assert time.monotonic() < until, f"{effects()} effects, {list(Outbox.objects.values_list('kind', 'state'))}"
        time.sleep(0.1)


@pytest.mark.services
def test_hints_that_redis_forgot_and_hints_sent_five_times_change_nothing(broker, settings):
    """F05, F06: 12 pieces, the hints of the first six lost, each of the others sent five times over."""
    announce_some(6)
    assert hints.breaker.failed == 0
    assert broker.llen("golive") == 6
    broker.flushdb()
    for n in range(6, 12):
        with transaction.atomic():
            row = announce("fault.effect", after=f"act:{n}", n=n)
        for _time in range(4):
            hints.hint(row.pk)

    worker = process(*CELERY, REDIS_URL=settings.REDIS_URL)
    try:
        wait_for(lambda: effects() >= 6, 40)
        hints.current_app.send_task("golive.outbox.sweep")
        wait_for(lambda: effects() == 12, 40)
    finally:
        stop(worker)

    assert set(Outbox.objects.filter(kind="fault.effect").values_list("state", "attempts")) == {("done", 1)}


@pytest.mark.services
def test_a_celery_worker_killed_in_the_middle_is_followed_by_another(broker, settings):
    announce_some(4)
    killed = process(*CELERY, REDIS_URL=settings.REDIS_URL, GOLIVE_FAILPOINT="outbox.before_finish=kill9@2")
    assert killed.wait(40) == -9
    assert effects() == 1
    Outbox.objects.filter(state="leased").update(lease_until=timezone.now() - timedelta(seconds=1))

    worker = process(*CELERY, REDIS_URL=settings.REDIS_URL)
    try:
        hints.current_app.send_task("golive.outbox.sweep")
        wait_for(lambda: effects() == 4, 40)
    finally:
        stop(worker)

    assert set(Outbox.objects.filter(kind="fault.effect").values_list("state", flat=True)) == {"done"}

"""F08: two beats, or beat and thread at once: what is announced daily is one row, every letter is sent once."""

import threading

import pytest
from django.db import connections
from django.utils import timezone

from golive.letters.models import LetterRow
from golive.outbox import daily, tasks
from golive.outbox.models import Outbox
from tests.faults.lab import CELERY, becomes, own_redis, process, stop
from tests.letters.conftest import server  # noqa: F401 - a fixture
from tests.races.stages import submitted
from tests.scale import times

pytestmark = pytest.mark.django_db(transaction=True)
TICKS = 3


@pytest.fixture(autouse=True)
def no_redis(settings):
    settings.REDIS_URL = ""


def in_parallel(act, count: int) -> list[Exception]:
    start, failed = threading.Barrier(count), []

    def run() -> None:
        start.wait()
        try:
            act()
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _tick in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return failed


def all_letters_once(server) -> bool:  # noqa: F811
    ids = [line for text in server.took for line in text.splitlines() if line.startswith("Message-ID:")]
    return len(ids) == len(set(ids)) == LetterRow.objects.filter(state="sent").count()


@pytest.mark.race
def test_three_ticks_at_once_do_everything_once(server, monkeypatch):  # noqa: F811
    for _round in range(times(30)):
        submitted()
        monkeypatch.setattr(daily, "_announced", set())

        assert in_parallel(tasks.sweep, TICKS) == []

        assert all_letters_once(server)
        assert set(LetterRow.objects.values_list("state", flat=True)) == {"sent"}
        today = timezone.now().date().isoformat()
        assert Outbox.objects.get(kind="audit.anchor_due").dedupe_key == f"audit.anchor_due:{today}"
        assert set(Outbox.objects.values_list("state", flat=True)) == {"done"}


@pytest.mark.services
def test_two_beats_and_two_workers(server, settings, tmp_path):  # noqa: F811
    """Each beat's first tick comes after half a minute; both are waited for."""
    submitted()
    with own_redis() as redis:
        places = {"TEST_SMTP_PORT": str(settings.EMAIL_PORT), "REDIS_URL": redis.url}
        beats = [
            process("beat", "--schedule", f"{tmp_path}/schedule{n}", "--pidfile", "", "--loglevel=ERROR", **places)
            for n in range(2)
        ]
        workers = [process(*CELERY, "--hostname", f"worker{n}@localhost", **places) for n in range(2)]
        try:
            assert becomes(lambda: not Outbox.objects.exclude(state="done").exists(), 60)
        finally:
            for each in [*beats, *workers]:
                stop(each)

    assert all_letters_once(server)
    assert Outbox.objects.filter(kind="audit.anchor_due").count() == 1
    assert set(Outbox.objects.values_list("attempts", flat=True)) == {1}

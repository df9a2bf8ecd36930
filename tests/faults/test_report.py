"""F01, F03, F04: a worker is killed while it makes a report, Redis stops or hangs in the middle of the work.

The report is there once, no letter is sent twice, and nobody who saves waits for Redis.
"""

import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from golive.audit.queries import verify_all
from golive.celery import configured
from golive.core.pdf import available
from golive.letters.models import LetterRow
from golive.outbox import embedded, hints
from golive.outbox.drain import drain
from golive.outbox.job import LEASE
from golive.outbox.models import Outbox
from projects.checklist.actions.rounds import reopen_checklist, submit_checklist
from projects.checklist.models.submission import Submission
from reviews.assessment.actions.mitigating import open_finding
from reviews.assessment.models import Finding, Review
from reviews.report.actions import deliver_report
from reviews.report.models import Report
from tests.builders_projects import Cast
from tests.faults.lab import CELERY, OwnRedis, becomes, own_redis, process, stop
from tests.letters.conftest import server  # noqa: F401 - a fixture
from tests.races.stages import submitted, taken

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(available() != "", reason="needs Pango, as the report does"),
]


@pytest.fixture
def files(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def no_redis(settings):
    settings.REDIS_URL = ""


def delivered(cast: Cast) -> Review:
    """The architect has delivered the report; its file is still to be made."""
    review, at = taken(cast), timezone.now()
    for finding in Finding.objects.filter(review=review, state="draft"):
        open_finding(finding, by=cast.architect, at=at)
    deliver_report(review, by=cast.architect, at=at)
    return review


def once_each(server, files: Path) -> None:  # noqa: F811
    """One row and one file of the report, every letter with its own Message-ID, nothing left to do."""
    report = Report.objects.get()
    stored = list(files.rglob("*.pdf"))
    assert [path.relative_to(files).as_posix() for path in stored] == [report.path]
    assert stored[0].stat().st_size == report.size
    ids = [line for text in server.took for line in text.splitlines() if line.startswith("Message-ID:")]
    assert len(ids) == len(set(ids)) == LetterRow.objects.count()
    assert set(LetterRow.objects.values_list("state", flat=True)) == {"sent"}
    assert LetterRow.objects.filter(letter="report_delivered").exists()
    assert set(Outbox.objects.values_list("state", flat=True)) == {"done"}
    assert list(verify_all()) == []


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        ("report.before_render", 0),
        ("report.after_render", 0),
        ("report.after_store", 0),
        ("report.after_commit", 1),
    ],
)
def test_a_worker_killed_while_it_makes_the_report(server, settings, files, place, kept):  # noqa: F811
    delivered(submitted())

    port, folder = str(settings.EMAIL_PORT), str(files)
    killed = process("drain", GOLIVE_FAILPOINT=f"{place}=kill9", TEST_SMTP_PORT=port, MEDIA_ROOT=folder)
    assert killed.wait(90) == -9
    assert Report.objects.count() == kept
    drain(now=timezone.now() + LEASE + timedelta(seconds=1))

    once_each(server, files)


# --- with Redis and Celery -------------------------------------------------------------------------------------------
@pytest.fixture
def redis(settings, monkeypatch) -> OwnRedis:
    with own_redis() as running:
        settings.REDIS_URL = running.url
        monkeypatch.setattr(hints, "breaker", hints.Breaker())
        monkeypatch.setattr(hints, "current_app", configured(running.url))
        yield running


def watchdog() -> None:
    """What every web process does by itself when work has waited for more than two minutes."""
    long_ago = timezone.now() - embedded.TOO_LONG - timedelta(seconds=1)
    Outbox.objects.filter(state="ready").update(not_before=long_ago)
    Outbox.objects.filter(state="leased").update(lease_until=long_ago)
    embedded.sweep(threading.Event())


@pytest.mark.services
def test_redis_stopped_in_the_middle_and_the_worker_killed_after_rendering(server, settings, files, redis):  # noqa: F811
    cast = submitted()
    places = {"TEST_SMTP_PORT": str(settings.EMAIL_PORT), "MEDIA_ROOT": str(files), "REDIS_URL": redis.url}
    worker = process(*CELERY, GOLIVE_FAILPOINT="report.after_render=kill9", **places)
    try:
        delivered(cast)
        assert worker.wait(90) == -9
    finally:
        stop(worker)
    redis.stop()
    assert not Report.objects.exists()

    watchdog()

    once_each(server, files)


@pytest.mark.services
@pytest.mark.parametrize("fault", ["stop", "hang"])
def test_a_submission_does_not_wait_for_redis(server, settings, files, redis, fault):  # noqa: F811
    cast = submitted()
    assert hints.breaker.failed == 0
    getattr(redis, fault)()

    began = time.monotonic()
    reopen_checklist(cast.project, by=cast.owner, because="More to say.", at=timezone.now())
    submit_checklist(cast.project, by=cast.owner, at=timezone.now())
    took = time.monotonic() - began

    assert took < 2
    assert hints.breaker.failed == 1
    assert Submission.objects.filter(project=cast.project).count() == 2
    watchdog()
    assert set(Outbox.objects.values_list("state", flat=True)) == {"done"}
    assert LetterRow.objects.filter(letter="submission_received", cycle="round 2", state="sent").exists()


@pytest.mark.services
def test_work_goes_on_by_celery_when_redis_is_back(server, settings, files, redis):  # noqa: F811
    delivered(submitted())
    places = {"TEST_SMTP_PORT": str(settings.EMAIL_PORT), "MEDIA_ROOT": str(files), "REDIS_URL": redis.url}
    worker = process(*CELERY, **places)
    try:
        hints.current_app.send_task("golive.outbox.sweep")
        assert becomes(lambda: not Outbox.objects.exclude(state="done").exists(), 60)
    finally:
        stop(worker)

    once_each(server, files)

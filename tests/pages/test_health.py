import json
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.db.utils import OperationalError
from django.test import RequestFactory

from golive.pages import health

ALL = ["database", "guards", "migrations", "outbox", "pango", "storage"]


@pytest.fixture(autouse=True)
def nothing_kept():
    health._kept.clear()
    yield
    health._kept.clear()


@pytest.fixture(autouse=True)
def own_files(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def ready():
    response = health.readyz(RequestFactory().get("/readyz"))
    return response.status_code, json.loads(response.content)


def with_check(monkeypatch, name, check):
    monkeypatch.setitem(health.CHECKS, name, check)


def test_the_process_answers_without_a_database():
    response = health.healthz(RequestFactory().get("/healthz"))  # no db mark: a query would raise

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_neither_answer_is_kept_by_a_cache():
    response = health.healthz(RequestFactory().get("/healthz"))

    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_ready_names_everything_it_asked():
    status, body = ready()

    assert sorted(body["checks"]) == ALL
    assert {name: check["why"] for name, check in body["checks"].items() if not check["ok"] and name != "pango"} == {}
    assert (status, body["ready"]) == (200, True)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in ALL if name != "pango"])
def test_one_thing_that_fails_turns_people_away_and_is_named(monkeypatch, name):
    with_check(monkeypatch, name, lambda: "broken")

    status, body = ready()

    assert (status, body["ready"], body["checks"][name]) == (503, False, {"ok": False, "why": "broken"})


@pytest.mark.django_db
def test_a_missing_pango_is_named_with_its_cure_and_turns_nobody_away(monkeypatch):
    with_check(monkeypatch, "pango", lambda: "apt-get install it")

    status, body = ready()

    assert (status, body["checks"]["pango"]) == (200, {"ok": False, "why": "apt-get install it"})


@pytest.mark.django_db
def test_an_exception_is_told_by_its_kind_without_its_text(monkeypatch):
    def fails():
        raise OperationalError("connection to host db.internal, password hunter2")

    with_check(monkeypatch, "database", fails)

    status, body = ready()

    assert (status, body["checks"]["database"]["why"]) == (503, "failed: OperationalError")


def test_what_needs_the_database_is_not_asked_when_it_is_away(monkeypatch):
    with_check(monkeypatch, "database", lambda: "away")  # no db mark: a query would raise

    _, body = ready()

    whys = [body["checks"][name]["why"] for name in ("migrations", "guards", "outbox")]
    assert whys == ["not asked: no database"] * 3


@pytest.mark.django_db
def test_a_dropped_guard_is_named(monkeypatch):
    monkeypatch.setattr(health.guards, "drift", lambda connection: ["The guard x is missing."])

    status, body = ready()

    assert (status, body["checks"]["guards"]["why"]) == (503, "The guard x is missing.")


@pytest.mark.django_db
def test_a_poll_costs_little_once_guards_and_migrations_are_known(django_assert_max_num_queries):
    ready()

    with django_assert_max_num_queries(3):
        ready()


@pytest.mark.django_db
def test_work_that_nobody_does_turns_people_away(monkeypatch):
    monkeypatch.setattr(health, "lag", lambda now: timedelta(minutes=2, seconds=1))

    status, body = ready()

    assert (status, body["checks"]["outbox"]["why"]) == (503, "the oldest waits for 121 s")


@pytest.mark.django_db
def test_the_probe_leaves_no_file(own_files):
    ready()

    assert [path for path in own_files.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_a_storage_that_cannot_be_written_is_named(monkeypatch):
    def full(*args):
        raise OSError("no space left on /secret/path")

    monkeypatch.setattr(default_storage, "save", full)

    status, body = ready()

    assert (status, body["checks"]["storage"]["why"]) == (503, "failed: OSError")


@pytest.mark.django_db
def test_a_migration_that_is_not_applied_is_counted(monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'contenttypes' AND name LIKE '0002%%'")

    status, body = ready()

    assert status == 503
    assert body["checks"]["migrations"]["why"].endswith("not applied")

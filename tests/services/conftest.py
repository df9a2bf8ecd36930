"""A real worker and a real beat on the test's own database and the broker of `make test-services`."""

import os
from collections.abc import Iterator
from subprocess import Popen

import pytest
from django.db import connection

from tests.tools.celery_processes import celery, database_url_of


@pytest.fixture(scope="session")
def places(django_db_setup) -> dict[str, str]:
    if not os.environ.get("GOLIVE_SERVICES"):
        pytest.fail("These tests need PostgreSQL and Redis: make test-services")
    if connection.vendor != "postgresql":
        pytest.fail("A worker beside the test needs PostgreSQL: make test-services")
    return {"database": database_url_of(connection.settings_dict), "broker": os.environ["REDIS_URL"]}


@pytest.fixture
def worker(places) -> Iterator[Popen]:
    with celery("worker", "--concurrency", "1", **places) as process:
        yield process


@pytest.fixture
def beat(places) -> Iterator[Popen]:
    with celery("beat", **places) as process:
        yield process

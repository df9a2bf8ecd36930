"""Processes of our own over the database of a test: workers to kill, and a Redis to stop. Each is ended by its id."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from tests.tools.packages import program
from tests.tools.services import answers, end, free_port

ROOT = Path(__file__).resolve().parents[2]
CELERY = ("worker", "--pool=solo", "--loglevel=ERROR", "--without-gossip", "--without-mingle", "--without-heartbeat")


def process(*arguments: str, module: str = "tests.faults.outbox_worker", **environment: str) -> subprocess.Popen:
    """A worker over the database of this test."""
    name = str(connection.settings_dict["NAME"])
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=os.environ | {"TEST_DATABASE": name, "PYTHONPATH": str(ROOT)} | environment,
        start_new_session=True,
    )


def stop(worker: subprocess.Popen) -> None:
    worker.kill()
    worker.wait(10)


def becomes(said: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not said():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


class OwnRedis:
    """A server on a free port, to be stopped or hung in the middle of a test."""

    def __init__(self) -> None:
        port = free_port()
        command = [program("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly"]
        self.server = subprocess.Popen([*command, "no"], stdout=subprocess.DEVNULL, cwd="/")
        self.url = f"redis://127.0.0.1:{port}/0"

    def stop(self) -> None:
        end(self.server)

    def hang(self) -> None:
        self.server.send_signal(signal.SIGSTOP)

    def end(self) -> None:
        self.server.send_signal(signal.SIGCONT)
        end(self.server)


@contextmanager
def own_redis() -> Iterator[OwnRedis]:
    if not program("redis-server"):
        if os.environ.get("GOLIVE_SERVICES"):
            pytest.fail("Redis is missing: sudo apt-get install -y redis-server")
        pytest.skip("needs redis-server (make test-services)")
    redis = OwnRedis()
    try:
        assert becomes(lambda: answers(redis.url), 20)
        yield redis
    finally:
        redis.end()

"""A scratch place for a walk: folder, database and server of its own, on this machine only, gone afterwards."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from golive.scenes.doors import Browser

OK = 200
HOST = "127.0.0.1"
STARTS_WITHIN = 60  # seconds
ENDS_WITHIN = 40  # gunicorn's own graceful time is 30
MARK = "GOLIVE_WALK"  # set in the environment of a process that may use the scratch place as its own


class StageFailed(Exception):
    """The server of the walk did not come up."""


@contextmanager
def scratch() -> Iterator[dict[str, str]]:
    """The environment in which every command and server works on a folder of its own, and on nothing else."""
    folder = tempfile.mkdtemp(prefix="golive-walk-")
    address = f"http://{HOST}:{free_port()}"
    own = {
        "GOLIVE_VAR": folder,
        "SITE_URL": address,
        "GOLIVE_BIND": address.removeprefix("http://"),
        "GOLIVE_WORKERS": "1",
        MARK: folder,
    }
    empty = dict.fromkeys(
        ("DATABASE_URL", "DATABASE_URL_FILE", "REDIS_URL", "REDIS_URL_FILE", "EMAIL_HOST", "MEDIA_ROOT", "STATIC_ROOT"),
        None,
    )
    environment = {name: value for name, value in os.environ.items() if name not in empty and not foreign(name)}
    try:
        yield environment | own
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def foreign(name: str) -> bool:
    """Settings of the place that started the walk, which would lead it out of its own."""
    return name in {"EMAIL_FILE_PATH", "ALLOWED_HOSTS", "SECRET_KEY_FILE", "BEHIND_PROXY", "GOLIVE_FAILPOINT"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def server() -> Iterator[str]:
    """Gunicorn as in production, with the thread that drains the outbox; ended by its id."""
    command = [sys.executable, "-m", "gunicorn", "-c", "golive/gunicorn.py", "golive.wsgi"]
    log = Path(settings.VAR) / "server.log"
    with log.open("wb") as written:
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=written, stderr=written)
        try:
            wait_for(Browser(settings.SITE_URL), process, log)
            yield settings.SITE_URL
        finally:
            end(process)


def wait_for(browser: Browser, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < until:
        try:
            if browser.open("/healthz").status == OK:
                return
        except OSError:
            time.sleep(0.1)
    raise StageFailed(f"The server did not answer:\n{log.read_text()[-2000:]}")


def end(process: subprocess.Popen) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

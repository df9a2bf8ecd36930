"""A real Celery worker and a real beat for tests marked `services`, on the test's own database and broker."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.tools.services import end

ROOT = Path(__file__).resolve().parents[2]


def database_url_of(settings_dict: dict) -> str:
    """DATABASE_URL of the database that the running test uses, from connection.settings_dict."""
    person = settings_dict["USER"] + (f":{settings_dict['PASSWORD']}" if settings_dict["PASSWORD"] else "")
    return f"postgresql://{person}@{settings_dict['HOST']}:{settings_dict['PORT'] or 5432}/{settings_dict['NAME']}"


@contextmanager
def celery(kind: str, *options: str, database: str, broker: str, **more: str) -> Iterator[subprocess.Popen]:
    """`worker` or `beat`; `more` are environment variables such as GOLIVE_FAILPOINT. Ended by its id."""
    command = [sys.executable, "-m", "celery", "-A", "golive.celery", kind, "--loglevel", "INFO", *options]
    env = os.environ | {"DATABASE_URL": database, "REDIS_URL": broker} | more
    with tempfile.TemporaryDirectory(prefix="golive-celery-") as folder:
        log = Path(folder) / "log"
        if kind == "beat":
            command += ["--schedule", f"{folder}/schedule", "--pidfile", ""]
        with log.open("wb") as sink:
            process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=sink, stderr=sink)
        try:
            wait_for_line(log, " ready." if kind == "worker" else "beat: Starting", process)
            process.log = log  # type: ignore[attr-defined]
            yield process
        finally:
            end(process)


def wait_for_line(log: Path, line: str, process: subprocess.Popen, seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while line not in log.read_text(errors="replace"):
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"Celery did not start:\n{log.read_text(errors='replace')[-3000:]}")
        time.sleep(0.1)

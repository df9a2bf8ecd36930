import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
THREADS = "import threading; print(sorted(thread.name for thread in threading.enumerate()))"


@pytest.mark.parametrize(
    ("first", "threads"),
    [("import golive.wsgi", "['MainThread', 'outbox']"), ("import django; django.setup()", "['MainThread']")],
)
def test_only_a_server_drains_by_itself(tmp_path, first, threads):
    """Commands, tests, shells and Celery load Django without the thread; it does not hold up the end of the process."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "golive.settings", "GOLIVE_VAR": str(tmp_path)}

    ended = subprocess.run(
        [sys.executable, "-c", f"{first}\n{THREADS}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert (ended.returncode, ended.stdout.strip()) == (0, threads)

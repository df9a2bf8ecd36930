"""The settings in production, as `manage.py check --deploy` sees them from outside."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PRODUCTION = {
    "SITE_URL": "https://golive.example",
    "SECRET_KEY": "k7Qe3vXw9LzR2mT5yB8nC1pD4sF6gH0jA-uE_iO.xZ-tW8qN5bK3",
    "DATABASE_URL": "",
    "PATH": os.environ["PATH"],
    "BEHIND_PROXY": "1",
}


def manage(*words: str, tmp_path: Path, **env: str) -> subprocess.CompletedProcess:
    seen = PRODUCTION | {"GOLIVE_VAR": str(tmp_path)} | env
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=seen, capture_output=True, text=True, timeout=120)


def test_production_settings_are_clean(tmp_path):
    answer = manage("check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path)

    assert (answer.returncode, answer.stderr.strip()) == (0, "")


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("SITE_URL", "http://golive.example", "security.W008"),
        ("SECRET_KEY", "short", "security.W009"),
        ("DEBUG", "1", "security.W018"),
        ("GOLIVE_DEMO", "1", "golive.pages.E001"),
        ("GOLIVE_FAILPOINT", "report.after_render=kill9@1", "golive.outbox.E001"),
    ],
)
def test_a_setting_that_is_not_for_production_is_found(tmp_path, name, value, found):
    answer = manage("check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path, **{name: value})

    assert answer.returncode == 1
    assert f"({found})" in answer.stderr


def test_a_public_place_without_a_secret_does_not_start(tmp_path):
    answer = manage("check", tmp_path=tmp_path, SECRET_KEY="")

    assert answer.returncode == 1
    assert "SECRET_KEY" in answer.stderr.splitlines()[-1]


def test_a_secret_may_stand_in_a_file(tmp_path):
    (tmp_path / "key").write_text(PRODUCTION["SECRET_KEY"] + "\n")

    answer = manage("check", tmp_path=tmp_path, SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "key"))

    assert answer.returncode == 0

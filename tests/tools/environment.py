"""The virtual environment of this checkout: made from the hashed lock when missing or stale, compiled, Pango checked.

Usage: python3 -m tests.tools.environment production|development. Standard library only.
"""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.tools.packages import ensure_pango, may_install, say

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"production": "requirements.lock", "development": "requirements-dev.lock"}
CODE = ("manage.py", "golive", "projects", "reviews", "tests")


def digest(kind: str) -> str:
    return hashlib.sha256((ROOT / LOCKS[kind]).read_bytes()).hexdigest()


def stamp(kind: str) -> Path:
    return VENV / f".lock-{kind}"


def fresh(kind: str) -> bool:
    """Development holds everything of production, so either stamp will do for production."""
    wanted = ("development",) if kind == "development" else ("development", "production")
    return any(stamp(each).exists() and stamp(each).read_text() == digest(each) for each in wanted)


def works() -> bool:
    return PYTHON.exists() and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0


def make_venv() -> None:
    say(f"Making the virtual environment {VENV.name}")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
    if made.returncode:
        hint = "apt-get install -y python3-venv" if may_install() else "sudo apt-get install -y python3-venv"
        sys.exit(f"{made.stdout}{made.stderr}\nPython's venv is missing. Install with: {hint}")


def install(kind: str) -> None:
    for each in LOCKS:
        stamp(each).unlink(missing_ok=True)
    say(f"Installing what {LOCKS[kind]} names, by hash (half a minute to two)")
    began = time.monotonic()
    pip = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes"]
    if subprocess.run([*pip, "-r", ROOT / LOCKS[kind]]).returncode:
        sys.exit("The packages could not be installed: is there a network, or a mirror that pip knows?")
    say(f"Installed in {time.monotonic() - began:.0f} s; compiling")
    compile_all(VENV / "lib")
    stamp(kind).write_text(digest(kind))


def compile_all(*folders: Path) -> None:
    """Compiled once here, because PYTHONDONTWRITEBYTECODE may keep every later start from doing it."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([PYTHON, "-m", "compileall", "-q", "-j", "2", *folders], env=clean, capture_output=True)


def main(kind: str) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - it runs on the machine's own Python
        sys.exit(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}.")
    (ROOT / "var").mkdir(exist_ok=True)
    if not works():
        make_venv()
    if not fresh(kind):
        install(kind)
    compile_all(*(ROOT / name for name in CODE if (ROOT / name).exists()))
    ensure_pango()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "development")

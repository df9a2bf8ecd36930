"""Make both locks again from pyproject.toml: hashed, universal, without the address of any index."""

import os
import subprocess
import sys
import venv
from pathlib import Path

from tests.tools.packages import say

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "var" / "uv"
OPTIONS = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-header",
           "--no-annotate", "--quiet")  # fmt: skip


def uv() -> Path:
    program = HOME / "bin" / "uv"
    if not program.exists():
        say("Installing uv into an environment of its own under var/")
        venv.create(HOME, with_pip=True, clear=True)
        subprocess.run([HOME / "bin" / "python", "-m", "pip", "install", "-qq", "uv"], check=True)
    return program


def compile_lock(target: str, *more: str) -> None:
    say(f"Resolving {target}")
    command = [uv(), "pip", "compile", *OPTIONS, *more, "pyproject.toml", "-o", target]
    if subprocess.run(command, cwd=ROOT, env=os.environ | {"UV_NO_PROGRESS": "1"}).returncode:
        sys.exit(f"{target} could not be resolved.")


if __name__ == "__main__":
    upgrade = ("--upgrade",) if "--upgrade" in sys.argv else ()
    compile_lock("requirements.lock", *upgrade)
    # Held to the first, so that the tests run on the versions that production installs.
    compile_lock("requirements-dev.lock", "--extra", "dev", "--constraint", "requirements.lock", *upgrade)

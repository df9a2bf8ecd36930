"""Debian packages that product and tests lean on: installed where that is allowed, else the exact line is printed.

Standard library only: it runs before the virtual environment exists.
"""

import ctypes
import glob
import os
import shutil
import subprocess

PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
PANGO_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
CHROMIUM = ("chromium", "fonts-dejavu-core")


def say(text: str) -> None:
    print(f"-- {text}", flush=True)


def may_install() -> bool:
    """Allowed means: root, Debian's installer at hand, and nobody said no with GOLIVE_NO_APT=1."""
    return os.geteuid() == 0 and bool(shutil.which("apt-get")) and os.environ.get("GOLIVE_NO_APT", "") in ("", "0")


def line_for(packages: tuple[str, ...]) -> str:
    return f"sudo apt-get install -y {' '.join(packages)}"


def install(packages: tuple[str, ...], why: str) -> bool:
    if not may_install():
        say(f"{why}: missing. Install with: {line_for(packages)}")
        return False
    say(f"{why}: installing {' '.join(packages)} (a minute)")
    quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    if subprocess.run(command, stderr=subprocess.DEVNULL, **quiet).returncode == 0:
        return True
    subprocess.run(["apt-get", "update", "-qq"], **quiet)  # an old or empty list is the usual reason
    if subprocess.run(command, **quiet).returncode == 0:
        return True
    say(f"{why}: could not be installed. Try: {line_for(packages)}")
    return False


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def pango() -> bool:
    return all(loads(library) for library in PANGO_LIBRARIES)


def ensure_pango() -> None:
    if pango() or install(PANGO, "Pango (for the PDF report)"):
        return
    say("Going on without Pango: everything works but the report, and the report says why.")


def program(name: str, *folders: str) -> str:
    """The path of a program, also where Debian keeps it outside of PATH; empty when there is none."""
    for folder in folders:
        if matches := sorted(glob.glob(f"{folder}/{name}")):
            return matches[-1]
    return shutil.which(name) or ""

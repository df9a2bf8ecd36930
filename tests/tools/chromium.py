"""Chromium from Debian's packages, for browser tests and pictures: found, else installed, else a loud end."""

import sys

from tests.tools.packages import CHROMIUM, install, line_for, program, say


def chromium() -> str:
    return program("chromium") or program("chromium-browser")


if __name__ == "__main__":
    if not chromium():
        install(CHROMIUM, "Chromium (for browser tests)")
    if not chromium():
        sys.exit(f"Chromium is missing. Install with: {line_for(CHROMIUM)}")
    say(f"Chromium: {chromium()}")

"""Named places where a test may kill, delay or break this process. Inert unless settings.FAILPOINT names one."""

import os
import re
import signal
import threading
import time

from django.conf import settings

ACT = r"(?P<act>kill9|raise|delay:(?P<seconds>\d+(?:\.\d+)?))"
SPEC = re.compile(rf"(?P<name>[a-z_]+(?:\.[a-z_]+)+)={ACT}(?:@(?P<nth>\d+))?")
_hits: dict[str, int] = {}
_lock = threading.Lock()


class Failpoint(Exception):
    """Raised on purpose, where a test asked for it."""


def reach(name: str) -> None:
    """This place was reached. `name=kill9@3` acts at the third time only, without `@` at every time."""
    spec = getattr(settings, "FAILPOINT", "")
    if not spec:
        return
    armed = SPEC.fullmatch(spec)
    if armed is None:
        raise ValueError(f"not a failpoint: {spec!r}")
    if armed["name"] == name and hit(spec, armed["nth"]):
        act(name, armed)


def hit(spec: str, nth: str | None) -> bool:
    with _lock:
        _hits[spec] = _hits.get(spec, 0) + 1
        return nth is None or _hits[spec] == int(nth)


def act(name: str, armed: re.Match[str]) -> None:
    if armed["act"] == "kill9":
        os.kill(os.getpid(), signal.SIGKILL)
    if armed["act"] == "raise":
        raise Failpoint(name)
    time.sleep(float(armed["seconds"]))


def forget() -> None:
    """Count from nothing again; for tests."""
    _hits.clear()

"""Hints only wake a drain early. Losing one costs seconds, never work: the sweep finds the row."""

import logging
import threading
import time

from celery import current_app
from django.conf import settings

log = logging.getLogger("golive.outbox")
wake = threading.Event()  # the embedded thread of this process waits on it
BREAK = 5.0  # seconds without hints after one that failed, so that a hung Redis is met once and not at every save


class Breaker:
    """Closed until a hint fails; then open for a while."""

    def __init__(self) -> None:
        self.until = 0.0
        self.failed = 0

    def open(self) -> bool:
        return time.monotonic() < self.until

    def trip(self) -> None:
        self.failed += 1
        self.until = time.monotonic() + BREAK


breaker = Breaker()


def hint(row_id: int) -> None:
    if not settings.REDIS_URL:
        wake.set()
        return
    if breaker.open():
        return
    try:
        current_app.send_task("golive.outbox.wake", args=[row_id], ignore_result=True)
    except Exception as error:  # whatever the broker's client raises, the saved act must not feel it
        breaker.trip()
        log.warning("hint failed: %s", type(error).__name__)

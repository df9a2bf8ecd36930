"""The server's own drain: a thread of each process that wsgi.py loads. No leader; the leases keep them apart.

With Redis it is only the watchdog: it drains when work has waited so long that no Celery worker can be listening.
"""

import atexit
import logging
import threading
from datetime import timedelta

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from golive.outbox.daily import announce_daily
from golive.outbox.drain import drain
from golive.outbox.hints import wake
from golive.outbox.queries import lag

log = logging.getLogger("golive.outbox")
TOO_LONG = timedelta(minutes=2)  # then this process helps itself
PAUSE = 1.0
WATCH = 15.0
GRACE = 5.0

_stop = threading.Event()
_thread: threading.Thread | None = None


def start() -> threading.Thread:
    """Once a process; daemon, so that a hung mail server cannot keep the process from ending."""
    global _thread
    if _thread is None or not _thread.is_alive():
        _stop.clear()
        _thread = threading.Thread(target=drain_forever, args=(_stop,), name="outbox", daemon=True)
        _thread.start()
        atexit.register(finish)
    return _thread


def finish() -> None:
    _stop.set()
    wake.set()
    if _thread is not None:
        _thread.join(GRACE)


def drain_forever(stop: threading.Event) -> None:
    while not stop.is_set():
        wake.wait(WATCH if settings.REDIS_URL else PAUSE)
        wake.clear()
        close_old_connections()
        try:
            sweep(stop)
        except Exception as error:  # the database may be away for a while: this thread outlives that
            log.warning("sweep failed: %s", type(error).__name__)
            stop.wait(PAUSE)
        finally:
            close_old_connections()


def sweep(stop: threading.Event) -> int:
    if settings.REDIS_URL and lag(timezone.now()) < TOO_LONG:
        return 0
    announce_daily(timezone.now())
    count = 0
    while not stop.is_set() and drain(limit=1):
        count += 1
    return count

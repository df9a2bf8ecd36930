"""Two questions of whoever runs the product: does the process live, and may it be sent people."""

import time
import uuid
from collections.abc import Callable
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from golive.core import guards, pdf
from golive.outbox.queries import lag

# Work that waits longer than this has nobody who does it.
LONGEST_LAG = timedelta(minutes=2)
KEEP_SECONDS = 60
# Without Pango everything but the report works, and the report says why: named here, but no reason to turn people away.
OPTIONAL = {"pango"}
# A database that is away costs seconds a question: these are not asked then.
IN_DATABASE = {"migrations", "guards", "outbox"}

_kept: dict[str, tuple[float, str]] = {}


def for_a_minute(name: str, look: Callable[[], str]) -> str:
    """Looking at every guard or migration costs; a poll each second must not."""
    until, answer = _kept.get(name, (0.0, ""))
    if time.monotonic() >= until:
        answer = look()
        _kept[name] = (time.monotonic() + KEEP_SECONDS, answer)
    return answer


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} not applied" if missing else ""


def guard_drift() -> str:
    return " ".join(guards.drift(connection))


def outbox_lag() -> str:
    waited = lag(now())
    return f"the oldest waits for {waited.total_seconds():.0f} s" if waited > LONGEST_LAG else ""


def storage() -> str:
    name = default_storage.save(f"probes/{uuid.uuid4().hex}", ContentFile(b"ready"))
    try:
        with default_storage.open(name) as stored:
            return "" if stored.read() == b"ready" else "what was read is not what was written"
    finally:
        default_storage.delete(name)


CHECKS: dict[str, Callable[[], str]] = {
    "database": database,
    "migrations": lambda: for_a_minute("migrations", migrations),
    "guards": lambda: for_a_minute("guards", guard_drift),
    "outbox": outbox_lag,
    "pango": pdf.available,
    "storage": storage,
}


def ask(check: Callable[[], str]) -> str:
    """Why not, or nothing. An exception is told by its kind alone: its text may hold an address or a password."""
    try:
        return check()
    except (DatabaseError, OSError, RuntimeError, ValueError) as error:
        return f"failed: {type(error).__name__}"


def ask_all() -> dict[str, str]:
    answers: dict[str, str] = {}
    for name, check in CHECKS.items():
        hopeless = name in IN_DATABASE and answers["database"]
        answers[name] = "not asked: no database" if hopeless else ask(check)
    return answers


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    answers = ask_all()
    ready = not any(why for name, why in answers.items() if name not in OPTIONAL)
    checks = {name: {"ok": not why, "why": why} for name, why in answers.items()}
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)

"""What is refused at start."""

from typing import Any

from django.conf import settings
from django.core.checks import Error


def no_failpoint(**kwargs: Any) -> list[Error]:
    if not getattr(settings, "FAILPOINT", ""):
        return []
    return [Error("GOLIVE_FAILPOINT is set: this process would kill or break itself.", id="golive.outbox.E001")]

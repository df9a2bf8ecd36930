"""Which work is due, how long it has waited, and what waits for a person."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.module_loading import import_string

from golive.outbox.models import Outbox, OutboxState

Hearer = Callable[[Any], None]
STUCK = [OutboxState.DEAD, OutboxState.UNKNOWN]


def hearers() -> Mapping[str, tuple[Hearer, ...]]:
    """Kind (`name`, or `name@2` for its second payload) to the functions that hear it."""
    return import_string(settings.OUTBOX_HANDLERS)


def hearers_of(kind: str, version: int) -> tuple[Hearer, ...]:
    return hearers().get(kind if version == 1 else f"{kind}@{version}", ())


def name_of(hearer: Hearer) -> str:
    return f"{hearer.__module__}.{hearer.__qualname__}"


def heard() -> Q:
    """Only what this process knows how to do: an unknown kind, payload or hearer is left for a newer worker."""
    by_version: dict[int, list[str]] = {}
    names = [""]
    for key, functions in hearers().items():
        kind, _, version = key.partition("@")
        by_version.setdefault(int(version or 1), []).append(kind)
        names += [name_of(function) for function in functions]
    known = Q(pk__in=[])
    for number, kinds in by_version.items():
        known |= Q(version=number, kind__in=kinds)
    return known & Q(hearer__in=names)


def ready(now: datetime) -> Q:
    """Due, or leased by a worker that did not come back."""
    return Q(state=OutboxState.READY, not_before__lte=now) | Q(state=OutboxState.LEASED, lease_until__lt=now)


def due(now: datetime) -> QuerySet[Outbox]:
    return Outbox.objects.filter(ready(now), heard()).order_by("priority", "id")


def lag(now: datetime) -> timedelta:
    """How long the oldest due work has waited; zero when nothing is due."""
    since = Coalesce("lease_until", "not_before")
    oldest = due(now).annotate(since=since).order_by("since").values_list("since", flat=True).first()
    return max(now - oldest, timedelta()) if oldest else timedelta()


def stuck(limit: int = 100) -> list[Outbox]:
    """Dead and unknown work, newest first: a person decides."""
    return list(Outbox.objects.filter(state__in=STUCK).order_by("-id")[:limit])


def unheard(now: datetime, limit: int = 20) -> list[Outbox]:
    """Due work of a kind that this version does not know; a newer version is expected to."""
    return list(Outbox.objects.filter(ready(now)).exclude(heard()).order_by("id")[:limit])

"""Which number holds now: the newest override, else programme.toml. One query a request, however often it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.signals import request_started
from django.db.models import Max, QuerySet
from django.db.models.expressions import RawSQL

from golive.core.marks import mark
from golive.programme.content import FastTrackCalendar, ProgrammeNumber, programme
from golive.programme.models import NumberOverride

# Kept for one request. Forgotten at the start of each: a client may send the same X-Request-ID twice.
_kept: ContextVar[tuple[str, Mapping[str, int | float]] | None] = ContextVar("programme_numbers", default=None)

NEWEST = '(SELECT "value" FROM "programme_numberoverride" WHERE "key" = %s ORDER BY "id" DESC LIMIT 1)'


@dataclass(frozen=True)
class NumberLine:
    """One number as its page and the API show it."""

    number: ProgrammeNumber
    value: int | float
    by: Any = None
    because: str = ""
    at: datetime | None = None

    @property
    def overridden(self) -> bool:
        return self.at is not None


def number(key: str) -> int | float:
    """The number that holds; a key that programme.toml does not have is a KeyError, never a default."""
    default = programme().numbers[key].value
    return _overrides().get(key, default)


def override_of(key: str) -> RawSQL:
    """The newest override of a number as a column of another query, for who can spare no query of its own.

    In SQL: to compose it by the ORM takes longer than to ask it, and it is part of every save.
    """
    return RawSQL(NEWEST, [key], output_field=NumberOverride._meta.get_field("value"))  # noqa: S611 (the text is ours)


def number_with(key: str, override: Decimal | None) -> int | float:
    """The number that holds, from what `override_of` brought."""
    return programme().numbers[key].value if override is None else plain(override)


def numbers() -> list[NumberLine]:
    """Every number with its default, source and newest override, in the order of programme.toml."""
    newest = {row.key: row for row in _newest_overrides().select_related("by")}
    return [_line(one, newest.get(key)) for key, one in programme().numbers.items()]


def _line(one: ProgrammeNumber, row: NumberOverride | None) -> NumberLine:
    if row is None:
        return NumberLine(one, one.value)
    return NumberLine(one, plain(row.value), row.by, row.because, row.at)


def _overrides() -> Mapping[str, int | float]:
    request_id, kept = mark().request_id, _kept.get()
    if request_id and kept and kept[0] == request_id:
        return kept[1]
    found = {key: plain(value) for key, value in _newest_overrides().values_list("key", "value")}
    _kept.set((request_id, found))
    return found


def _newest_overrides() -> QuerySet[NumberOverride]:
    newest = NumberOverride.objects.order_by().values("key").annotate(newest=Max("id")).values("newest")
    return NumberOverride.objects.filter(pk__in=newest)


def forget_numbers(**signal: Any) -> None:
    """Whoever sets a number, or begins a request, reads it anew."""
    _kept.set(None)


request_started.connect(forget_numbers, dispatch_uid="programme_numbers")


def plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def programme_name() -> str:
    return programme().name


def role_words() -> Mapping[str, str]:
    return programme().roles


def fasttrack_calendar() -> FastTrackCalendar:
    return programme().calendar

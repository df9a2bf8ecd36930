"""Which number holds now: the newest override, else programme.toml. One query a request, however often it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from golive.core.marks import Mark, mark
from golive.programme.content import FastTrackCalendar, ProgrammeNumber, programme
from golive.programme.models import NumberOverride

# Kept for one request, told apart by its mark itself: a client may send the same X-Request-ID twice.
_kept: ContextVar[tuple[Mark, Mapping[str, int | float]] | None] = ContextVar("programme_numbers", default=None)


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


def numbers() -> list[NumberLine]:
    """Every number with its default, source and newest override, in the order of programme.toml."""
    newest = {row.key: row for row in NumberOverride.objects.select_related("by").order_by("id")}
    return [_line(one, newest.get(key)) for key, one in programme().numbers.items()]


def _line(one: ProgrammeNumber, row: NumberOverride | None) -> NumberLine:
    if row is None:
        return NumberLine(one, one.value)
    return NumberLine(one, plain(row.value), row.by, row.because, row.at)


def _overrides() -> Mapping[str, int | float]:
    here, kept = mark(), _kept.get()
    if here.request_id and kept and kept[0] is here:
        return kept[1]
    rows = NumberOverride.objects.order_by("id").values_list("key", "value")
    found = {key: plain(value) for key, value in rows}
    _kept.set((here, found) if here.request_id else None)
    return found


def forget_numbers() -> None:
    """Whoever sets a number reads it anew in the same request."""
    _kept.set(None)


def plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def programme_name() -> str:
    return programme().name


def role_words() -> Mapping[str, str]:
    return programme().roles


def fasttrack_calendar() -> FastTrackCalendar:
    return programme().calendar

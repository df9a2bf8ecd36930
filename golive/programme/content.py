"""What programme.toml says: the programme's name, its words for roles, its calendar, its numbers with sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from golive.core.calendar import COUNTRIES, ZONES
from golive.core.catalogue import CatalogueError, check_choice, check_keys, load_toml

FILE = Path(__file__).parent / "programme.toml"


@dataclass(frozen=True)
class ProgrammeNumber:
    key: str
    value: int | float
    unit: str
    source: str
    min: int | float
    max: int | float
    means: str


@dataclass(frozen=True)
class FastTrackCalendar:
    """The country whose holidays and the zone whose midnight count for every promise."""

    country: str
    zone: str


@dataclass(frozen=True)
class Programme:
    name: str
    calendar: FastTrackCalendar
    roles: Mapping[str, str]
    numbers: Mapping[str, ProgrammeNumber]


@cache
def programme() -> Programme:
    return read_programme(FILE)


def read_programme(path: Path) -> Programme:
    file = load_toml(path)
    check_keys(file, file=path, at="-", required=dict.fromkeys(("programme", "calendar", "roles", "number"), dict))
    check_keys(file["programme"], file=path, at="programme", required={"name": str})
    check_keys(file["roles"], file=path, at="roles", required={"project_manager": str}, optional=_texts(file["roles"]))
    return Programme(
        name=file["programme"]["name"],
        calendar=_read_calendar(file["calendar"], path),
        roles=dict(file["roles"]),
        numbers={key: _read_number(key, table, path) for key, table in file["number"].items()},
    )


def _texts(table: Mapping[str, Any]) -> dict[str, type]:
    return dict.fromkeys(table, str)


def _read_calendar(table: Mapping[str, Any], path: Path) -> FastTrackCalendar:
    check_keys(table, file=path, at="calendar", required={"country": str, "zone": str})
    check_choice(table["country"], COUNTRIES, file=path, at="calendar.country")
    check_choice(table["zone"], ZONES, file=path, at="calendar.zone")
    return FastTrackCalendar(**table)


def _read_number(key: str, table: Any, path: Path) -> ProgrammeNumber:
    digits = dict.fromkeys(("value", "min", "max"), (int, float))
    words = dict.fromkeys(("unit", "source", "means"), str)
    check_keys(table, file=path, at=f"number.{key}", required={**digits, **words})
    found = ProgrammeNumber(key=key, **table)
    if not found.min <= found.value <= found.max:
        raise CatalogueError(path, f"number.{key}.value", "lies outside min and max")
    return found

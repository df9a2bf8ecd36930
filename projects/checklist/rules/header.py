"""The header of the checklist: what is typed there, and what it lacks before it can be submitted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

REFERENCE, LEGACY, AREAS = 200, 500, 500
MOST_ROLLOUTS, MOST_USERS = 12, 1_000_000


@dataclass(frozen=True)
class RolloutLine:
    """Whom one go-live brings, and where. The first one's day is the go-live milestone, and is not said here."""

    on: date | None = None
    users: int | None = None
    areas: str = ""
    places: str = ""


@dataclass(frozen=True)
class HeaderContent:
    """A draft may lack anything; `header_lacks` says what."""

    project_reference: str = ""
    legacy_system: str = ""
    rollouts: tuple[RolloutLine, ...] = ()


def header_of(reference: str, legacy: str, lines: list[RolloutLine]) -> HeaderContent:
    """As it is kept: the first line always, of the others those that say something."""
    first = replace(lines[0], on=None) if lines else RolloutLine()
    later = tuple(line for line in lines[1:] if line != RolloutLine())
    return HeaderContent(reference, legacy, (first, *later) if later or first != RolloutLine() else ())


def header_lacks(header: HeaderContent) -> tuple[str, ...]:
    """What has to be typed before submission. The legacy system may stay blank: not every project replaces one."""
    return tuple(_lacking(header))


def _lacking(header: HeaderContent) -> Iterator[str]:
    if not header.project_reference:
        yield _("the reference of the project")
    first = header.rollouts[0] if header.rollouts else RolloutLine()
    if first.users is None:
        yield _("the users added by this rollout")
    if not first.areas:
        yield _("its functional areas")
    if not first.places:
        yield _("its countries and legal entities")
    if any(line.on is None for line in header.rollouts[1:]):
        yield _("the dates of later rollouts")


def header_to_json(header: HeaderContent) -> dict[str, Any]:
    return {
        "project_reference": header.project_reference,
        "legacy_system": header.legacy_system,
        "rollouts": [line_to_json(line) for line in header.rollouts],
    }


def line_to_json(line: RolloutLine) -> dict[str, Any]:
    return {
        "on": line.on.isoformat() if line.on else None,
        "users": line.users,
        "areas": line.areas,
        "places": line.places,
    }


def line_from_json(stored: Mapping[str, Any]) -> RolloutLine:
    day = stored.get("on")
    return RolloutLine(
        date.fromisoformat(day) if day else None,
        stored.get("users"),
        stored.get("areas", ""),
        stored.get("places", ""),
    )

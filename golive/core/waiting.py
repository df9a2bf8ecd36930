"""One line of somebody's work, whichever slice it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain


@dataclass(frozen=True)
class Waiting:
    """What waits, where, since when, for when it was promised, and whose turn it is."""

    text: str
    url: str
    since: datetime
    due_on: date | None
    whose: str
    project: str = ""
    detail: str = ""


def merge(*lists: Iterable[Waiting], limit: int) -> list[Waiting]:
    """The oldest promise first; what was promised for no day stands behind, the longest waiting first."""
    return sorted(chain.from_iterable(lists), key=promise)[:limit]


def promise(line: Waiting) -> tuple[date, datetime, str, str]:
    return line.due_on or date.max, line.since, line.project, line.text

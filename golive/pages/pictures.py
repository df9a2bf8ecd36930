"""The arithmetic of pictures: plain data in, numbers for an SVG out, the same for a page and a printed report."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile


def percent_of(done: int, total: int) -> int:
    return round(100 * done / total) if total else 0


# --- clock: one tick a promised day ----------------------------------------------------------------------------------
TICK = 20


@dataclass(frozen=True)
class Clock:
    ticks: tuple[tuple[str, int], ...]  # (used or left, x)
    width: int
    text: str
    strong: str
    tone: str
    paused: bool


def clock_of(used: int, promised: int, *, text: str, strong: str, tone: str, paused: bool) -> Clock:
    """A late clock keeps its promised ticks, all of them used: the words say by how much."""
    ticks = tuple(("used" if n < used else "left", 1 + TICK * n) for n in range(promised))
    return Clock(ticks, TICK * promised, text, strong, tone, paused)


# --- journey: the stations from date to go-live ----------------------------------------------------------------------
@dataclass(frozen=True)
class Station:
    """state: done, now, later or goal. who: for whom it waits. when, usual: its date, its typical duration."""

    name: str
    state: str
    who: str = ""
    when: str = ""
    usual: str = ""


@dataclass(frozen=True)
class Journey:
    near: Sequence[Station]
    later: Sequence[Station]
    start: int
    next_name: str


def journey_of(stations: Sequence[Station]) -> Journey:
    """What is done and what is now; the rest folds away on a narrow sheet."""
    near = tuple(takewhile(lambda station: station.state in {"done", "now"}, stations))
    later = tuple(stations[len(near) :])
    return Journey(near, later, len(near) + 1, later[0].name if later else "")

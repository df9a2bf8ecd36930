"""The plan page as plain values: each milestone with its day in words, its history and its state."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class MilestoneLine:
    """`tone`, `icon`, `word` make its badge, and colour its diamond on the line of days."""

    key: str
    name: str
    required: bool
    day: date | None
    tentative: bool
    moved: str
    sub: str
    tone: str
    icon: str
    word: str

"""The methodology page as plain values: each phase with its steps, what may be done with them, and why not."""

from dataclasses import dataclass
from datetime import date, datetime

from golive.core.decision import Cure, Decision, Reason


@dataclass(frozen=True)
class StepLine:
    """`state`: done, open or locked. `unlocks`: keys of the steps that this one waits for.

    `elsewhere`: it counts as done, though nobody marked it.
    """

    key: str
    name: str
    required: bool
    state: str
    owner: str
    hint: str
    evidence: str
    note: str
    by: str
    done_at: datetime | None
    ceased_at: datetime | None
    unlocks: tuple[str, ...]
    ticks_when: str
    cure: Cure | None
    mark: Decision
    undo: Decision
    warnings: tuple[Reason, ...] = ()
    elsewhere: bool = False

    @property
    def by_system(self) -> bool:
        return bool(self.ticks_when)


@dataclass(frozen=True)
class PhaseSheet:
    """`follows`: what reopening it would lead to."""

    key: str
    name: str
    aim: str
    ends_with: str
    gate: bool
    complete: bool
    current: bool
    ends_on: date | None
    by: str
    completed_at: datetime | None
    steps: tuple[StepLine, ...]
    may_complete: Decision
    may_reopen: Decision
    warnings: tuple[Reason, ...] = ()
    follows: tuple[Reason, ...] = ()

    @property
    def required(self) -> int:
        return sum(step.required for step in self.steps)

    @property
    def required_done(self) -> int:
        return sum(step.required and step.state == "done" for step in self.steps)


@dataclass(frozen=True)
class HistoryEntry:
    """One act in words. `before` and `after`: days; `said`: the reason or note that somebody wrote with it."""

    seq: int
    at: datetime
    by: str
    act: str
    words: str
    before: str
    after: str
    said: str

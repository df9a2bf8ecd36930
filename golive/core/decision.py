"""What a rule answers: allowed, or the reasons why not, each with its cure. Every door asks and shows the same one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Cure:
    """Where a missing thing can be mended: a URL name as data, so that a rule may point upward without importing."""

    name: str
    args: Mapping[str, Any] = field(default_factory=dict)
    fragment: str = ""


@dataclass(frozen=True)
class Reason:
    code: str
    text: str
    cure: Cure | None = None


@dataclass(frozen=True)
class Decision:
    """Falsy when refused. `who`: the wrong person asks (403). `missing`: not yet (409)."""

    who: tuple[Reason, ...] = ()
    missing: tuple[Reason, ...] = ()

    def __bool__(self) -> bool:
        return not self.reasons

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return self.who + self.missing

    @property
    def codes(self) -> list[str]:
        return [reason.code for reason in self.reasons]

    @property
    def status(self) -> int:
        return 403 if self.who else 409


ALLOWED = Decision()


class Refused(Exception):
    """An act that a rule refused. `on` is the governed thing (a project, a review) whose history notes the denial."""

    def __init__(self, decision: Decision, *, on: Any = None) -> None:
        super().__init__(", ".join(decision.codes))
        self.decision = decision
        self.on = on


class Stale(Exception):
    """Somebody changed it first: what they saved, and its revision. Pages answer 409, the API 412."""

    def __init__(self, *, theirs: Any, revision: int, by: str = "", mine: Any = None) -> None:
        super().__init__(f"revision {revision} is newer")
        self.theirs, self.revision, self.by, self.mine = theirs, revision, by, mine


def require(decision: Decision, *, on: Any = None) -> None:
    if not decision:
        raise Refused(decision, on=on)


def because(*, who: tuple[Reason | None, ...] = (), missing: tuple[Reason | None, ...] = ()) -> Decision:
    """A decision from reasons, each given where it applies: `because(who=(not_member and Reason(...),))`."""
    return Decision(tuple(r for r in who if r), tuple(r for r in missing if r))

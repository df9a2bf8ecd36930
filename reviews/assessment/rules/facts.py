"""What rules take of a review and its findings, and what holds a review."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviews.assessment.states import OPEN_FINDING, FindingState, Outcome, ReviewState, Severity


@dataclass(frozen=True)
class FindingFacts:
    label: str
    kind: str
    severity: str
    state: str


@dataclass(frozen=True)
class ReviewFacts:
    project_key: str
    project_state: str
    state: str
    reviewer: int
    outcome: str = ""
    findings: tuple[FindingFacts, ...] = ()
    contributors: frozenset[int] = frozenset()
    sides: frozenset[int] = frozenset()  # the organisations of the project
    report_stored: bool = False
    report_ordered: bool = False
    has_go_live: bool = True
    signed_off: str = ""  # who signed it off, and when


@dataclass(frozen=True)
class TakeFacts:
    project_key: str
    project_state: str
    round_state: str
    running: str = ""  # who holds a live review of this checklist, and since when
    reviewed: bool = False  # this very submission was signed off, or found not ready
    sides: frozenset[int] = frozenset()


def is_open(state: str) -> bool:
    return state in OPEN_FINDING


def overall_advice(findings: Iterable[FindingFacts]) -> Outcome:
    """Not ready while something holds the review; with conditions while a high is open under an accepted plan."""
    rows = list(findings)
    if what_holds(rows):
        return Outcome.NOT_READY
    planned = any(row.severity == Severity.HIGH and row.state == FindingState.PLAN_ACCEPTED for row in rows)
    return Outcome.READY_WITH_CONDITIONS if planned else Outcome.READY


def what_holds(findings: Iterable[FindingFacts]) -> tuple[FindingFacts, ...]:
    """The findings that hold a review: open criticals, and open highs without an accepted plan."""
    return tuple(
        row
        for row in findings
        if is_open(row.state)
        and (
            row.severity == Severity.CRITICAL
            or (row.severity == Severity.HIGH and row.state != FindingState.PLAN_ACCEPTED)
        )
    )


def told_to_team(state: str, *, delivered: bool) -> bool:
    """The team sees nothing of what reviewers write before a report was delivered, or the review was concluded."""
    return delivered or state in (ReviewState.CONCLUDED, ReviewState.SUSPENDED)

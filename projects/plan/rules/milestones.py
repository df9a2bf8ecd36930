"""Who plans a project, and what a plan lacks."""

from collections.abc import Iterable
from datetime import date

from golive.core.decision import Decision, because
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_owner
from projects.portfolio.states import REQUIRED_MILESTONES, Milestone


def may_plan(person: Onlooker, *, state: str, key: str) -> Decision:
    """An owner sets and moves milestones, at any time while the project is active."""
    return because(who=(not_owner(person),), missing=(not_active(state, key),))


def missing_milestones(given: Iterable[str]) -> list[str]:
    return [key for key in REQUIRED_MILESTONES if key not in set(given)]


def runs_backwards(days: dict[str, date]) -> list[tuple[str, str]]:
    """Neighbours whose dates go backwards from one phase to the next: a warning, never a block."""
    order = [key for key in Milestone.values if key in days and key != Milestone.PRODUCTION_NEEDED]
    return [(a, b) for a, b in zip(order, order[1:], strict=False) if days[a] > days[b]]

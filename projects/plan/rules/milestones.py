"""Who plans a project, what a plan lacks, and how late each date is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from golive.core.decision import Decision, because
from projects.plan.states import MilestoneColour
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_owner
from projects.portfolio.states import REQUIRED_MILESTONES, Milestone


@dataclass(frozen=True)
class MilestoneFacts:
    """`reached`: its phase is complete; of the day production is needed by: production is deployed."""

    day: date | None
    reached: bool = False
    open_steps: int = 0  # required steps in view of its phase


def may_plan(person: Onlooker, *, state: str, key: str) -> Decision:
    """An owner sets and moves milestones, at any time while the project is active."""
    return because(who=(not_owner(person),), missing=(not_active(state, key),))


def colour_of(facts: MilestoneFacts, today: date, *, near: int) -> MilestoneColour:
    """Green on track; amber when the day is near and required steps are open; red past and not complete."""
    if facts.reached:
        return MilestoneColour.REACHED
    if facts.day is None:
        return MilestoneColour.NONE
    if facts.day < today:
        return MilestoneColour.RED
    pressed = facts.open_steps and (facts.day - today).days <= near
    return MilestoneColour.AMBER if pressed else MilestoneColour.GREEN


def missing_milestones(given: Iterable[str]) -> list[str]:
    return [key for key in REQUIRED_MILESTONES if key not in set(given)]


def runs_backwards(days: Mapping[str, date]) -> list[tuple[str, str]]:
    """Dates that go backwards from one phase to the next, or production needed after go-live: warned, never blocked."""
    phases = [key for key in Milestone.values if key in days and key != Milestone.PRODUCTION_NEEDED]
    pairs = [*zip(phases, phases[1:], strict=False), (Milestone.PRODUCTION_NEEDED.value, Milestone.GO_LIVE.value)]
    return [(a, b) for a, b in pairs if a in days and b in days and days[a] > days[b]]


def is_set_late(days_ahead: int | None, *, notice: int) -> bool:
    """Go-live is entered two to three months ahead: one that is set or moved nearer than the notice is pointed out."""
    return days_ahead is not None and days_ahead < notice

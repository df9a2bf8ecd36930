"""What the gate asks, one line a condition, met or not: shown beside Configure before anybody presses it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import Cure, Reason
from projects.production.rules.gate import (
    GateFacts,
    all_conditions,
    no_clearance,
    no_estimate,
    no_product,
    not_onboarded,
    phases_open,
)

TOUCHED_NO_MORE = {"deploying", "done"}


@dataclass(frozen=True)
class Check:
    """`reason` says why it is not met. `waits`: it may be met later, the request then stays queued until it is."""

    text: str
    reason: Reason | None
    waits: bool = False

    @property
    def cure(self) -> Cure | None:
        return self.reason.cure if self.reason else None

    @property
    def met(self) -> bool:
        return self.reason is None


def preflight(facts: GateFacts) -> tuple[Check, ...]:
    """Every condition of the gate in the order in which a project meets them."""
    if nothing_here := no_product(facts):
        return (Check(nothing_here.text, nothing_here),)
    return (
        Check(_("Project onboarding is complete"), not_onboarded(facts)),
        Check(_("Analysis, Design and develop and Test are complete"), phases_open(facts)),
        Check(_("A subscription estimate is active"), no_estimate(facts)),
        Check(_("The review is passed and its clearance covers"), no_clearance(facts), waits=not facts.self_service),
    )


def flags(facts: GateFacts) -> tuple[Reason, ...]:
    """What ceased after deployment began: it is left as it is, and said."""
    return all_conditions(facts) if facts.request_state in TOUCHED_NO_MORE else ()

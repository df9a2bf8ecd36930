"""Who keeps subscription estimates, and when they are locked."""

from django.utils.translation import gettext as _

from golive.core.decision import Decision, Reason, because
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_environment_manager
from projects.production.rules.gate import GateFacts

LOCKED = {"queued", "deploying", "failed", "done"}


def may_change_estimates(person: Onlooker, facts: GateFacts) -> Decision:
    """An owner or environment manager keeps estimates; from the sign-off on they are locked, Clear sign-off unlocks."""
    return because(
        who=(not_environment_manager(person),),
        missing=(not_active(facts.project_state, facts.project_key), _locked(facts)),
    )


def _locked(facts: GateFacts) -> Reason | None:
    if facts.request_state not in LOCKED:
        return None
    text = _("The estimate is locked while a signed-off request uses it. Clear the sign-off first.")
    return Reason("estimate_locked", text)

"""Who keeps the list of sandboxes, and which of them the acceptance test may run in."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import Decision, Reason, because
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_environment_manager


@dataclass(frozen=True)
class SandboxFacts:
    """One sandbox that is being changed, among the names that are taken."""

    project_key: str
    project_state: str
    retired: bool = False
    name_taken: bool = False


def may_keep_sandboxes(person: Onlooker, facts: SandboxFacts) -> Decision:
    """An owner or environment manager registers sandboxes, corrects what is said of them, and retires them."""
    taken = _("Another sandbox of this project has this name.")
    gone = _("This sandbox is retired. Register a new one.")
    return because(
        who=(not_environment_manager(person),),
        missing=(
            not_active(facts.project_state, facts.project_key),
            Reason("sandbox_retired", gone) if facts.retired else None,
            Reason("sandbox_name_taken", taken) if facts.name_taken else None,
        ),
    )


def serves_acceptance(tier: int, *, least: float) -> bool:
    """Acceptance is tested in a tier that resembles production: developer and demo boxes do not count."""
    return tier >= least

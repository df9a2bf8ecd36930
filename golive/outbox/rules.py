"""Who may decide about work that the product gave up."""

from typing import Any

from django.utils.translation import gettext as _

from golive.core.decision import Decision, Reason, because

STUCK = {"dead", "unknown"}


def may_settle(person: Any, state: str) -> Decision:
    """An administrator may try dead or unknown work again, or leave it; nobody moves work that is still under way."""
    administrator = bool(person.is_active and person.is_administrator)
    return because(
        who=(None if administrator else Reason("not_administrator", _("Only an administrator may do this.")),),
        missing=(
            None if state in STUCK else Reason("not_stuck", _("This work is no longer waiting for a person.")),
        ),
    )

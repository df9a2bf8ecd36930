"""Who may decide about work that the product gave up."""

from typing import Any

from django.utils.translation import gettext as _

from golive.core.decision import Decision, Reason, because

STUCK = {"dead", "unknown"}


def may_see_stuck(person: Any) -> Decision:
    """Only an administrator sees what the product gave up: it names people and matters of every customer."""
    return because(who=(not_administrator(person),))


def not_administrator(person: Any) -> Reason | None:
    if person.is_active and person.is_administrator:
        return None
    return Reason("not_administrator", _("Only an administrator may do this."))


def may_settle(person: Any, state: str) -> Decision:
    """An administrator may try dead or unknown work again, or leave it; nobody moves work that is still under way."""
    return because(
        who=(not_administrator(person),),
        missing=(None if state in STUCK else Reason("not_stuck", _("This work is no longer waiting for a person.")),),
    )

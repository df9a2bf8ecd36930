"""The list of a project's people: who says that it is right, how long that holds, whom it must name."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from golive.core.decision import Cure, Decision, Reason, because
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_owner
from projects.portfolio.states import Side


def may_check_roster(person: Onlooker, *, state: str, key: str) -> Decision:
    """An owner says that the list of people is right."""
    return because(who=(not_owner(person),), missing=(not_active(state, key),))


def check_due_on(looked_on: date, *, days: int) -> date:
    """Letters go to whoever stands on the list: what was right once is asked for again after a while."""
    return looked_on + timedelta(days=days)


def missing_contacts(marked: Iterable[str], *, has_partner: bool, key: str) -> tuple[Reason, ...]:
    """FastTrack writes to the primary contacts: one of the customer, and one of the partner where there is one."""
    sides = set(marked)
    cure = Cure("people", {"key": key})
    none_of = {
        Side.CUSTOMER: _("Nobody of the customer is primary contact: FastTrack then writes to everybody."),
        Side.PARTNER: _("Nobody of the partner is primary contact: FastTrack then writes to everybody."),
    }
    wanted = [Side.CUSTOMER, *([Side.PARTNER] if has_partner else [])]
    return tuple(Reason(f"no_contact_of_{side}", none_of[side], cure) for side in wanted if side not in sides)

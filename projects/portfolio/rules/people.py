"""Who changes the people of a project."""

from django.utils.translation import gettext as _

from golive.core.decision import ALLOWED, Decision, Reason, because
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_owner


def may_change_people(person: Onlooker, *, state: str, key: str) -> Decision:
    """An owner changes who is on the project."""
    return because(who=(not_owner(person),), missing=(not_active(state, key),))


def may_become_owner(person: Onlooker, *, organisations: frozenset[int]) -> Decision:
    """An organisation administrator may become owner of any project of the own organisation; it is recorded."""
    if person.is_org_admin and person.organisation in organisations:
        return ALLOWED
    text = _("Only an administrator of the customer's or the partner's organisation may do this.")
    return Decision(who=(Reason("not_org_admin", text),))

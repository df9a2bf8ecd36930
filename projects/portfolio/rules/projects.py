"""Who makes projects."""

from django.utils.translation import gettext as _

from golive.core.decision import ALLOWED, Decision, Reason
from projects.portfolio.rules.onlooker import Onlooker


def may_make_project(person: Onlooker) -> Decision:
    """An organisation administrator of a customer or of a partner makes projects."""
    if person.is_org_admin and person.organisation_kind in {"customer", "partner"}:
        return ALLOWED
    text = _("Only an administrator of a customer's or partner's organisation makes projects. Ask yours.")
    return Decision(who=(Reason("not_org_admin", text),))

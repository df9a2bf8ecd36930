"""Who makes projects, and who says what they are called and which partner works on one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import ALLOWED, Cure, Decision, Reason, because
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_owner


@dataclass(frozen=True)
class PartnerFacts:
    """`known`: the organisation is a partner that can still be chosen; `left`: people of the one there was."""

    project_state: str
    project_key: str
    known: bool = True
    left: int = 0


def may_make_project(person: Onlooker) -> Decision:
    """An organisation administrator of a customer or of a partner makes projects."""
    if person.is_org_admin and person.organisation_kind in {"customer", "partner"}:
        return ALLOWED
    text = _("Only an administrator of a customer's or partner's organisation makes projects. Ask yours.")
    return Decision(who=(Reason("not_org_admin", text),))


def may_set_partner(person: Onlooker, facts: PartnerFacts) -> Decision:
    """An owner names the partner, at any time; whoever works on the project for another one leaves it first."""
    return because(
        who=(not_owner(person),),
        missing=(not_active(facts.project_state, facts.project_key), _not_a_partner(facts), _partner_still_here(facts)),
    )


def _not_a_partner(facts: PartnerFacts) -> Reason | None:
    return None if facts.known else Reason("not_a_partner", _("Only a partner's organisation can be the partner."))


def _partner_still_here(facts: PartnerFacts) -> Reason | None:
    if not facts.left:
        return None
    text = _("People of the present partner are still on the project. Take them off it first.")
    return Reason("partner_people", text, Cure("people", {"key": facts.project_key}))


def may_save_settings(person: Onlooker, *, state: str, key: str) -> Decision:
    """An owner changes the name of a project and its time zone."""
    return because(who=(not_owner(person),), missing=(not_active(state, key),))

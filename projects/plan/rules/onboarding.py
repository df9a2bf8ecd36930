"""What onboarding lacks, step by step, and when it is complete."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import ALLOWED, Cure, Decision, Reason, because
from projects.plan.rules.milestones import missing_milestones
from projects.plan.states import OnboardingStep, PartnerChoice, TrackingChoice
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_owner
from projects.portfolio.states import Milestone

Lack = tuple[str, str, str]  # the step, a code, what is to be done


@dataclass(frozen=True)
class OnboardingFacts:
    """What was said, under the names of the row. None, and "" in a choice: nobody has said yet."""

    project_state: str
    project_key: str
    vision: str = ""
    partner_choice: str = ""
    has_partner: bool = False
    user_count: int | None = None
    licences: int = 0  # types that a count was given for
    products: tuple[str, ...] = ()
    scope: tuple[str, ...] | None = None
    country_count: int | None = None
    has_customizations: bool | None = None
    has_isv: bool | None = None
    isv_names: str = ""
    has_integrations: bool | None = None
    integration_count: int | None = None
    has_database_copy: bool | None = None
    upgrade_from: str = ""
    milestones: tuple[str, ...] = ()
    tracking_choice: str = ""
    work_tracking: str = ""
    contact_choice: str = ""
    complete: bool = False


def may_complete_onboarding(person: Onlooker, facts: OnboardingFacts) -> Decision:
    """An owner completes onboarding, once, when no step of it lacks anything."""
    return because(
        who=(not_owner(person),),
        missing=(not_active(facts.project_state, facts.project_key), _done_already(facts), *reasons_of(facts)),
    )


def may_keep_complete(before: OnboardingFacts, after: OnboardingFacts) -> Decision:
    """What a complete onboarding says may change; it is not taken back."""
    if not after.complete:
        return ALLOWED
    before_it = {reason.code for reason in reasons_of(before)}
    return Decision(missing=tuple(reason for reason in reasons_of(after) if reason.code not in before_it))


def reasons_of(facts: OnboardingFacts) -> list[Reason]:
    """Everything that is lacking, each with the step where it is said."""
    key = facts.project_key
    return [
        Reason(code, text, Cure("onboarding_step", {"key": key, "place": step})) for step, code, text in lacking(facts)
    ]


def lacking(facts: OnboardingFacts) -> Iterator[Lack]:
    """In the order of the steps. The team is warned of, not waited for: it has no place here."""
    checks = {
        OnboardingStep.OVERVIEW: _of_overview(facts),
        OnboardingStep.PARTNER: _of_partner(facts),
        OnboardingStep.LICENCES: _of_licences(facts),
        OnboardingStep.SCOPE: _of_scope(facts),
        OnboardingStep.MILESTONES: _of_milestones(facts),
        OnboardingStep.TRACKING: _of_tracking(facts),
        OnboardingStep.CONTACTS: _of_contacts(facts),
    }
    for step, found in checks.items():
        yield from ((step.value, code, text) for code, text in found)


def _done_already(facts: OnboardingFacts) -> Reason | None:
    return Reason("onboarded", _("Onboarding is complete already.")) if facts.complete else None


def _of_overview(facts: OnboardingFacts) -> Iterable[tuple[str, str]]:
    if not facts.vision:
        yield "no_vision", _("Say in a few words what this project is for.")


def _of_partner(facts: OnboardingFacts) -> Iterable[tuple[str, str]]:
    if not facts.partner_choice:
        yield "no_partner_choice", _("Say whether a partner works on it.")
    elif facts.partner_choice == PartnerChoice.NAMED and not facts.has_partner:
        yield "no_partner", _("Name the partner, or say that it is not known yet.")


def _of_licences(facts: OnboardingFacts) -> Iterable[tuple[str, str]]:
    if facts.user_count is None:
        yield "no_user_count", _("Say how many people will use it.")
    if not facts.licences:
        yield "no_licences", _("Say how many licences of which type it takes; 0 where there are none.")


def _of_scope(facts: OnboardingFacts) -> Iterable[tuple[str, str]]:
    """Each thing that is turned on makes what belongs to it a must."""
    if not facts.products:
        yield "no_products", _("Choose at least one product.")
    if unsaid := ", ".join(name for name, said in _questions_of_scope(facts).items() if said in (None, "")):
        yield "scope_unsaid", _("Not said yet: %(names)s.") % {"names": unsaid}
    if facts.has_isv and not facts.isv_names:
        yield "no_isv_names", _("Name the solutions of other vendors.")
    if facts.has_integrations and not facts.integration_count:
        yield "no_integration_count", _("Say how many integrations there are.")


def _questions_of_scope(facts: OnboardingFacts) -> dict[str, object]:
    return {
        _("features"): facts.scope,
        _("countries"): facts.country_count,
        _("customizations"): facts.has_customizations,
        _("solutions of other vendors"): facts.has_isv,
        _("integrations"): facts.has_integrations,
        _("database copy"): facts.has_database_copy,
        _("what it replaces"): facts.upgrade_from,
    }


def _of_milestones(facts: OnboardingFacts) -> Iterable[tuple[str, str]]:
    if missing := missing_milestones(facts.milestones):
        names = ", ".join(str(Milestone(key).label) for key in missing)
        yield "milestones_missing", _("Dates are missing: %(names)s. Tentative ones will do.") % {"names": names}


def _of_tracking(facts: OnboardingFacts) -> Iterable[tuple[str, str]]:
    if not facts.tracking_choice:
        yield "no_tracking_choice", _("Say where the team tracks its work.")
    elif facts.tracking_choice == TrackingChoice.LINKED and not facts.work_tracking:
        yield "no_tracking_link", _("Give the link to your work tracking.")


def _of_contacts(facts: OnboardingFacts) -> Iterable[tuple[str, str]]:
    if not facts.contact_choice:
        yield "no_contact_choice", _("Choose whom FastTrack writes to.")

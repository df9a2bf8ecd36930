"""When onboarding is complete."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import Cure, Decision, Reason, because
from projects.plan.rules.milestones import missing_milestones
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_owner
from projects.portfolio.states import Milestone


@dataclass(frozen=True)
class OnboardingFacts:
    project_state: str
    project_key: str
    vision: str = ""
    products: tuple[str, ...] = ()
    user_count: int | None = None
    milestones: tuple[str, ...] = ()
    complete: bool = False


def may_complete_onboarding(person: Onlooker, facts: OnboardingFacts) -> Decision:
    """An owner completes onboarding once vision, products, users and the milestones of every phase are given."""
    return because(
        who=(not_owner(person),),
        missing=(
            not_active(facts.project_state, facts.project_key),
            _done_already(facts),
            _unless(facts.vision, "no_vision", _("Say in a few words what this project is for."), facts),
            _unless(facts.products, "no_products", _("Choose at least one product."), facts),
            _unless(facts.user_count, "no_user_count", _("Say how many people will use it."), facts),
            _milestones_missing(facts),
        ),
    )


def _done_already(facts: OnboardingFacts) -> Reason | None:
    return Reason("onboarded", _("Onboarding is complete already.")) if facts.complete else None


def _unless(given: object, code: str, text: str, facts: OnboardingFacts) -> Reason | None:
    return None if given else Reason(code, text, Cure("onboarding", {"key": facts.project_key}))


def _milestones_missing(facts: OnboardingFacts) -> Reason | None:
    missing = missing_milestones(facts.milestones)
    if not missing:
        return None
    names = ", ".join(str(Milestone(key).label) for key in missing)
    text = _("Dates are missing: %(names)s. Tentative ones will do.") % {"names": names}
    return Reason("milestones_missing", text, Cure("plan", {"key": facts.project_key}))

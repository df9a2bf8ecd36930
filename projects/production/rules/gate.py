"""THE GATE: what stands between a project and production. Its truth table, for both infrastructures, is this file."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.core.decision import Cure, Decision, Reason, because
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_environment_manager
from projects.portfolio.states import Infrastructure
from projects.production.states import Environment, RequestState


@dataclass(frozen=True)
class GateFacts:
    """`clearance`: covers, none, suspended, changed (the content did) or lapsed (go-live moved too far)."""

    project_key: str
    project_state: str
    infrastructure: str
    has_finance_operations: bool = True
    onboarded: bool = True
    open_gate_phases: tuple[str, ...] = ()
    has_active_estimate: bool = True
    clearance: str = "none"
    request_state: str = ""  # of the newest request; "" when there is none
    request_missing: tuple[str, ...] = ()  # the names of values that the draft still lacks
    confirmed_early: bool = False
    signed_off: str = ""  # who signed off the newest request, and when

    @property
    def self_service(self) -> bool:
        return self.infrastructure == Infrastructure.SELF_SERVICE

    @property
    def covers(self) -> bool:
        return self.clearance == "covers"


def gate_conditions(facts: GateFacts) -> tuple[Reason, ...]:
    """What both infrastructures need: onboarding, the three gate phases, an active estimate.

    A project without finance and operations apps has no gate, and nothing to be told of its conditions.
    """
    if nothing_here := no_product(facts):
        return (nothing_here,)
    reasons = (not_onboarded(facts), phases_open(facts), no_estimate(facts))
    return tuple(reason for reason in reasons if reason)


def all_conditions(facts: GateFacts) -> tuple[Reason, ...]:
    """What deploying needs on either: the above, and a clearance that covers."""
    cleared = None if no_product(facts) else no_clearance(facts)
    return gate_conditions(facts) + ((cleared,) if cleared else ())


def is_held(facts: GateFacts) -> bool:
    """A queued request is held while any condition is not met, whatever its infrastructure."""
    return facts.request_state == RequestState.QUEUED and bool(all_conditions(facts))


def may_configure(person: Onlooker, facts: GateFacts) -> Decision:
    """Configure is enabled by the gate; self-service infrastructure needs the clearance before, managed after."""
    return because(
        who=(not_environment_manager(person),),
        missing=(
            not_active(facts.project_state, facts.project_key),
            _request_running(facts),
            *(all_conditions(facts) if facts.self_service else gate_conditions(facts)),
        ),
    )


def may_sign_off(person: Onlooker, facts: GateFacts) -> Decision:
    """The customer or the partner signs off a whole request; an early managed one is confirmed as such."""
    configured = may_configure(person, facts)
    return because(
        who=configured.who,
        missing=(*configured.missing, _no_draft(facts), _values_missing(facts), _early_not_confirmed(facts)),
    )


def may_clear_sign_off(person: Onlooker, facts: GateFacts) -> Decision:
    """Only what is queued can be cleared; once it is deploying, no more."""
    return because(
        who=(not_environment_manager(person),),
        missing=(not_active(facts.project_state, facts.project_key), _not_queued(facts)),
    )


def may_withdraw_request(person: Onlooker, facts: GateFacts) -> Decision:
    """A queued or a failed request can be withdrawn."""
    failed = facts.request_state == RequestState.FAILED
    return because(
        who=(not_environment_manager(person),),
        missing=(
            not_active(facts.project_state, facts.project_key),
            None if failed else _not_queued(facts),
        ),
    )


def environment(facts: GateFacts) -> Environment:
    """What the production environment is called now; computed, so that it never drifts from the gate."""
    named = {
        RequestState.QUEUED: Environment.QUEUED,
        RequestState.DEPLOYING: Environment.DEPLOYING,
        RequestState.DONE: Environment.DEPLOYED,
        RequestState.FAILED: Environment.FAILED,
    }
    if facts.request_state in named:
        return named[RequestState(facts.request_state)]
    closed = all_conditions(facts) if facts.self_service else gate_conditions(facts)
    return Environment.NOT_AVAILABLE if closed else Environment.CONFIGURE


def no_clearance(facts: GateFacts) -> Reason | None:
    """The review is passed while its clearance covers: it stands, over equal content, for a near enough go-live."""
    texts = {
        "none": _("The go-live review is not signed off as passed."),
        "suspended": _("The review's sign-off is suspended: a finding changed after it."),
        "changed": _("The checklist changed after the review was signed off. Restore it, or submit it again."),
        "lapsed": _("Go-live moved too far from the date that was reviewed. Submit the checklist again."),
    }
    if facts.covers:
        return None
    cure = Cure("review", {"key": facts.project_key})
    return Reason("no_clearance", texts[facts.clearance], cure)


def no_product(facts: GateFacts) -> Reason | None:
    if facts.has_finance_operations:
        return None
    text = _(
        "This project has no finance and operations apps and makes no production request here. "
        "Its production may be prepared at any time, elsewhere."
    )
    return Reason("no_finance_operations", text)


def not_onboarded(facts: GateFacts) -> Reason | None:
    if facts.onboarded:
        return None
    text = _("Project onboarding is not complete.")
    return Reason("not_onboarded", text, Cure("onboarding", {"key": facts.project_key}))


def phases_open(facts: GateFacts) -> Reason | None:
    """Analysis, Design and develop and Test must be complete before Configure becomes available."""
    if not facts.open_gate_phases:
        return None
    count = len(facts.open_gate_phases)
    text = ngettext("%(names)s is not complete.", "These phases are not complete: %(names)s.", count)
    cure = Cure("methodology", {"key": facts.project_key})
    return Reason("phases_open", text % {"names": ", ".join(facts.open_gate_phases)}, cure)


def no_estimate(facts: GateFacts) -> Reason | None:
    if facts.has_active_estimate:
        return None
    text = _("No subscription estimate is active. Sizing reads only the active one.")
    return Reason("no_active_estimate", text, Cure("production", {"key": facts.project_key}, fragment="estimates"))


def _request_running(facts: GateFacts) -> Reason | None:
    texts = {
        "queued": _("A request is queued, signed off by %(who)s. Clear its sign-off to change it."),
        "deploying": _("Production is being deployed."),
        "failed": _("The deployment failed. Engineers retry it, or you withdraw the request."),
        "done": _("Production is deployed."),
    }
    text = texts.get(facts.request_state)
    return Reason(f"request_{facts.request_state}", text % {"who": facts.signed_off}) if text else None


def _no_draft(facts: GateFacts) -> Reason | None:
    if facts.request_state in {"draft", "queued", "deploying", "failed", "done"}:
        return None
    text = _("Nothing is configured yet. Fill in the request first.")
    return Reason("not_configured", text, Cure("production", {"key": facts.project_key}, fragment="request"))


def _values_missing(facts: GateFacts) -> Reason | None:
    if facts.request_state != RequestState.DRAFT or not facts.request_missing:
        return None
    text = _("The request lacks: %(names)s.") % {"names": ", ".join(facts.request_missing)}
    return Reason("values_missing", text, Cure("production", {"key": facts.project_key}, fragment="request"))


def _early_not_confirmed(facts: GateFacts) -> Reason | None:
    """Early managed requests are advised against: they wait in the queue until the review is passed."""
    if facts.self_service or facts.covers or facts.confirmed_early:
        return None
    text = _("The review is not passed yet: the request will stay queued until it is. Confirm that you want this.")
    return Reason("confirm_early", text)


def _not_queued(facts: GateFacts) -> Reason | None:
    if facts.request_state == RequestState.QUEUED:
        return None
    if facts.request_state == RequestState.DEPLOYING:
        return Reason("not_queued", _("Deployment has begun: the sign-off cannot be taken back any more."))
    return Reason("not_queued", _("No request is queued."))

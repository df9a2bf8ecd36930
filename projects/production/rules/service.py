"""What service engineering may do with a request, and who may talk about it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import Decision, Reason, because
from projects.portfolio.rules.onlooker import Onlooker, not_active, not_engineer
from projects.production.rules.gate import GateFacts, all_conditions
from projects.production.states import OPEN_SERVICE, RequestState, ServiceState


@dataclass(frozen=True)
class ServiceFacts:
    state: str
    gate: GateFacts


def may_start(person: Onlooker, facts: ServiceFacts) -> Decision:
    """An engineer takes a request that nobody has taken."""
    return because(
        who=(not_engineer(person),),
        missing=(_project_at_rest(facts), _unless_state(facts, ServiceState.REQUESTED)),
    )


def may_deploy(person: Onlooker, facts: ServiceFacts) -> Decision:
    """An engineer deploys a managed request that nothing holds; self-service is deployed by the system."""
    return because(
        who=(not_engineer(person),),
        missing=(
            _project_at_rest(facts),
            _by_system(facts),
            _request_is(facts, RequestState.QUEUED),
            *held_because(facts),
        ),
    )


def may_retry(person: Onlooker, facts: ServiceFacts) -> Decision:
    """A failed deployment is retried while everything that the gate asks still holds."""
    return because(
        who=(not_engineer(person),),
        missing=(_project_at_rest(facts), _request_is(facts, RequestState.FAILED), *held_because(facts)),
    )


def may_finish(person: Onlooker, facts: ServiceFacts) -> Decision:
    """An engineer says that a running deployment has ended, well or badly."""
    return because(who=(not_engineer(person),), missing=(_request_is(facts, RequestState.DEPLOYING),))


def may_deny(person: Onlooker, facts: ServiceFacts) -> Decision:
    """An engineer denies a queued request with a reason; its values are kept in a new draft."""
    return because(
        who=(not_engineer(person),),
        missing=(_project_at_rest(facts), _request_is(facts, RequestState.QUEUED)),
    )


def may_comment(person: Onlooker, facts: ServiceFacts) -> Decision:
    """The team, reviewers and engineers talk about a request at any time."""
    if person.fills or person.engineers or person.reviews:
        return Decision()
    return Decision(who=(Reason("not_of_request", _("Only the team, reviewers and engineers write here.")),))


def held_because(facts: ServiceFacts) -> tuple[Reason, ...]:
    """The unmet conditions, as the reasons of one who wants to deploy."""
    return all_conditions(facts.gate)


def _project_at_rest(facts: ServiceFacts) -> Reason | None:
    return not_active(facts.gate.project_state, facts.gate.project_key)


def _by_system(facts: ServiceFacts) -> Reason | None:
    if not facts.gate.self_service:
        return None
    return Reason("deployed_by_system", _("Self-service infrastructure is deployed by the system, not by hand."))


def _unless_state(facts: ServiceFacts, state: str) -> Reason | None:
    if facts.state == state:
        return None
    return Reason("service_request_state", _("The request is %(state)s.") % {"state": _word(facts.state)})


def _request_is(facts: ServiceFacts, state: str) -> Reason | None:
    if facts.gate.request_state == state and facts.state in OPEN_SERVICE:
        return None
    word = str(RequestState(facts.gate.request_state or "draft").label).lower()
    return Reason("request_state", _("The production request is %(state)s.") % {"state": word})


def _word(state: str) -> str:
    return str(ServiceState(state).label).lower()

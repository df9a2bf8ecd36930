"""The gate as a pure rule: its truth table, and each reason by its code."""

from itertools import product

import pytest

from projects.portfolio.rules.onlooker import Onlooker
from projects.production.rules.estimates import may_change_estimates
from projects.production.rules.gate import (
    GateFacts,
    environment,
    is_held,
    may_clear_sign_off,
    may_configure,
    may_sign_off,
    may_withdraw_request,
)
from projects.production.rules.preflight import flags, preflight
from projects.production.rules.service import ServiceFacts, may_comment, may_deploy, may_finish, may_retry, may_start
from projects.production.states import OPEN_SERVICE, Environment, RequestState, ServiceState

OWNER = Onlooker(id=1, side="customer", access="owner")
MANAGER = Onlooker(id=2, side="partner", access="environment_manager")
MEMBER = Onlooker(id=3, side="customer", access="member")
VIEWER = Onlooker(id=4, side="customer", access="viewer")
ENGINEER = Onlooker(id=5, staff=frozenset({"engineer"}))
ARCHITECT = Onlooker(id=6, staff=frozenset({"architect"}))
STRANGER = Onlooker(id=7)
MANAGED, SELF_SERVICE = "microsoft_managed", "self_service"


def facts_of(*, self_service: bool = True, phases: bool = True, passed: bool = True, **more) -> GateFacts:
    return GateFacts(
        project_key="HALD-7Q2",
        project_state=more.pop("project_state", "active"),
        infrastructure=SELF_SERVICE if self_service else MANAGED,
        open_gate_phases=() if phases else ("Test",),
        clearance="covers" if passed else "none",
        **more,
    )


# infrastructure, three phases complete, review passed, estimate active -> Configure enabled
TABLE = [
    (self_service, phases, passed, estimate, phases and estimate and (passed or not self_service))
    for self_service, phases, passed, estimate in product([True, False], repeat=4)
]


@pytest.mark.req("S1-14", "S1-29", "S1-30", "S1-53")
@pytest.mark.parametrize(("self_service", "phases", "passed", "estimate", "enabled"), TABLE)
def test_configure_follows_the_truth_table(self_service, phases, passed, estimate, enabled):
    facts = facts_of(self_service=self_service, phases=phases, passed=passed, has_active_estimate=estimate)

    decision = may_configure(OWNER, facts)

    expected = []
    expected += [] if phases else ["phases_open"]
    expected += [] if estimate else ["no_active_estimate"]
    expected += ["no_clearance"] if self_service and not passed else []
    assert decision.codes == expected
    assert bool(decision) is enabled
    assert environment(facts) == (Environment.CONFIGURE if enabled else Environment.NOT_AVAILABLE)


@pytest.mark.req("S1-41", "S1-52")
@pytest.mark.parametrize(("self_service", "phases", "passed", "estimate", "_enabled"), TABLE)
def test_a_queued_request_is_held_while_any_condition_is_unmet(self_service, phases, passed, estimate, _enabled):
    facts = facts_of(
        self_service=self_service,
        phases=phases,
        passed=passed,
        has_active_estimate=estimate,
        request_state="queued",
    )

    assert is_held(facts) is not (phases and passed and estimate)
    assert environment(facts) == Environment.QUEUED


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"onboarded": False}, "not_onboarded"),
        ({"has_finance_operations": False}, "no_finance_operations"),
        ({"project_state": "paused"}, "project_not_active"),
        ({"request_state": "queued"}, "request_queued"),
        ({"request_state": "deploying"}, "request_deploying"),
        ({"request_state": "failed"}, "request_failed"),
        ({"request_state": "done"}, "request_done"),
    ],
)
def test_configure_says_what_else_stands_in_the_way(more, code):
    assert may_configure(OWNER, facts_of(**more)).codes == [code]


@pytest.mark.parametrize("cover", ["none", "suspended", "changed", "lapsed"])
def test_each_way_not_to_cover_has_its_own_sentence(cover):
    facts = GateFacts("HALD-7Q2", "active", SELF_SERVICE, clearance=cover)

    texts = {
        GateFacts("HALD-7Q2", "active", SELF_SERVICE, clearance=other)
        for other in ("none", "suspended", "changed", "lapsed")
    }
    reasons = {may_configure(OWNER, each).reasons[0].text for each in texts}
    assert may_configure(OWNER, facts).codes == ["no_clearance"]
    assert len(reasons) == 4


@pytest.mark.parametrize("person", [OWNER, MANAGER])
def test_owner_and_environment_manager_of_either_side_configure_and_sign_off(person):
    facts = facts_of(request_state="draft")

    assert may_configure(person, facts)
    assert may_sign_off(person, facts)
    assert may_clear_sign_off(person, facts_of(request_state="queued"))
    assert may_withdraw_request(person, facts_of(request_state="failed"))


@pytest.mark.parametrize("person", [MEMBER, VIEWER, ENGINEER, ARCHITECT, STRANGER])
@pytest.mark.parametrize("rule", [may_configure, may_sign_off, may_clear_sign_off, may_withdraw_request])
def test_nobody_else_does(person, rule):
    state = "queued" if rule in {may_clear_sign_off, may_withdraw_request} else "draft"

    decision = rule(person, facts_of(request_state=state))

    assert decision.codes == ["not_environment_manager"]
    assert decision.status == 403


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({"request_state": ""}, ["not_configured"]),
        ({"request_state": "draft", "request_missing": ("version",)}, ["values_missing"]),
        ({"request_state": "denied"}, ["not_configured"]),
        ({"request_state": "draft"}, []),
    ],
)
def test_only_a_whole_draft_is_signed_off(more, codes):
    assert may_sign_off(OWNER, facts_of(**more)).codes == codes


@pytest.mark.req("S1-11", "S1-52")
def test_an_early_managed_request_is_confirmed_as_such():
    facts = facts_of(self_service=False, passed=False, request_state="draft")

    confirmed = facts_of(self_service=False, passed=False, request_state="draft", confirmed_early=True)

    assert may_sign_off(OWNER, facts).codes == ["confirm_early"]
    assert may_sign_off(OWNER, confirmed).codes == []


@pytest.mark.req("S1-53")
def test_self_service_has_no_early_request_even_if_confirmed():
    facts = facts_of(passed=False, request_state="draft", confirmed_early=True)

    assert may_sign_off(OWNER, facts).codes == ["no_clearance"]


@pytest.mark.req("S1-56")
@pytest.mark.parametrize("state", ["", *RequestState.values])
def test_only_queued_is_cleared(state):
    assert may_clear_sign_off(OWNER, facts_of(request_state=state)).codes == (
        [] if state == "queued" else ["not_queued"]
    )


@pytest.mark.parametrize("state", ["", *RequestState.values])
def test_only_queued_and_failed_are_withdrawn(state):
    expected = [] if state in {"queued", "failed"} else ["not_queued"]

    assert may_withdraw_request(OWNER, facts_of(request_state=state)).codes == expected


@pytest.mark.parametrize("state", ["", *RequestState.values])
def test_estimates_are_locked_while_a_signed_off_request_uses_them(state):
    locked = state in {"queued", "deploying", "failed", "done"}

    assert may_change_estimates(OWNER, facts_of(request_state=state)).codes == (["estimate_locked"] if locked else [])


@pytest.mark.parametrize("state", ["", *RequestState.values])
def test_the_environment_is_computed(state):
    named = {
        "queued": Environment.QUEUED,
        "deploying": Environment.DEPLOYING,
        "done": Environment.DEPLOYED,
        "failed": Environment.FAILED,
    }

    assert environment(facts_of(request_state=state)) == named.get(state, Environment.CONFIGURE)


# --- service engineering ---------------------------------------------------
def service(state: str = "in_progress", *, self_service: bool = False, **more) -> ServiceFacts:
    return ServiceFacts(state, facts_of(self_service=self_service, **more))


@pytest.mark.parametrize("service_state", ServiceState.values)
@pytest.mark.parametrize("request_state", RequestState.values)
def test_engineers_act_on_an_open_request_in_its_state(service_state, request_state):
    facts = service(service_state, request_state=request_state)
    is_open = service_state in OPEN_SERVICE

    assert bool(may_start(ENGINEER, facts)) is (service_state == "requested")
    assert bool(may_deploy(ENGINEER, facts)) is (is_open and request_state == "queued")
    assert bool(may_finish(ENGINEER, facts)) is (is_open and request_state == "deploying")
    assert bool(may_retry(ENGINEER, facts)) is (is_open and request_state == "failed")


@pytest.mark.req("S1-41")
@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({"passed": False}, ["no_clearance"]),
        ({"phases": False}, ["phases_open"]),
        ({"has_active_estimate": False}, ["no_active_estimate"]),
        ({"passed": False, "phases": False}, ["phases_open", "no_clearance"]),
    ],
)
def test_what_is_held_is_not_deployed(more, codes):
    assert may_deploy(ENGINEER, service(request_state="queued", **more)).codes == codes
    assert may_retry(ENGINEER, service(request_state="failed", **more)).codes == codes


def test_self_service_is_not_deployed_by_hand():
    facts = service(self_service=True, request_state="queued")

    assert may_deploy(ENGINEER, facts).codes == ["deployed_by_system"]


@pytest.mark.parametrize("person", [OWNER, MEMBER, VIEWER, ARCHITECT, STRANGER])
def test_only_engineers_deploy(person):
    decision = may_deploy(person, service(request_state="queued"))

    assert decision.codes == ["not_engineer"]
    assert decision.status == 403


@pytest.mark.parametrize(
    ("person", "allowed"),
    [(OWNER, True), (MEMBER, True), (ENGINEER, True), (ARCHITECT, True), (VIEWER, False), (STRANGER, False)],
)
def test_team_reviewers_and_engineers_comment(person, allowed):
    assert bool(may_comment(person, service())) is allowed


# --- preflight ---------------------------------------------------
def test_preflight_says_which_condition_waits_and_which_stops():
    managed = preflight(facts_of(self_service=False, passed=False, phases=False))
    self_service = preflight(facts_of(passed=False, phases=False))

    assert [check.met for check in managed] == [True, False, True, False]
    assert [check.waits for check in managed if not check.met] == [False, True]
    assert [check.waits for check in self_service if not check.met] == [False, False]


@pytest.mark.parametrize("state", RequestState.values)
def test_what_ceased_is_flagged_once_deployment_began(state):
    flagged = [reason.code for reason in flags(facts_of(phases=False, request_state=state))]

    assert flagged == (["phases_open"] if state in {"deploying", "done"} else [])

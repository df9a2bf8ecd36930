"""One table: who x situation x verb. Both doors are driven with it and must decide the same, and what they refuse
changes nothing."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.journeys import situations as s
from tests.journeys.verbs import EARLY_VERBS, Verb
from tests.journeys.world import ROLES, Outcome, World, denials, doors_of, snapshot, through_api, through_page, undone
from tests.projects.production.ways import MANAGED, SELF_SERVICE

pytestmark = pytest.mark.django_db

VERBS = EARLY_VERBS

# Situation, verb, and what is missing for everybody who is not the wrong person.
ROWS = [
    (s.started, "start a project", []),
    (s.started, "set a milestone", []),
    (s.started, "save onboarding", []),
    (s.started, "complete onboarding", ["no_vision", "no_products", "no_user_count", "milestones_missing"]),
    (s.described, "complete onboarding", []),
    (s.onboarded, "complete onboarding", ["onboarded"]),
    (s.onboarded, "save onboarding", []),
    (s.started, "change a member", []),
    (s.started, "remove a member", []),
    (s.started, "become owner", []),
    (s.onboarded, "mark step A01", ["system_ticked", "step_done"]),
    (s.onboarded, "mark step A02", []),
    (s.started, "mark step A05", ["step_locked"]),
    (s.onboarded, "mark step A05", []),
    (s.analysis_done, "mark step A02", ["step_done"]),
    (s.phases_complete, "mark step A02", ["phase_complete", "step_done"]),
    (s.onboarded, "undo step A02", ["step_open"]),
    (s.analysis_done, "undo step A02", []),
    (s.phases_complete, "undo step A02", ["phase_complete"]),
    (s.onboarded, "complete analysis", ["steps_open"]),
    (s.analysis_done, "complete analysis", []),
    (s.phases_complete, "complete analysis", ["phase_complete"]),
    (s.analysis_done, "complete design_develop", ["steps_open", "earlier_phase_open"]),
    (s.onboarded, "reopen analysis", ["phase_open"]),
    (s.phases_complete, "reopen analysis", []),
    (s.onboarded, "answer", []),
    (s.submitted, "answer", ["submitted"]),
    (s.onboarded, "name who completed it", []),
    (s.submitted, "name who completed it", ["submitted"]),
    (s.onboarded, "submit", ["no_completed_by", "unanswered"]),
    (s.filled, "submit", []),
    (s.submitted, "submit", ["submitted"]),
    (s.filled, "withdraw", ["not_submitted"]),
    (s.submitted, "withdraw", []),
    (s.taken, "withdraw", ["taken"]),
    (s.filled, "reopen", ["not_submitted"]),
    (s.submitted, "reopen", []),
    (s.taken, "reopen", []),
    (partial(s.gate, MANAGED, estimate=False, cleared=True), "configure", ["no_active_estimate"]),
    (partial(s.gate, SELF_SERVICE, estimate=False), "configure", ["no_active_estimate", "no_clearance"]),
    (s.second_estimate, "sign off the request", ["not_configured", "confirm_early"]),
    (s.draft_early, "sign off the request", ["confirm_early"]),
    (s.draft_early, "sign off early", []),
    (s.draft_with_holes, "sign off the request", ["values_missing"]),
    (s.draft_cleared, "sign off the request", []),
    (s.held, "configure", ["request_queued"]),
    (s.held, "sign off early", ["request_queued"]),
    (s.draft_early, "clear the sign-off", ["not_queued"]),
    (s.held, "clear the sign-off", []),
    (s.released, "clear the sign-off", []),
    (s.deploying, "clear the sign-off", ["not_queued"]),
    (s.draft_early, "withdraw the request", ["not_queued"]),
    (s.held, "withdraw the request", []),
    (s.deploying, "withdraw the request", ["not_queued"]),
    (s.failed, "withdraw the request", []),
    (s.second_estimate, "add an estimate", []),
    (s.held, "add an estimate", ["estimate_locked"]),
    (s.second_estimate, "activate an estimate", []),
    (s.held, "activate an estimate", ["estimate_locked"]),
    (s.second_estimate, "deactivate an estimate", []),
    (s.held, "deactivate an estimate", ["estimate_locked"]),
    (s.held, "start", []),
    (s.held, "deploy", ["no_clearance"]),
    (s.released, "deploy", []),
    (s.released_self_service, "deploy", ["deployed_by_system"]),
    (s.deploying, "deploy", ["request_state"]),
    (s.deploying, "start", ["service_request_state"]),
    (s.released, "finish", ["request_state"]),
    (s.deploying, "finish", []),
    (s.released, "fail", ["request_state"]),
    (s.deploying, "fail", []),
    (s.deploying, "retry", ["request_state"]),
    (s.failed, "retry", []),
    (s.held, "deny", []),
    (s.deploying, "deny", ["request_state"]),
    (s.held, "comment", []),
]
# DOMAIN 1.2, line by line: infrastructure, gate phases complete, review passed, what Configure lacks.
TRUTH = [
    (MANAGED, False, False, ["phases_open"]),
    (MANAGED, False, True, ["phases_open"]),
    (MANAGED, True, False, []),
    (MANAGED, True, True, []),
    (SELF_SERVICE, False, False, ["phases_open", "no_clearance"]),
    (SELF_SERVICE, False, True, ["phases_open"]),
    (SELF_SERVICE, True, False, ["no_clearance"]),
    (SELF_SERVICE, True, True, []),
]


def name_of(situation: Callable) -> str:
    if isinstance(situation, partial):
        return "gate:" + ",".join([*map(str, situation.args), *situation.keywords])
    return situation.__name__


@pytest.mark.parametrize(
    ("situation", "name", "missing"), ROWS, ids=[f"{name_of(row[0])}:{row[1]}".replace(" ", "_") for row in ROWS]
)
def test_both_doors_decide_by_the_table(situation, name, missing):
    check(situation(), VERBS[name], missing)


@pytest.mark.req("S1-29", "S1-30")
@pytest.mark.parametrize(("infrastructure", "phases", "passed", "missing"), TRUTH)
def test_both_doors_hold_the_truth_table_of_configure(infrastructure, phases, passed, missing):
    check(s.truth(infrastructure, phases, passed), VERBS["configure"], missing)


def check(world: World, verb: Verb, missing: list[str]) -> None:
    for role in ROLES:
        expected = expected_of(world, verb, role, missing)
        doors_of(world, role)
        before, noted = snapshot(), len(denials())
        with undone():
            page = through_page(world, role, verb.page)
            assert_as_expected(page, expected, f"{role}, page")
            if not page.done:
                assert snapshot() == before, f"{role}, page: something changed"
        with undone():
            api = through_api(world, role, verb.call)
            assert_as_expected(api, expected, f"{role}, API")
            if not api.done:
                assert snapshot() == before, f"{role}, API: something changed"
                assert denials()[noted:] == ([list(api.codes)] if api.codes else []), f"{role}: not noted once"
        assert (page.done, page.codes) == (api.done, api.codes), role


def expected_of(world: World, verb: Verb, role: str, missing: list[str]) -> Outcome | None:
    """None: it is done, whatever the success of that door is called."""
    if verb.of_project and not world.sees(role):
        return Outcome(404)
    wrong = verb.wrong.get(role, ())
    if wrong:
        return Outcome(403, (*wrong, *missing))
    return Outcome(409, tuple(missing)) if missing else None


def assert_as_expected(outcome: Outcome, expected: Outcome | None, who: str) -> None:
    if expected is None:
        assert outcome.done, f"{who}: {outcome}"
    else:
        assert outcome == expected, who

"""One table: who x situation x verb. Both doors are driven with it and must decide the same, and what they refuse
changes nothing."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import partial

import pytest

from tests.journeys import situations as s
from tests.journeys import situations_evidence as e
from tests.journeys import situations_listing as listing
from tests.journeys import situations_review as r
from tests.journeys.rows_endings import ENDING_ROWS
from tests.journeys.verbs import EARLY_VERBS, Verb
from tests.journeys.verbs_endings import ENDING_VERBS
from tests.journeys.verbs_evidence import EVIDENCE_VERBS
from tests.journeys.verbs_listing import LIST_VERBS
from tests.journeys.verbs_methodology import METHODOLOGY_VERBS, own_methodology, own_retired
from tests.journeys.verbs_review import REVIEW_VERBS
from tests.journeys.world import ROLES, Outcome, World, denials, doors_of, snapshot, through_api, through_page, undone
from tests.projects.production.ways import MANAGED, SELF_SERVICE
from tests.scale import DEEP

pytestmark = pytest.mark.django_db

VERBS = EARLY_VERBS | REVIEW_VERBS | EVIDENCE_VERBS | METHODOLOGY_VERBS

# Situation, verb, and what is missing for everybody who is not the wrong person.
ROWS = [
    (s.started, "start a project", []),
    (s.started, "set a milestone", []),
    (s.started, "save onboarding", []),
    (s.started, "complete onboarding", s.NOTHING_SAID),
    (s.described, "complete onboarding", []),
    (s.onboarded, "complete onboarding", ["onboarded"]),
    (s.onboarded, "save onboarding", []),
    (s.onboarded, "take the partner away", ["partner_people"]),
    (s.onboarded, "name the partner", []),
    (s.started, "change a member", []),
    (s.started, "remove a member", []),
    (s.started, "become owner", []),
    (s.started, "make an organisation", []),
    (s.started, "invite somebody", []),
    (s.started, "check the roster", []),
    (s.started, "import the people of another list", []),
    (s.started, "import an unknown address", ["row_refused"]),
    (s.started, "hand over", []),
    (s.started, "remove the last owner", ["last_owner"]),
    (s.started, "take the dates along", []),
    (s.dates_taken_along, "take the dates along", ["feed_lives"]),
    (s.dates_taken_along, "revoke the address", []),
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
    (s.contradicting, "explain a contradiction", []),
    (s.fitting, "explain a contradiction", ["not_contradictory"]),
    (s.submitted, "find an answer true again", ["submitted"]),
    (s.onboarded, "find an answer true again", []),
    (s.onboarded, "save the header", []),
    (s.onboarded, "hold a gate", []),
    (s.submitted, "hold a gate", []),
    (s.submitted, "save the header", ["submitted"]),
    (s.onboarded, "submit", ["no_completed_by", "header_incomplete", "unanswered"]),
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
    (s.second_estimate, "register a sandbox", []),
    (s.with_sandbox, "change a sandbox", []),
    (s.with_sandbox, "retire a sandbox", []),
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
ROWS += [
    (s.started, "add evidence", []),
    (e.with_evidence, "revise evidence", []),
    (e.evidence_withdrawn, "revise evidence", ["evidence_withdrawn"]),
    (e.with_evidence, "withdraw evidence", []),
    (e.evidence_withdrawn, "withdraw evidence", ["evidence_withdrawn"]),
    (e.with_evidence, "confirm evidence", ["not_stale"]),
    (e.evidence_overtaken, "confirm evidence", []),
    (s.started, "prove a step", []),
    (s.started, "note a step", []),
    (e.with_evidence, "attach evidence", []),
    (e.step_proved, "attach evidence", ["evidence_attached"]),
    (e.with_evidence, "take evidence away", ["evidence_not_attached"]),
    (e.step_proved, "take evidence away", []),
    (s.started, "lay evidence beside an answer", []),
    (e.submitted_with_evidence, "lay evidence beside an answer", ["submitted"]),
    (e.with_evidence, "attach evidence to an answer", []),
    (e.answer_proved, "attach evidence to an answer", ["evidence_attached"]),
    (e.with_evidence, "take evidence away from an answer", ["evidence_not_attached"]),
    (e.answer_proved, "take evidence away from an answer", []),
    (e.submitted_with_evidence, "take evidence away from an answer", ["submitted"]),
    (e.answer_proved, "take the newest evidence", ["evidence_newest"]),
    (e.answer_proved_by_an_older, "take the newest evidence", []),
    (s.started, "talk about a question", []),
    (e.submitted_with_evidence, "talk about a question", []),
    (s.started, "talk to the customer alone", []),
    (s.started, "settle what was said", ["nothing_said"]),
    (e.talked_about, "settle what was said", []),
    (e.talked_about, "settle what the customer said", ["thread_resolved"]),
    (s.started, "ask somebody to answer", []),
    (e.somebody_asked, "ask somebody to answer", []),
    (e.submitted_with_evidence, "ask somebody to answer", ["submitted"]),
    (e.somebody_asked, "ask nobody to answer", []),
    (e.nobody_asked_any_more, "ask nobody to answer", ["not_assigned"]),
    (own_methodology, "copy a methodology", []),
    (own_methodology, "add a step of one's own", []),
    (own_methodology, "edit a step of one's own", []),
    (own_methodology, "edit a fixed step", ["step_fixed"]),
    (own_methodology, "edit a step into a circle", ["requires_circle"]),
    (own_methodology, "move a step of one's own", []),
    (own_methodology, "remove a step of one's own", []),
    (own_methodology, "remove a step others need", ["step_needed"]),
    (own_methodology, "publish a methodology", []),
    (own_methodology, "retire a methodology", []),
    (own_retired, "add a step of one's own", ["methodology_retired"]),
    (own_retired, "publish a methodology", ["methodology_retired"]),
    (own_retired, "retire a methodology", ["methodology_retired"]),
]
ROWS += [
    (r.to_take, "take", []),
    (r.in_review, "take", ["taken"]),
    (r.in_review, "assign", []),
    (r.concluded, "assign", ["review_concluded"]),
    (r.in_review, "give the review up", []),
    (r.concluded, "give the review up", ["review_concluded"]),
    (r.in_review, "add a finding", []),
    (r.concluded, "add a finding", []),
    (r.in_review, "deliver the report", ["drafts_undecided"]),
    (r.decided, "deliver the report", []),
    (r.reported, "deliver the report", ["report_delivered"]),
    (r.in_review, "sign off the review", ["drafts_undecided", "no_report"]),
    (r.decided, "sign off the review", ["high_open", "no_report"]),
    (r.dismissed, "sign off the review", ["no_report"]),
    (r.reported, "sign off the review", ["high_open", "report_pending"]),
    (r.whole, "sign off the review", []),
    (r.whole, "sign off another content", ["review_changed"]),
    (r.concluded, "sign off the review", ["review_concluded"]),
    (r.whole, "conclude as not ready", []),
    (r.concluded, "conclude as not ready", ["review_concluded"]),
    (r.concluded, "confirm again", ["not_suspended"]),
    (r.suspended, "confirm again", []),
    (r.in_review, "open a draft", []),
    (r.in_review, "dismiss a draft", []),
    (r.in_review, "change a draft", []),
    (r.in_review, "ask about a draft", ["finding_state", "no_report_yet"]),
    (r.reported, "open it", ["finding_state"]),
    (r.reported, "dismiss it", []),
    (r.reported, "change it", []),
    (r.concluded, "change it", ["review_concluded"]),
    (r.reported, "ask for a plan", []),
    (r.asked, "ask for a plan", ["finding_state"]),
    (r.reported, "submit a plan", ["finding_state"]),
    (r.asked, "submit a plan", []),
    (r.asked, "accept the plan", ["finding_state"]),
    (r.planned, "accept the plan", []),
    (r.planned, "return the plan", []),
    (r.accepted, "return the plan", ["finding_state"]),
    (r.planned, "confirm it done", ["finding_state"]),
    (r.accepted, "confirm it done", []),
    (r.reported, "accept its risk", []),
    (r.accepted, "accept its risk", []),
    (r.concluded, "accept its risk", ["review_concluded"]),
]
VERBS |= ENDING_VERBS
ROWS += ENDING_ROWS
VERBS |= LIST_VERBS
ROWS += [
    (s.started, "take the list along", []),
    (s.started, "keep a view", []),
    (listing.views_kept, "keep a view", ["name_taken"]),
    (listing.views_kept, "rename a view", []),
    (listing.views_kept, "delete a view", []),
]
# The truth table, line by line: infrastructure, gate phases complete, review passed, what Configure lacks.
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


# Outside of make deep: on a project that rests everybody is refused the same.
FEW = ("owner", "viewer", "lead", "engineer", "stranger")


def roles_in(situation: str) -> tuple[str, ...]:
    return FEW if not DEEP and situation.startswith(("paused", "closed_")) else ROLES


def name_of(situation: Callable) -> str:
    if isinstance(situation, partial):
        return "gate:" + ",".join([*map(str, situation.args), *situation.keywords])
    return situation.__name__


@pytest.fixture(autouse=True)
def own_files(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path)


def by_situation() -> dict[str, list[tuple[Callable, str, list[str]]]]:
    """A situation takes its time to come about: it is built once, and every verb is tried in it."""
    found: dict[str, list[tuple[Callable, str, list[str]]]] = {}
    for row in ROWS:
        found.setdefault(name_of(row[0]), []).append(row)
    return found


@pytest.mark.once
@pytest.mark.parametrize("rows", by_situation().values(), ids=by_situation())
def test_both_doors_decide_by_the_table(rows):
    world, roles = rows[0][0](), roles_in(name_of(rows[0][0]))
    for role in roles:
        doors_of(world, role)

    for _situation, name, missing in rows:
        with undone():
            check(world, VERBS[name], missing, roles)


@pytest.mark.req("S1-29", "S1-30")
@pytest.mark.parametrize(("infrastructure", "phases", "passed", "missing"), TRUTH)
def test_both_doors_hold_the_truth_table_of_configure(infrastructure, phases, passed, missing):
    world = s.truth(infrastructure, phases, passed)
    for role in ROLES:
        doors_of(world, role)

    check(world, VERBS["configure"], missing, ROLES)


def check(world: World, verb: Verb, missing: list[str], roles: tuple[str, ...]) -> None:
    expected = {role: expected_of(world, verb, role, missing) for role in roles}
    before = snapshot()
    for role in roles:
        with undone() if expected[role] is None else nullcontext():
            page = through_page(world, role, verb.page)
        with undone() if expected[role] is None else nullcontext():
            api = through_api(world, role, verb.call)
        assert_as_expected(page, expected[role], f"{verb.name}: {role}, page")
        assert_as_expected(api, expected[role], f"{verb.name}: {role}, API")
        assert (page.done, page.codes) == (api.done, api.codes), f"{verb.name}: {role}"
    assert snapshot() == before, f"{verb.name}: something that was refused changed something"
    refused = [list(each.codes) for each in expected.values() if each and each.codes]
    assert denials() == [codes for codes in refused for _door in ("page", "API")], "noted once a door"


def expected_of(world: World, verb: Verb, role: str, missing: list[str]) -> Outcome | None:
    """None: it is done, whatever the success of that door is called."""
    if role in verb.hidden or (verb.of_project and not world.sees(role)):
        return Outcome(404)
    if wrong := verb.wrong.get(role, ()):
        return Outcome(403, (*wrong, *(() if verb.shy else missing)))
    return Outcome(409, tuple(missing)) if missing else None


def assert_as_expected(outcome: Outcome, expected: Outcome | None, who: str) -> None:
    if expected is None:
        assert outcome.done, f"{who}: {outcome}"
    else:
        assert outcome == expected, who

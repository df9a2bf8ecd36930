"""The eight projects of the demo, each in a state of its own; days are counted back from today."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from golive.core.pdf import available
from golive.scenes.clock import Clock
from golive.scenes.people import Crew, gather
from golive.scenes.tale import Tale
from golive.scenes.ways import dairy_way, hold_gates, prove_test_cycles
from projects.portfolio.actions.roster import check_roster
from projects.portfolio.models.project import Project
from projects.production.actions.requesting import sign_off_request
from projects.production.actions.serving import (
    comment_on_request,
    deploy_request,
    finish_deployment,
    start_service_request,
)
from reviews.assessment.actions.mitigating import accept_plan, add_finding, request_mitigation, return_plan, submit_plan

STAKEHOLDER: dict[str, Any] = {"stakeholder": True}
HALDEN: dict[str, dict[str, Any]] = {
    "jonas": {"job": "test_lead"},
    "erik": {"access": "viewer", "job": "sponsor", **STAKEHOLDER},
    "marta": {"access": "environment_manager", "job": "functional_lead", "primary_contact": True, **STAKEHOLDER},
    "luis": {"job": "technical_lead"},
}
BRIGHTWATER: dict[str, dict[str, Any]] = {
    "tomas": {"access": "environment_manager", "job": "infrastructure_lead"},
    "hanna": {"job": "functional_lead", "primary_contact": True, **STAKEHOLDER},
}
PHASES = ("analysis", "design_develop", "test")


def tell_all(clock: Clock) -> Crew:
    with clock.for_everybody():
        crew = gather(clock)
        for story in STORIES:
            story(clock, crew)
            clock.settle()
        dairy_way(clock, crew)
        clock.moment = clock.real
        clock.settle()
    return crew


def halden(clock: Clock, crew: Crew, name: str, infrastructure: str) -> Tale:
    tale = Tale(clock, crew, owner="sigrid", partner="marta")
    tale.start(name, infrastructure, team=HALDEN)
    return tale


def brightwater(clock: Clock, crew: Crew, name: str, infrastructure: str) -> Tale:
    tale = Tale(clock, crew, owner="amara", partner="hanna")
    tale.start(name, infrastructure, team=BRIGHTWATER)
    return tale


def just_begun(clock: Clock, crew: Crew) -> None:
    """New; onboarding is open and no date is set."""
    clock.set_back(4)
    tale = halden(clock, crew, "Halden Farm Shops", "self_service")
    tale.days_ago(3)
    tale.describe("Twelve shops sell from one stock and close the day with one set of books.")


def analysis_running(clock: Clock, crew: Crew) -> None:
    """Onboarded; the first phase has a step to go."""
    clock.set_back(34)
    tale = brightwater(clock, crew, "Brightwater Finance", "microsoft_managed")
    tale.days_ago(31)
    tale.plan(go_live_in=150)
    tale.onboard("Month-end closes in three days instead of nine, for all five mills.", 140)
    tale.days_ago(24)
    tale.steps("A02", note="Minutes are in the project folder.")
    tale.estimate("First guess", 140, active=False)


def test_phase(clock: Clock, crew: Crew) -> None:
    """Test is open; the checklist is half answered and predicts risks."""
    clock.set_back(120)
    tale = prepared(halden(clock, crew, "Halden Warehouse", "self_service"), 52, 95, PHASES[:2])
    tale.days_ago(12)
    tale.steps("T01", "T02", by="jonas", note="Two of three cycles are done.")
    prove_test_cycles(tale)
    tale.estimate("Warehouse, all shifts", 85, active=False)
    hold_gates(tale)
    tale.days_ago(2)
    tale.answer_topics("GR", "CU", "SA", by="luis", CU_01=["timing", "stand_ins"])
    tale.answer_topics("UA", "PF", by="marta", UA_03="64", UA_10="no", PF_01="no", PF_12="")
    pending = {"pending_what": "Returns from shops", "pending_owner": "Erik Halden"}
    pending["pending_due"] = (clock.today + timedelta(days=12)).isoformat()
    tale.answer_topics("SC", by="jonas", SC_02={"value": "partly", **pending})


def in_the_inbox(clock: Clock, crew: Crew) -> None:
    """Submitted yesterday; nobody has taken it and the promise runs."""
    clock.set_back(150)
    tale = prepared(brightwater(clock, crew, "Brightwater Retail", "microsoft_managed"), 48, 110)
    tale.days_ago(8)
    tale.answer_all(UA_10=pending_sign_off(clock), PF_12="92")
    tale.days_ago(1)
    tale.submit()


def in_mitigation(clock: Clock, crew: Crew) -> None:
    """The report is delivered; one plan was returned, one waits for the reviewer."""
    clock.set_back(160)
    tale = prepared(halden(clock, crew, "Halden Dairy", "self_service"), 41, 100)
    tale.days_ago(14)
    tale.answer_all(CU_01=["timing", "owners", "stand_ins"], UA_10=pending_sign_off(clock), PF_12="71")
    tale.submit()
    tale.days_ago(12)
    tale.take("imke")
    tale.act(add_finding, tale.review, by="imke", **MILK_TRUCKS)
    tale.decide_drafts(dismissed={}, by="imke")
    tale.days_ago(10)
    tale.deliver("imke")
    cutover, slow = tale.findings(question="CU-01", severity="high")[0], tale.findings(question="PF-12")[0]
    ask_twice(tale, cutover, slow)


def ask_twice(tale: Tale, cutover: Any, slow: Any) -> None:
    until, due = tale.clock.today + timedelta(days=6), tale.clock.today + timedelta(days=20)
    tale.act(request_mitigation, cutover, by="imke", ask="Who does what in the window, and for how long?", until=until)
    tale.act(request_mitigation, slow, by="imke", ask="Which targets are missed, and what is changed?", until=until)
    tale.days_ago(6)
    plan = {"what": "The workstream leads time their tasks.", "owner": "Luis Serra", "due_on": due}
    tale.act(submit_plan, cutover, by="marta", **plan)
    tale.days_ago(4)
    tale.act(return_plan, cutover, by="imke", reply="Timing is covered; owners and stand-ins are not.", until=until)
    plan = {"what": "Two slow reports are rewritten, then the peak test is run again.", "owner": "Luis Serra"}
    tale.days_ago(1)
    tale.act(submit_plan, slow, by="luis", due_on=due, **plan)


def ready_with_conditions(clock: Clock, crew: Crew) -> None:
    """Signed off with a condition; Configure is open."""
    clock.set_back(170)
    tale = prepared(brightwater(clock, crew, "Brightwater Grain", "self_service"), 33, 105)
    reviewed(tale, days_ago=18, UA_10=pending_sign_off(clock))
    if available():
        return
    tale.days_ago(2)
    tale.sign_off_review("imke")


def held_early(clock: Clock, crew: Crew) -> None:
    """Requested before its review is passed: queued, and held until it is."""
    clock.set_back(140)
    tale = prepared(halden(clock, crew, "Halden Logistics", "microsoft_managed"), 44, 90)
    tale.days_ago(5)
    tale.answer_all(PF_12="88")
    tale.submit()
    tale.days_ago(3)
    tale.take("nadia")
    tale.days_ago(2)
    tale.configure(**PRODUCTION, administrator="services@halden.example")
    tale.act(sign_off_request, tale.project, confirmed_early=True)


def deployed(clock: Clock, crew: Crew) -> None:
    """Signed off as ready, requested, and deployed by an engineer."""
    clock.set_back(180)
    tale = prepared(brightwater(clock, crew, "Brightwater Bakery", "microsoft_managed"), 16, 120)
    reviewed(tale, days_ago=25)
    if available():
        return
    tale.days_ago(12)
    tale.sign_off_review("imke")
    tale.configure(**PRODUCTION, administrator="services@brightwater.example")
    service = tale.act(sign_off_request, tale.project).service_request
    tale.days_ago(11)
    tale.act(start_service_request, service, by="henrik")
    tale.act(comment_on_request, service, by="henrik", text="Which three hours of the day are the busiest?")
    tale.act(comment_on_request, service, by="tomas", text="From 03:00 to 06:00, when the vans are loaded.")
    tale.days_ago(10)
    tale.act(deploy_request, service, by="henrik")
    clock.tick(35)
    tale.act(finish_deployment, service, by="henrik")


def prepared(tale: Tale, go_live_in: int, onboarded: int, phases: tuple[str, ...] = PHASES) -> Tale:
    """Onboarded that many days ago; then phase by phase, three weeks apart."""
    tale.days_ago(onboarded + 3)
    tale.plan(go_live_in=go_live_in)
    tale.onboard("One set of books, and no paper between the sites.", 120)
    for place, key in enumerate(phases):
        tale.days_ago(onboarded - 21 * (place + 1))
        if key == "design_develop":
            tale.sandbox("Acceptance")
        if key == "test":
            tale.estimate("Full roll-out", 120)
        tale.phase(key)
    tale.act(check_roster, tale.project)
    return tale


def reviewed(tale: Tale, *, days_ago: int, **different: Any) -> None:
    """Submitted that long ago, taken, reported; each high finding has an accepted plan."""
    tale.days_ago(days_ago)
    tale.answer_all(**different)
    tale.submit()
    tale.days_ago(days_ago - 2)
    tale.take("imke")
    tale.act(add_finding, tale.review, by="imke", **REHEARSAL)
    tale.decide_drafts(dismissed={}, by="imke")
    tale.deliver("imke")
    due = tale.clock.today + timedelta(days=9)
    for finding in tale.findings(severity="high"):
        tale.act(request_mitigation, finding, by="imke", ask="Who signs, and on which day?")
        tale.days_ago(days_ago - 6)
        plan: dict[str, Any] = {
            "what": "The last two cases are run and signed.",
            "owner": tale.owner.name,
            "due_on": due,
        }
        tale.act(submit_plan, finding, **plan)
        tale.act(accept_plan, finding, by="imke", reply="Good: we look at it again before go-live.")


def pending_sign_off(clock: Clock) -> dict[str, str]:
    due = (clock.today + timedelta(days=9)).isoformat()
    words = {"pending_what": "Two cases of the night shift", "pending_owner": "The test lead", "pending_due": due}
    return {"value": "partly", **words}


PRODUCTION = {"data_centre": "North Europe", "topology": "standard", "version": "10.0.42"}
MILK_TRUCKS = {
    "kind": "risk",
    "severity": "medium",
    "topic": "CU",
    "question": "",
    "title": "The morning collection overlaps the cutover window",
    "detail": "Trucks leave at 04:00; the window ends at 05:00.",
    "mitigation": "End the window earlier, or run the first tour on paper.",
    "owner": "cutover_lead",
}
REHEARSAL = {
    "kind": "best_practice",
    "severity": "",
    "topic": "CU",
    "question": "",
    "title": "Rehearse the cutover once more with the people who will do it",
    "detail": "The second rehearsal usually takes half the time of the first.",
    "mitigation": "Put it into the plan two weeks before go-live.",
    "owner": "cutover_lead",
}
STORIES: tuple[Callable[[Clock, Crew], None], ...] = (
    just_begun,
    analysis_running,
    test_phase,
    in_the_inbox,
    in_mitigation,
    ready_with_conditions,
    held_early,
    deployed,
)


def is_empty() -> bool:
    return not Project.objects.exists()

"""Any acts in any order, by whoever may do them: what invariants.py lists is true after every one of them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from golive.core.decision import Refused, Stale
from golive.outbox.drain import drain
from projects.checklist.actions.answering import save_answer
from projects.checklist.actions.rounds import reopen_checklist, submit_checklist, withdraw_submission
from projects.checklist.models.answers import Answer
from projects.checklist.models.submission import Submission
from projects.checklist.rules.answers import read_answer
from projects.checklist.rules.catalogue import catalogue
from projects.methodology.actions.phases import complete_phase, reopen_phase
from projects.methodology.actions.steps import mark_step, undo_step
from projects.plan.actions.milestones import set_milestones
from projects.production.actions import requesting, serving
from projects.production.actions.clearing import activate_estimate, add_estimate, deactivate_estimate
from projects.production.models.clearance import Estimate
from projects.production.models.request import ServiceRequest
from reviews.assessment.actions import mitigating, reviewing
from reviews.assessment.models import Finding, Review
from reviews.conclusion.actions import conclude_review, reconfirm_review
from reviews.conclusion.queries import seal_of
from reviews.report.actions import deliver_report
from tests.builders_projects import Cast, complete_gate_phases, fill_checklist, make_project, onboard, plan_dates
from tests.deep.invariants import GATE_PHASES, broken, ready_to_deploy
from tests.races.stages import MANAGED, SELF_SERVICE, VALUES, WORDS, concluded, reported, signed_off, submitted, taken
from tests.scale import DEEP, times

FAR = timedelta(minutes=40)  # beyond the promised end of a self-service deployment
AHEAD = timedelta(minutes=5)  # of the real clock, by which hearers stamp: time never runs backwards here
GOOD = {"GR-01": None, "CU-01": ["none"], "SC-02": "yes", "UA-10": "yes", "PF-12": "90"}
OTHER = {"GR-01": None, "CU-01": ["none"], "SC-02": "no", "UA-10": "no", "PF-12": "70"}
STEPS = ("A02", "A05", "D01", "D04", "D17", "T03", "T14", "T15")
NEXT = {  # what a reviewer or the team does next with a finding
    "open_finding": {},
    "dismiss_finding": {"because": "Not so."},
    "request_mitigation": {},
    "accept_plan": {},
    "return_plan": {"reply": "Say who."},
    "confirm_done": {},
}


def begun(infrastructure: str) -> Cast:
    cast = make_project(infrastructure=infrastructure)
    plan_dates(cast)
    onboard(cast)
    return cast


def answered(infrastructure: str) -> Cast:
    cast = begun(infrastructure)
    complete_gate_phases(cast)
    fill_checklist(cast)
    return cast


def walked(*acts: Callable[[Cast], Any]) -> Callable[[str], Cast]:
    def walk(infrastructure: str) -> Cast:
        cast = submitted(infrastructure)
        for act in acts:
            act(cast)
        return cast

    return walk


STARTS = [begun, answered, walked(), walked(taken), walked(reported), walked(concluded), walked(concluded, signed_off)]


class Journey(RuleBasedStateMachine):
    """One project. Each rule calls the action of a door; being refused is an answer, anything else a fault."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize(infrastructure=st.sampled_from([MANAGED, SELF_SERVICE]), start=st.sampled_from(STARTS))
    def begin(self, infrastructure, start):
        self.cast = start(infrastructure)
        self.project = self.cast.project
        self.now = timezone.now() + AHEAD

    def attempt(self, act: Callable, *args: Any, **words: Any) -> bool:
        self.now += timedelta(seconds=1)
        try:
            act(*args, at=self.now, **words)
        except (Refused, Stale):
            return False
        return True

    def review(self) -> Review | None:
        return Review.objects.filter(project=self.project).order_by("pk").last()

    def finding(self, place: int) -> Finding | None:
        review = self.review()
        found = list(review.findings.order_by("number")) if review else []
        return found[place % len(found)] if found else None

    # --- the team
    @rule(key=st.sampled_from(sorted(GOOD)), good=st.booleans())
    def answer(self, key, good):
        raw = (GOOD if good else OTHER)[key] or timezone.localdate().isoformat()
        content = read_answer(catalogue().question(key), {"value": raw}, today=timezone.localdate())
        row = Answer.objects.filter(checklist__project=self.project, question=key).first()
        revision = row.revision if row else 0
        self.attempt(save_answer, self.project, key, content, revision=revision, by=self.cast.member)

    @rule()
    def submit(self):
        self.attempt(submit_checklist, self.project, by=self.cast.owner)

    @rule()
    def withdraw(self):
        self.attempt(withdraw_submission, self.project, by=self.cast.owner, because="Too early.")

    @rule()
    def reopen(self):
        self.attempt(reopen_checklist, self.project, by=self.cast.owner, because="More to say.")

    @rule(key=st.sampled_from(STEPS), done=st.booleans())
    def step(self, key, done):
        self.attempt(mark_step if done else undo_step, self.project, key, by=self.cast.member)

    @rule(key=st.sampled_from(GATE_PHASES))
    def complete(self, key):
        self.attempt(complete_phase, self.project, key, by=self.cast.owner)

    @rule(key=st.sampled_from(GATE_PHASES))
    def reopen_a_phase(self, key):
        self.attempt(reopen_phase, self.project, key, by=self.cast.owner, because="Not done after all.")

    @rule(days=st.sampled_from([30, 60, 90, 120]))
    def move_go_live(self, days):
        day = timezone.localdate() + timedelta(days=days)
        self.attempt(set_milestones, self.project, {"go_live": day}, by=self.cast.owner)

    @rule(active=st.booleans())
    def estimate(self, active):
        row = Estimate.objects.filter(project=self.project).last()
        if row is None:
            self.attempt(add_estimate, self.project, name="New", user_count=9, by=self.cast.owner)
        else:
            self.attempt(activate_estimate if active else deactivate_estimate, row, by=self.cast.owner)

    @rule()
    def configure(self):
        self.attempt(requesting.configure_production, self.project, VALUES, by=self.cast.owner)

    @rule(early=st.booleans())
    def sign_off(self, early):
        self.attempt(requesting.sign_off_request, self.project, by=self.cast.owner, confirmed_early=early)

    @rule()
    def clear(self):
        self.attempt(requesting.clear_sign_off, self.project, by=self.cast.owner)

    @rule()
    def withdraw_request(self):
        self.attempt(requesting.withdraw_request, self.project, by=self.cast.owner)

    @rule(place=st.integers(0, 9))
    def plan(self, place):
        if row := self.finding(place):
            day = timezone.localdate()
            plan = {"what": "We do it.", "owner": "Jonas", "due_on": day}
            self.attempt(mitigating.submit_plan, row, by=self.cast.partner_member, **plan)

    @rule(place=st.integers(0, 9))
    def accept_risk(self, place):
        if row := self.finding(place):
            until = timezone.localdate() + timedelta(days=90)
            self.attempt(mitigating.accept_risk, row, because="We know.", until=until, by=self.cast.owner)

    # --- the reviewers
    @rule()
    def take(self):
        if row := Submission.objects.filter(project=self.project).order_by("pk").last():
            self.attempt(reviewing.take_submission, row, by=self.cast.architect)

    @rule()
    def give_up(self):
        if row := self.review():
            self.attempt(reviewing.withdraw_review, row, by=self.cast.lead)

    @rule(severity=st.sampled_from(["critical", "high", "low"]))
    def find(self, severity):
        if row := self.review():
            self.attempt(mitigating.add_finding, row, by=self.cast.architect, **WORDS | {"severity": severity})

    @rule(place=st.integers(0, 9), verb=st.sampled_from(sorted(NEXT)))
    def move_finding(self, place, verb):
        if row := self.finding(place):
            self.attempt(getattr(mitigating, verb), row, by=self.cast.architect, **NEXT[verb])

    @rule()
    def deliver(self):
        if row := self.review():
            self.attempt(deliver_report, row, by=self.cast.architect)

    @rule(passed=st.booleans(), seen=st.booleans())
    def conclude(self, passed, seen):
        if row := self.review():
            known = seal_of(row).review_hash if seen else "0" * 64
            done = self.attempt(conclude_review, row, seen=known, passed=passed, by=self.cast.architect)
            assert seen or not done

    @rule()
    def reconfirm(self):
        if row := self.review():
            self.attempt(reconfirm_review, row, seen=seal_of(row).review_hash, by=self.cast.architect)

    # --- the engineers, and the system
    @rule(verb=st.sampled_from(["deploy_request", "retry_deployment"]))
    def deploy(self, verb):
        if row := ServiceRequest.objects.filter(project=self.project).order_by("pk").last():
            ready = ready_to_deploy(self.project)
            done = self.attempt(getattr(serving, verb), row, by=self.cast.engineer)
            assert ready or not done

    @rule(well=st.booleans())
    def finish(self, well):
        if row := ServiceRequest.objects.filter(project=self.project).order_by("pk").last():
            if well:
                self.attempt(serving.finish_deployment, row, by=self.cast.engineer)
            else:
                self.attempt(serving.fail_deployment, row, by=self.cast.engineer, because="No room.")

    @rule()
    def deny(self):
        if row := ServiceRequest.objects.filter(project=self.project).order_by("pk").last():
            self.attempt(serving.deny_request, row, by=self.cast.engineer, because="Elsewhere.")

    @rule()
    def work_is_done(self):
        drain(now=self.now)

    @rule()
    def time_passes(self):
        self.now += FAR
        drain(now=self.now)

    # --- as it usually goes, so that late states are reached often
    @rule()
    def the_review_goes_well(self):
        self.submit()
        self.take()
        for place in range(len(Finding.objects.filter(review=self.review()))):
            self.move_finding(place, "open_finding")
        self.deliver()
        self.work_is_done()
        for place in range(len(Finding.objects.filter(review=self.review()))):
            self.move_finding(place, "request_mitigation")
            self.plan(place)
            self.move_finding(place, "accept_plan")
        self.conclude(passed=True, seen=True)
        self.reconfirm()

    @rule()
    def the_request_goes_well(self):
        self.configure()
        self.sign_off(early=True)
        self.deploy("deploy_request")

    @invariant()
    def nothing_is_broken(self):
        if hasattr(self, "cast"):
            assert broken(self.cast) == []


@pytest.mark.django_db
def test_nothing_breaks_whatever_is_done_in_whatever_order(settings):
    settings.OUTBOX_HANDLERS = "tests.deep.hearers.HANDLERS"
    settings.REDIS_URL = ""

    run_state_machine_as_test(Journey, settings=HOW)


HOW = settings(
    max_examples=times(80),
    stateful_step_count=50 if DEEP else 25,
    deadline=None,
    derandomize=not DEEP,  # make deep looks elsewhere each time; the suite says the same every time
    suppress_health_check=list(HealthCheck),
)

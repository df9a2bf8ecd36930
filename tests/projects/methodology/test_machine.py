"""Any acts on steps and phases in any order, facts changing and the system ticking: never an illegal state.

Beside the database stands a tiny model of our own, which knows the methodology as plain sets and asks no rule.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from golive.core.decision import Refused
from projects.methodology.actions.phases import complete_phase, reopen_phase
from projects.methodology.actions.steps import cease, mark_step, tick, undo_step
from projects.methodology.models.course import Phase, PhaseReopening, Step
from projects.methodology.rules.catalogue import LATEST, methodology
from projects.plan.actions.onboarding import save_onboarding
from projects.portfolio.models.standing import ProjectFacts, ProjectStanding
from tests.builders_projects import make_project
from tests.scale import DEEP, times

TEXTS = {step.id: step for step in methodology().steps}
PHASES = [phase.id for phase in methodology().phases]
AT_WILL = {"D02", "T11", "P01", "P03", "P04"}
TICKED = sorted({step.auto for step in TEXTS.values() if step.auto})
FACTS = ("has_customizations", "has_isv", "has_integrations", "has_dual_write", "has_database_copy")


def is_asked(key, facts):
    """The conditions of the supplied version, said once more."""
    several = None if facts["products"] is None else len(facts["products"]) > 1
    customized, packages = (facts["has_customizations"],), (facts["has_customizations"], facts["has_isv"])
    integrated = (facts["has_integrations"], facts["has_dual_write"], facts["has_isv"], several)
    reads = {
        **dict.fromkeys(("D03", "D05", "D12", "T08"), customized),
        **dict.fromkeys(("D11", "P07"), packages),
        **dict.fromkeys(("D06", "T01"), integrated),
        "P08": (facts["has_database_copy"],),
        "P02": (False,),
    }.get(key, (True,))
    return None in reads or any(reads)


class Course(RuleBasedStateMachine):
    """One project on all seventy steps. Being refused is an answer; the model says when it is the right one."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize()
    def begin(self):
        self.cast = make_project(methodology=LATEST)
        self.project, self.now = self.cast.project, timezone.now()
        self.facts = dict.fromkeys(FACTS) | {"products": None}
        self.done: set[str] = set()
        self.ceased: set[str] = set()
        self.by_hand: set[str] = set()
        self.complete: set[str] = set()
        self.reopened = 0

    # --- the model
    @property
    def without_gate(self):
        return self.facts["products"] == ["ce"]

    def asked(self, key):
        return is_asked(key, self.facts) and not (self.without_gate and key == "P07")

    def required(self, key):
        return TEXTS[key].required and not (self.without_gate and key in AT_WILL | {"P05"})

    def auto(self, key):
        return "" if self.without_gate and key in AT_WILL | {"P05"} else TEXTS[key].auto

    def counts(self, key):
        return key in self.done or not self.asked(key) or (self.without_gate and key == "P05")

    def is_open(self, key):
        return TEXTS[key].phase not in self.complete

    def by_people(self, key):
        return self.asked(key) and not self.auto(key) and not (self.without_gate and key == "P05") and self.is_open(key)

    def attempt(self, act, *args, **words):
        self.now += timedelta(seconds=1)
        try:
            act(self.project, *args, at=self.now, **words)
        except Refused:
            return False
        return True

    # --- the acts
    @rule(key=st.sampled_from(sorted(TEXTS)))
    def mark(self, key):
        right = self.by_people(key) and key not in self.done and all(self.counts(k) for k in TEXTS[key].requires)
        assert self.attempt(mark_step, key, by=self.cast.member) is right, key
        if right:
            self.done.add(key)
            self.by_hand.add(key)

    @rule(phase=st.sampled_from(PHASES))
    def mark_all(self, phase):
        """Else hardly a run would come to a complete phase."""
        for text in methodology().phase(phase).steps:
            if text.auto:
                self.system(text.auto, True)
            self.mark(text.id)

    @rule(key=st.sampled_from(sorted(TEXTS)))
    def undo(self, key):
        right = self.by_people(key) and key in self.done
        assert self.attempt(undo_step, key, by=self.cast.member) is right, key
        if right:
            for known in (self.done, self.by_hand, self.ceased):
                known.discard(key)

    @rule(key=st.sampled_from(PHASES))
    def finish(self, key):
        steps = [text.id for text in methodology().phase(key).steps]
        earlier = set(PHASES[: PHASES.index(key)])
        right = key not in self.complete and earlier <= self.complete
        right = right and all(self.counts(k) or not self.required(k) for k in steps)
        assert self.attempt(complete_phase, key, by=self.cast.owner) is right, key
        if right:
            self.complete.add(key)

    @rule(key=st.sampled_from(PHASES))
    def reopen(self, key):
        right = key in self.complete
        assert self.attempt(reopen_phase, key, by=self.cast.owner, because="It changed.") is right
        self.reopened += right
        self.complete.discard(key)

    @rule(
        name=st.sampled_from([*FACTS, "products"]),
        truth=st.sampled_from([None, True, False]),
        products=st.sampled_from([["fo"], ["ce"], ["ce", "fo"]]),
    )
    def learn(self, name, truth, products):
        was = {key for key in TEXTS if self.auto(key)}
        self.facts[name] = products if name == "products" else truth
        save_onboarding(self.project, by=self.cast.owner, at=self.now, **{name: self.facts[name]})
        again = {key for key in TEXTS if self.auto(key)} - was
        self.ceased |= again & self.done & self.by_hand

    @rule(event=st.sampled_from(TICKED), holds=st.booleans())
    def system(self, event, holds):
        (tick if holds else cease)(self.project, event, at=self.now)
        for key in (key for key in TEXTS if self.auto(key) == event):
            if holds:
                self.done.add(key)
                self.ceased.discard(key)
            elif key in self.done:
                self.ceased.add(key)

    # --- what is true after each of them
    @invariant()
    def rows_say_what_the_model_says(self):
        steps = list(Step.objects.filter(project=self.project))
        assert {s.key for s in steps if s.state == "done"} == self.done
        assert {s.key for s in steps if s.ceased_at} == self.ceased
        assert {s.key for s in steps if s.applies} == {key for key in TEXTS if self.asked(key)}
        assert {s.key for s in steps if s.required} == {key for key in TEXTS if self.required(key)}
        assert {s.key: s.auto for s in steps if self.asked(s.key)} == {
            key: self.auto(key) for key in TEXTS if self.asked(key)
        }

    @invariant()
    def phases_and_what_is_kept_of_them_agree(self):
        phases = {p.key: p for p in Phase.objects.filter(project=self.project)}
        gate = [key for key in PHASES[:3] if key not in self.complete]
        current = next((key for key in PHASES if key not in self.complete), PHASES[-1])

        assert {key for key, p in phases.items() if p.state == "complete"} == self.complete
        assert ProjectFacts.objects.get(project=self.project).open_gate_phases == gate
        assert ProjectStanding.objects.get(project=self.project).phase == current
        assert PhaseReopening.objects.filter(phase__project=self.project).count() == self.reopened

    @invariant()
    def every_mark_is_stamped(self):
        for step in Step.objects.filter(project=self.project):
            assert (step.state == "done") == (step.done_at is not None)
            assert step.done_by_id is None or step.state == "done"
            assert (step.done_by_id is not None) == (step.key in self.by_hand)


@pytest.mark.django_db
def test_no_order_of_acts_reaches_an_illegal_state():
    run_state_machine_as_test(
        Course,
        settings=settings(
            max_examples=times(50),
            stateful_step_count=40 if DEEP else 25,
            deadline=None,
            derandomize=not DEEP,
            suppress_health_check=list(HealthCheck),
        ),
    )

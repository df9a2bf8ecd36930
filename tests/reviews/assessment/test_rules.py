"""What holds a review, what the outcome is, and who may do what: over plain facts."""

from dataclasses import replace

import pytest

from projects.portfolio.rules.onlooker import Onlooker
from reviews.assessment.rules.facts import FindingFacts, ReviewFacts, overall_advice, what_holds
from reviews.assessment.rules.findings import may_add_finding, may_move_finding
from reviews.assessment.rules.review import may_assign, may_conclude, may_deliver_report, may_reconfirm

ARCHITECT = Onlooker(id=1, organisation=9, staff=frozenset({"architect"}))
LEAD = Onlooker(id=2, organisation=9, staff=frozenset({"lead"}))
FACTS = ReviewFacts("HALD-7Q2", "active", "report_delivered", reviewer=1, report_stored=True, report_ordered=True)


def finding(severity: str, state: str, label: str = "R-01") -> FindingFacts:
    return FindingFacts(label, "risk", severity, state)


@pytest.mark.parametrize(
    ("severity", "state", "advice"),
    [
        ("critical", "open", "not_ready"),
        ("critical", "mitigation_requested", "not_ready"),
        ("critical", "plan_submitted", "not_ready"),
        ("critical", "plan_accepted", "not_ready"),
        ("critical", "mitigated", "ready"),
        ("critical", "accepted_by_customer", "ready"),
        ("critical", "dismissed", "ready"),
        ("high", "open", "not_ready"),
        ("high", "mitigation_requested", "not_ready"),
        ("high", "plan_submitted", "not_ready"),
        ("high", "plan_accepted", "ready_with_conditions"),
        ("high", "mitigated", "ready"),
        ("high", "accepted_by_customer", "ready"),
        ("medium", "open", "ready"),
        ("low", "open", "ready"),
    ],
)
def test_the_outcome_follows_from_one_finding(severity, state, advice):
    rows = (finding(severity, state),)

    assert overall_advice(rows) == advice
    assert bool(what_holds(rows)) == (advice == "not_ready")


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        ({"findings": (finding("critical", "open"),)}, ["critical_open"]),
        ({"findings": (finding("high", "plan_submitted"),)}, ["high_open"]),
        ({"findings": (finding("low", "draft"),)}, ["drafts_undecided"]),
        ({"report_stored": False}, ["report_pending"]),
        ({"report_stored": False, "report_ordered": False}, ["no_report"]),
        ({"has_go_live": False}, ["no_go_live"]),
        ({"project_state": "paused"}, ["project_not_active"]),
        ({"state": "concluded"}, ["review_concluded"]),
        ({"state": "withdrawn"}, ["review_withdrawn"]),
    ],
)
def test_what_stands_before_a_passed_sign_off(changed, codes):
    assert may_conclude(ARCHITECT, replace(FACTS, **changed), passed=True).codes == codes


@pytest.mark.parametrize(
    ("person", "codes"),
    [
        (ARCHITECT, []),
        (LEAD, []),
        (replace(ARCHITECT, id=3), ["not_holder"]),
        (replace(ARCHITECT, id=4), ["not_holder", "contributor"]),
        (replace(LEAD, organisation=7), ["of_the_project"]),
        (replace(LEAD, side="partner"), ["of_the_project"]),
        (Onlooker(id=5, side="customer", access="owner", stakeholder=True, organisation=7),
         ["not_reviewer", "not_holder", "of_the_project"]),
    ],
)  # fmt: skip
def test_who_signs_off(person, codes):
    facts = replace(FACTS, contributors=frozenset({4}), sides=frozenset({7}))

    assert may_conclude(person, facts, passed=True).codes == codes
    assert may_conclude(person, facts, passed=False).codes == codes
    assert may_reconfirm(person, replace(facts, state="suspended")).codes == codes


def test_the_wrong_person_is_not_told_which_drafts_there_are():
    facts = replace(FACTS, state="in_review", findings=(finding("critical", "draft"),))
    partner = Onlooker(id=5, side="partner", access="owner")

    told = [*may_conclude(partner, facts, passed=True).reasons, *may_deliver_report(partner, facts).reasons]

    assert not any("R-01" in reason.text for reason in told)


def test_not_ready_may_be_given_at_any_time_while_the_review_runs():
    facts = replace(FACTS, state="in_review", findings=(finding("critical", "draft"),), report_stored=False)

    assert may_conclude(ARCHITECT, facts, passed=False)


def test_not_ready_ends_the_review_and_nothing_is_added_to_it():
    ended = replace(FACTS, state="concluded", outcome="not_ready")

    assert may_add_finding(ARCHITECT, ended).codes == ["review_over"]
    assert may_add_finding(ARCHITECT, replace(ended, outcome="ready"))


def test_a_report_waits_for_every_draft():
    facts = replace(FACTS, state="in_review", findings=(finding("low", "draft"),))

    assert may_deliver_report(ARCHITECT, facts).codes == ["drafts_undecided"]


def test_mitigation_is_asked_for_after_the_first_report():
    facts = replace(FACTS, state="in_review", report_ordered=False)
    row = finding("high", "open")

    assert may_move_finding(ARCHITECT, facts, row, to="mitigation_requested").codes == ["no_report_yet"]
    assert may_move_finding(ARCHITECT, replace(facts, report_ordered=True), row, to="mitigation_requested")


def test_findings_of_a_suspended_review_can_be_worked_through():
    suspended = replace(FACTS, state="suspended")

    assert may_move_finding(ARCHITECT, suspended, finding("high", "draft"), to="open")
    assert may_conclude(ARCHITECT, suspended, passed=True).codes == ["review_suspended"]


def test_a_lead_gives_the_review_to_a_reviewer_from_outside():
    assert may_assign(ARCHITECT, FACTS).codes == ["not_lead"]
    assert may_assign(LEAD, FACTS, to=ARCHITECT)
    assert may_assign(LEAD, FACTS, to=Onlooker(id=8)).codes == ["not_assignable"]
    assert may_assign(LEAD, replace(FACTS, sides=frozenset({9})), to=ARCHITECT).codes == ["not_assignable"]

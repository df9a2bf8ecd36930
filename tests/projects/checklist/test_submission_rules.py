"""Who may answer, submit, withdraw and reopen: pure rules, no database."""

from dataclasses import replace

import pytest

from projects.checklist.rules.submission import (
    RoundFacts,
    may_answer,
    may_be_named,
    may_reopen,
    may_submit,
    may_withdraw,
)
from projects.portfolio.rules.onlooker import Onlooker

MANAGER = Onlooker(1, side="customer", access="member", job="project_manager")
MEMBER = Onlooker(2, side="partner", access="member", job="test_lead")
VIEWER = Onlooker(3, side="customer", access="viewer", job="project_manager")
ARCHITECT = Onlooker(4, staff=frozenset({"architect"}))
READY = RoundFacts(
    project_key="HALD-7Q2", project_state="active", completed_by=2, customer_stakeholders=1, partner_stakeholders=1
)
SENT = replace(READY, round_state="submitted", submitted_on="20 Nov 2026, 10:00")


def test_members_answer_while_the_round_is_a_draft():
    assert may_answer(MEMBER, READY).codes == []
    assert may_answer(MEMBER, SENT).codes == ["submitted"]
    assert may_answer(VIEWER, READY).codes == ["not_of_team"]
    assert may_answer(ARCHITECT, READY).codes == ["not_of_team"]
    assert may_answer(MEMBER, replace(READY, project_state="paused")).codes == ["project_not_active"]


def test_the_project_manager_and_who_completed_it_submit():
    nobody_named = replace(READY, completed_by=99)

    assert may_submit(MANAGER, READY).codes == []
    assert may_submit(MEMBER, READY).codes == []
    assert may_submit(MEMBER, nobody_named).codes == ["not_sender"]
    assert may_submit(VIEWER, READY).codes == ["not_of_team"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"completed_by": None}, "no_completed_by"),
        ({"header_lacks": ("its functional areas",)}, "header_incomplete"),
        ({"go_live_set": False}, "no_go_live"),
        ({"licences_said": False}, "no_licences"),
        ({"partner_said": False}, "no_partner"),
        ({"unanswered": ("GR-01",)}, "unanswered"),
        ({"incomplete": ("SC-02",)}, "incomplete"),
        ({"customer_stakeholders": 0}, "no_customer_stakeholder"),
        ({"partner_stakeholders": 0}, "no_partner_stakeholder"),
        ({"project_state": "closed"}, "project_not_active"),
        ({"round_state": "submitted"}, "submitted"),
    ],
)
def test_each_missing_thing_is_named(change, code):
    decision = may_submit(MANAGER, replace(READY, **change))

    assert (decision.codes, decision.status) == ([code], 409)


def test_without_a_partner_no_stakeholder_of_one_is_asked_for():
    assert may_submit(MANAGER, replace(READY, has_partner=False, partner_stakeholders=0)).codes == []


def test_an_unanswered_question_is_where_its_cure_leads():
    reason = may_submit(MANAGER, replace(READY, unanswered=("CU-01", "SC-02"))).reasons[0]

    assert (reason.cure.name, reason.cure.fragment) == ("checklist", "CU-01")
    assert "2 questions" in reason.text


def test_a_submission_is_withdrawn_until_a_review_has_taken_it_and_reopened_even_then():
    taken = replace(SENT, taken=True)

    assert may_withdraw(MANAGER, SENT).codes == []
    assert may_withdraw(MANAGER, taken).codes == ["taken"]
    assert may_withdraw(MANAGER, READY).codes == ["not_submitted"]
    assert may_reopen(MANAGER, taken).codes == []
    assert may_reopen(MANAGER, READY).codes == ["not_submitted"]
    assert may_reopen(Onlooker(9, access="member"), SENT).codes == ["not_sender"]


def test_only_the_team_can_be_named():
    assert may_be_named(MEMBER, key="HALD-7Q2").codes == []
    assert may_be_named(VIEWER, key="HALD-7Q2").codes == ["named_not_of_team"]

"""What a standing's row means: whose turn it is, where the project stands, how bad it looks."""

from dataclasses import replace

import pytest

from projects.portfolio.rules.standing import StandingFacts, station, waits_for, worst_risk
from projects.portfolio.states import Risk, Station

DRAFT = StandingFacts(
    project_state="active",
    has_go_live=True,
    checklist_state="draft",
    review_state="",
    turn="",
    clearance_state="",
    request_state="",
    predicted_risk=Risk.HIGH,
    found_risk=Risk.NONE,
)
SENT = replace(DRAFT, checklist_state="submitted")


@pytest.mark.parametrize(
    ("facts", "whose"),
    [
        (DRAFT, "team"),
        (SENT, "reviewers"),
        (replace(SENT, review_state="in_review", turn="reviewers"), "reviewers"),
        (replace(SENT, review_state="report_delivered", turn="reviewers"), "reviewers"),
        (replace(SENT, review_state="mitigation", turn="team"), "team"),
        (replace(SENT, review_state="concluded", clearance_state="stands"), "team"),
        (replace(SENT, review_state="concluded", clearance_state="stands", request_state="queued"), "engineers"),
        (replace(SENT, review_state="in_review", turn="reviewers", request_state="queued"), "reviewers"),
        (replace(SENT, clearance_state="stands", request_state="deploying"), "engineers"),
        (replace(SENT, clearance_state="stands", request_state="done"), "nobody"),
        (replace(DRAFT, project_state="paused"), "nobody"),
    ],
)
def test_somebody_is_waited_for(facts, whose):
    assert waits_for(facts) == whose


@pytest.mark.parametrize(
    ("facts", "stands_at"),
    [
        (replace(DRAFT, has_go_live=False), Station.DATE),
        (DRAFT, Station.CHECKLIST),
        (SENT, Station.REVIEW),
        (replace(SENT, review_state="concluded", clearance_state="stands"), Station.REQUEST),
        (replace(SENT, request_state="queued"), Station.REQUEST),
        (replace(SENT, request_state="done"), Station.PACKAGES),
    ],
)
def test_a_project_stands_at_the_first_station_not_behind_it(facts, stands_at):
    assert station(facts) == stands_at


def test_what_reviewers_found_counts_once_they_looked():
    assert worst_risk(DRAFT) == Risk.HIGH
    assert worst_risk(replace(SENT, review_state="in_review", found_risk=Risk.LOW)) == Risk.LOW

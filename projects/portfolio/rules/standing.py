"""What follows from the standing of a project."""

from dataclasses import dataclass

from projects.portfolio.states import ProjectState, Risk, Station


@dataclass(frozen=True)
class StandingFacts:
    """The columns of a standing that its derived columns are computed from."""

    project_state: str
    has_go_live: bool
    checklist_state: str
    review_state: str
    turn: str
    clearance_state: str
    request_state: str
    predicted_risk: int
    found_risk: int


def is_over(facts: StandingFacts) -> bool:
    """What is closed or graduated has no go-live ahead: lists show it last, and no month counts it."""
    return facts.project_state in {ProjectState.CLOSED, ProjectState.GRADUATED}


def worst_risk(facts: StandingFacts) -> int:
    """Once reviewers have looked, what they found counts; before, what the answers predict."""
    return Risk(facts.found_risk if facts.review_state else facts.predicted_risk)


def station(facts: StandingFacts) -> int:
    """The station a project stands at: the first of the nine that is not behind it."""
    if facts.request_state == "done":
        return Station.PACKAGES
    if facts.request_state in {"queued", "deploying", "failed"}:
        return Station.REQUEST
    if facts.clearance_state == "stands":
        return Station.REQUEST
    if facts.review_state or facts.checklist_state == "submitted":
        return Station.REVIEW
    return Station.CHECKLIST if facts.has_go_live else Station.DATE


def waits_for(facts: StandingFacts) -> str:
    """Whose turn it is: the team's, the reviewers', the engineers', or nobody's."""
    if facts.project_state != ProjectState.ACTIVE or facts.request_state == "done":
        return "nobody"
    if facts.request_state == "deploying":
        return "engineers"
    if facts.request_state == "queued" and facts.clearance_state == "stands":
        return "engineers"
    if facts.checklist_state == "submitted" and not facts.review_state:
        return "reviewers"
    return facts.turn or "team"

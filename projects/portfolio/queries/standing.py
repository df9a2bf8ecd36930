"""The two kept rows: what follows from a standing, and its proof."""

from collections.abc import Iterable
from typing import Any

from projects.portfolio.models.project import Project
from projects.portfolio.models.standing import ProjectFacts, ProjectStanding
from projects.portfolio.rules import (
    StandingFacts,
    station,
    waits_for,
    worst_risk,
)


def standing_facts(project: Project, row: ProjectStanding) -> StandingFacts:
    return StandingFacts(
        project_state=project.state,
        has_go_live=row.go_live_on is not None,
        checklist_state=row.checklist_state,
        review_state=row.review_state,
        turn=row.turn,
        clearance_state=row.clearance_state,
        request_state=row.request_state,
        predicted_risk=row.predicted_risk,
        found_risk=row.found_risk,
    )


def derived(project: Project, row: ProjectStanding) -> dict[str, Any]:
    facts = standing_facts(project, row)
    return {"worst_risk": worst_risk(facts), "station": station(facts), "waits_for": waits_for(facts)}


def false_derived(projects: Iterable[Project]) -> list[str]:
    """Standings whose derived columns are not what their own row says."""
    wrong = []
    for project in projects:
        for column, value in derived(project, project.standing).items():
            if getattr(project.standing, column) != value:
                wrong.append(f"{project.key}: standing.{column} is {getattr(project.standing, column)}, not {value}")
    return wrong


def facts_of(project: Project) -> ProjectFacts:
    return ProjectFacts.objects.get(project=project)

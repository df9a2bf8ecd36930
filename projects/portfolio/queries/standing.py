"""The two kept rows: what follows from a standing, and its proof."""

from collections.abc import Iterator
from typing import Any

from golive.core.folding import words_in
from projects.portfolio.models.project import Project
from projects.portfolio.models.standing import NO_DAY, ProjectFacts, ProjectStanding
from projects.portfolio.rules.standing import StandingFacts, is_over, station, waits_for, worst_risk


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


def columns_of(project: Project) -> dict[str, Any]:
    """What a standing repeats of its project."""
    return {
        "state": project.state,
        "archived": project.archived_at is not None,
        "infrastructure": project.infrastructure,
        "engagement_type": project.engagement_type,
        "customer_id": project.customer_id,
        "partner_id": project.partner_id,
        "architect_id": project.architect_id,
    }


def words_of(project: Project) -> list[str]:
    """The folded words a project is found by: its name, its key, and the names of its organisations."""
    partner = project.partner.name if project.partner else ""
    return words_in(project.name, project.key, project.key.replace("-", ""), project.customer.name, partner)


def derived(project: Project, row: ProjectStanding) -> dict[str, Any]:
    facts = standing_facts(project, row)
    day = None if is_over(facts) else row.go_live_on
    return {
        "worst_risk": worst_risk(facts),
        "station": station(facts),
        "waits_for": waits_for(facts),
        "sort_day": day or NO_DAY,
        "go_live_month": day.year * 100 + day.month if day else 0,
    }


def false_derived(project: Project) -> Iterator[str]:
    """What a standing repeats of its project, or follows from its own row, and does not say rightly."""
    row = project.standing
    for column, value in (columns_of(project) | derived(project, row)).items():
        if getattr(row, column) != value:
            yield f"{project.key}: standing.{column} is {getattr(row, column)}, not {value}"
    kept, wanted = {word.word for word in project.words.all()}, set(words_of(project))
    if kept != wanted:
        yield f"{project.key}: its words are not those of its names: {' '.join(sorted(kept ^ wanted))}"


def facts_of(project: Project) -> ProjectFacts:
    return ProjectFacts.objects.get(project=project)

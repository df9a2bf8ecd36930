"""Which stage a project is in, from its two kept rows."""

from projects.portfolio.models.project import Project
from projects.portfolio.rules.stages import StageFacts
from projects.portfolio.states import ProjectState, Station


def stage_facts(project: Project) -> StageFacts:
    row = project.standing
    return StageFacts(
        onboarded=project.facts.onboarded,
        review_begun=bool(row.review_state),
        live=row.station == Station.LIVE or project.state == ProjectState.GRADUATED,
    )

"""What rules ask of a project that is changed, rests or ends, and how it came to where it stands."""

from django.db.models import QuerySet

from golive.accounts.models import User
from golive.core.decision import Decision
from projects.portfolio.models.keeping import ProjectMove
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.portfolio.rules.endings import EndingFacts, ending_acts
from projects.portfolio.rules.projects import may_save_settings


def ending_facts(project: Project) -> EndingFacts:
    return EndingFacts(
        key=project.key,
        state=project.state,
        archived=project.archived_at is not None,
        deploying=project.standing.request_state == "deploying",
    )


def ending_decisions(user: User, project: Project) -> dict[str, Decision]:
    """Every move of the project, decided for this person."""
    return ending_acts(onlooker(user, project), ending_facts(project))


def settings_decision(user: User, project: Project) -> Decision:
    """May this person change what the project is called?"""
    return may_save_settings(onlooker(user, project), state=project.state, key=project.key)


def moves_of(project: Project) -> QuerySet[ProjectMove]:
    """The newest first, with who did it."""
    return ProjectMove.objects.filter(project=project).select_related("by")

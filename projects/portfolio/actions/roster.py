"""Acts on the list of a project's people as a whole."""

from datetime import datetime

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from projects.portfolio.actions.projects import lock
from projects.portfolio.models.keeping import ProjectRoster
from projects.portfolio.models.project import Project
from projects.portfolio.queries.roster import roster_decision


@transaction.atomic
def check_roster(project: Project, *, by: User, at: datetime) -> ProjectRoster:
    """Somebody has looked: everybody on the list belongs there, and nobody is missing."""
    project = lock(project)
    require(roster_decision(by, project), on=project)
    row, _made = ProjectRoster.objects.update_or_create(project=project, defaults={"checked_at": at, "checked_by": by})
    record(project.chain, by, "roster.checked", project, at=at)
    return row

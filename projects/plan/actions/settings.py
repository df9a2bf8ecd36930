"""What a project is called, and by whose clock its days are counted."""

from datetime import datetime

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from golive.core.digests import digest
from golive.outbox.actions import announce
from projects.plan.queries.milestones import days_ahead, newest_move
from projects.portfolio.actions.projects import keep_project, know, lock
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.portfolio.rules.projects import may_save_settings
from projects.portfolio.states import Milestone


@transaction.atomic
def save_settings(project: Project, *, name: str, time_zone: str, by: User, at: datetime) -> Project:
    """Saved again unchanged it is no act. Another zone may count other days: who judges by days hears of it."""
    project = lock(project)
    require(may_save_settings(onlooker(by, project), state=project.state, key=project.key), on=project)
    before = _told(project)
    project.name, project.time_zone = name, time_zone
    after = _told(project)
    if before == after:
        return project
    project.save(update_fields=["name", "time_zone"])
    keep_project(project)
    know(project, go_live_set_days_ahead=days_ahead(newest_move(project, Milestone.GO_LIVE), project))
    row = record(project.chain, by, "project.settings_saved", project, at=at, before=before, after=after)
    if before["time_zone"] != after["time_zone"]:
        announce("facts.changed", project, after=row, project=project.key)
    return project


def _told(project: Project) -> dict[str, str]:
    """For the history, which holds no names: the name by its digest."""
    return {"name": digest(project.name), "time_zone": project.time_zone}

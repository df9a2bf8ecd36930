"""The moves of a project itself. What they mean for its slices, and whether they may be, says golive/endings.py."""

from datetime import datetime

from golive.accounts.models import User
from golive.audit.actions import record
from golive.audit.models import AuditRow
from projects.portfolio.actions.projects import note
from projects.portfolio.models.keeping import ProjectMove
from projects.portfolio.models.project import Project
from projects.portfolio.queries.standing import columns_of
from projects.portfolio.states import ProjectVerb

ACTS = {
    ProjectVerb.PAUSE: "project.paused",
    ProjectVerb.RESUME: "project.resumed",
    ProjectVerb.CLOSE: "project.closed",
    ProjectVerb.ARCHIVE: "project.archived",
    ProjectVerb.UNARCHIVE: "project.unarchived",
}


def move_project(
    project: Project, verb: ProjectVerb, *, by: User, at: datetime, reason: str = "", because: str = ""
) -> AuditRow:
    """Changes the state or the flag, keeps who and why, and the standing with it; the caller holds the lock."""
    if verb == ProjectVerb.ARCHIVE:
        project.archived_at = at
    elif verb == ProjectVerb.UNARCHIVE:
        project.archived_at = None
    else:
        transitions = {
            ProjectVerb.PAUSE: project.pause,
            ProjectVerb.RESUME: project.resume,
            ProjectVerb.CLOSE: project.close,
        }
        transitions[verb](at=at)
    project.save(update_fields=["state", "state_changed_at", "archived_at"])
    move = ProjectMove.objects.create(project=project, verb=verb, reason=reason, because=because, by=by, at=at)
    kept = columns_of(project)
    note(project, state=kept["state"], archived=kept["archived"])
    after = {"state": project.state, "reason": reason, "move": move.pk}
    return record(project.chain, by, ACTS[verb], project, at=at, after=after)

"""Acts that reach every slice: a project pauses, goes on, ends or leaves the lists; two organisations become one.

Each is one transaction.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from golive.accounts.actions import SITE
from golive.accounts.closing import locked_organisations, move_people
from golive.accounts.models import Organisation, User
from golive.accounts.organisation_queries import organisation_facts
from golive.accounts.organisation_rules import MergeFacts, may_merge
from golive.accounts.queries import person_of
from golive.audit.actions import record
from golive.audit.models import AuditRow
from golive.core.decision import Decision, require
from golive.letters.actions import drop_letters
from golive.outbox.actions import announce
from projects.checklist.actions.rounds import end_submission
from projects.methodology.actions.moving import move_methodologies
from projects.portfolio.actions.moves import move_project
from projects.portfolio.actions.projects import lock, write_letter
from projects.portfolio.actions.sides import move_projects
from projects.portfolio.models.project import Project
from projects.portfolio.queries.endings import ending_facts
from projects.portfolio.queries.people import onlooker, team_of
from projects.portfolio.queries.sides import projects_between
from projects.portfolio.rules.endings import (
    EndingFacts,
    may_archive,
    may_close,
    may_pause,
    may_resume,
    may_unarchive,
)
from projects.portfolio.rules.onlooker import Onlooker
from projects.portfolio.states import ProjectVerb
from projects.production.actions.requesting import end_open_request
from projects.production.queries.service import moment_for, told_of
from reviews.assessment.actions.reviewing import end_reviews
from reviews.assessment.queries import review_of

Rule = Callable[[Onlooker, EndingFacts], Decision]


@transaction.atomic
def pause_project(project: Project, *, by: User, at: datetime, because: str = "") -> Project:
    """Nothing moves until it is resumed; everything stays as it is, and no guidance goes out."""
    project = _allowed(project, may_pause, by)
    row = move_project(project, ProjectVerb.PAUSE, by=by, at=at, because=because)
    _tell(project, "project_paused", row, by=by, at=at, because=because)
    return project


@transaction.atomic
def resume_project(project: Project, *, by: User, at: datetime) -> Project:
    """Goes on where it stood. What was released meanwhile is weighed again, and deployed where the system does it."""
    project = _allowed(project, may_resume, by)
    row = move_project(project, ProjectVerb.RESUME, by=by, at=at)
    announce("project.resumed", project, after=row, project=project.key)
    _tell(project, "project_resumed", row, by=by, at=at)
    return project


@transaction.atomic
def close_project(project: Project, *, reason: str, by: User, at: datetime, because: str = "") -> Project:
    """Withdraws what is open and cancels what is pending, in this one transaction; what was decided stays as it is."""
    project = _allowed(project, may_close, by)
    people = people_told(project)
    end_open_request(project, because=because, by=by, at=at)
    end_reviews(project, by=by, at=at)
    end_submission(project, because=because, by=by, at=at)
    # What the above wrote to people is told better by the one letter that follows.
    drop_letters(project.chain, because="project_closed")
    row = move_project(project, ProjectVerb.CLOSE, by=by, at=at, reason=reason, because=because)
    _tell(project, "project_closed", row, by=by, at=at, because=because, to=people)
    return project


@transaction.atomic
def archive_project(project: Project, *, by: User, at: datetime) -> Project:
    project = _allowed(project, may_archive, by)
    move_project(project, ProjectVerb.ARCHIVE, by=by, at=at)
    return project


@transaction.atomic
def unarchive_project(project: Project, *, by: User, at: datetime) -> Project:
    project = _allowed(project, may_unarchive, by)
    move_project(project, ProjectVerb.UNARCHIVE, by=by, at=at)
    return project


MOVES: dict[str, Callable[..., Project]] = {
    ProjectVerb.PAUSE: pause_project,
    ProjectVerb.RESUME: resume_project,
    ProjectVerb.CLOSE: close_project,
    ProjectVerb.ARCHIVE: archive_project,
    ProjectVerb.UNARCHIVE: unarchive_project,
}


def _allowed(project: Project, rule: Rule, by: User) -> Project:
    """Locked, read anew, and allowed: what every one of these acts begins with."""
    project = lock(project)
    require(rule(onlooker(by, project), ending_facts(project)), on=project)
    return project


def people_told(project: Project) -> list[User]:
    """Who has to do with it now: the team, the architect, who holds its review, and engineers once it is theirs."""
    review = review_of(project)
    known = [*team_of(project), *([project.architect] if project.architect else [])]
    known += [review.reviewer] if review else []
    known += told_of(project) if project.standing.request_state not in {"", "draft"} else []
    return list({person.pk: person for person in known}.values())


def _tell(
    project: Project, letter: str, row: AuditRow, *, by: User, at: datetime, to: list[User] | None = None, **words: Any
) -> None:
    """Everybody but the one who did it."""
    people = [person for person in (to or people_told(project)) if person.pk != by.pk]
    words |= {"who": by.name, "when": moment_for(project, at)}
    write_letter(project, letter, to=people, page="project", cycle=str(row.seq), at=at, **words)


@transaction.atomic
def merge_organisations(gone: Organisation, *, into: Organisation, by: User, at: datetime) -> Organisation:
    """Two become one: people, projects, invitations and methodologies go over, and nothing is lost."""
    gone, kept = locked_organisations(gone, into)
    require(may_merge(person_of(by), merge_facts(gone, kept)))
    moved = move_people(gone, kept, at=at)
    moved["projects"] = move_projects(gone, kept, by=by, at=at)
    moved["methodologies"] = move_methodologies(gone, kept)
    record(SITE, by, "organisation.merged", gone, at=at, after={"into": kept.uid, **moved})
    return kept


def merge_facts(gone: Organisation, kept: Organisation) -> MergeFacts:
    return MergeFacts(
        gone=organisation_facts(gone),
        kept=organisation_facts(kept),
        same=gone.pk == kept.pk,
        both_sides=tuple(projects_between(gone, kept)),
    )


def merge_decision(gone: Organisation, kept: Organisation, user: User) -> Decision:
    return may_merge(person_of(user), merge_facts(gone, kept))

"""Taking over a list of people, all of it or nothing."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from golive.accounts.actions import invite as invite_person
from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from projects.portfolio.actions.people import keep_contacts, side_of
from projects.portfolio.actions.projects import lock, tell_of_facts
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.queries.importing import import_decision, outcomes_of
from projects.portfolio.queries.people import person_on_side
from projects.portfolio.rules.importing import RosterRow, RowOutcome
from projects.portfolio.states import ImportOutcome


@transaction.atomic
def import_roster(
    project: Project,
    rows: Sequence[RosterRow],
    *,
    by: User,
    at: datetime,
    invite: bool = False,
    although_alike: bool = False,
    source: Project | None = None,
) -> tuple[RowOutcome, ...]:
    """Judged again under the lock: what a preview said may be true no more. Who is there already stays as they are."""
    project = lock(project)
    outcomes = outcomes_of(project, rows, by=by, invite=invite, although_alike=although_alike, source=source)
    require(import_decision(by, project, outcomes), on=project)
    for one in outcomes:
        if one.outcome in {ImportOutcome.ADD, ImportOutcome.INVITE}:
            add_row(project, one, by=by, at=at)
    changed = keep_contacts(project)
    counts = {kind.value: sum(one.outcome == kind for one in outcomes) for kind in ImportOutcome}
    after = {kind: count for kind, count in counts.items() if count}
    told = after | ({"from": source.key} if source else {})
    row = record(project.chain, by, "roster.imported", project, at=at, after=told)
    tell_of_facts(project, changed, after=row)
    return outcomes


def add_row(project: Project, one: RowOutcome, *, by: User, at: datetime) -> None:
    row = one.row
    if one.outcome == ImportOutcome.INVITE:
        invite_person(row.email, name=row.name, organisation=by.organisation, by=by, at=at)
    user = person_on_side(project, row.email)
    assert user is not None  # the outcome says so, under the same lock
    roles = {
        "access": row.access,
        "job": row.job,
        "stakeholder": row.stakeholder,
        "primary_contact": row.primary_contact,
    }
    Membership.objects.create(project=project, user=user, side=side_of(project, user), **roles)
    record(project.chain, by, "member.added", user, at=at, after=roles)

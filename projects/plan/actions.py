"""Starting a project, its onboarding, and its dates."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from golive.accounts.models import Organisation, User
from golive.audit.actions import record
from golive.core.decision import require
from golive.outbox.actions import announce
from projects.methodology.actions import lay_course, tick
from projects.plan.models import Onboarding
from projects.plan.queries import days_of, onboarding_facts, onboarding_of
from projects.plan.rules import may_complete_onboarding, may_plan, missing_milestones
from projects.portfolio.actions import know, lock, make_project_row, note, side_of
from projects.portfolio.models import Membership, MilestoneMove, Project, RolloutMilestone
from projects.portfolio.queries import onlooker
from projects.portfolio.rules import may_make_project
from projects.portfolio.states import Access, Milestone


@transaction.atomic
def start_project(
    *,
    by: User,
    at: datetime,
    name: str,
    infrastructure: str,
    customer: Organisation,
    partner: Organisation | None = None,
    time_zone: str = "UTC",
    job: str = "",
) -> Project:
    """An organisation administrator makes a project and becomes its owner."""
    require(may_make_project(onlooker(by)), on=None)
    project = make_project_row(
        by=by,
        at=at,
        name=name,
        infrastructure=infrastructure,
        customer=customer,
        partner=partner,
        time_zone=time_zone,
    )
    Onboarding.objects.create(project=project)
    Membership.objects.create(
        project=project, user=by, side=side_of(project, by), access=Access.OWNER, job=job, since=at
    )
    lay_course(project)
    made = {"infrastructure": infrastructure, "customer": customer.uid, "partner": partner.uid if partner else None}
    record(project.chain, by, "project.started", project, at=at, after=made)
    return project


@transaction.atomic
def save_onboarding(project: Project, *, by: User, at: datetime, **answers: Any) -> Onboarding:
    """Editable before and after it is complete; nothing is restarted by an edit."""
    project = lock(project)
    require(may_plan(onlooker(by, project), state=project.state, key=project.key), on=project)
    row = onboarding_of(project)
    for name, value in answers.items():
        setattr(row, name, value)
    row.save(update_fields=list(answers))
    _keep_facts(project, row)
    record(project.chain, by, "onboarding.saved", f"onboarding:{project.key}", at=at, after={"fields": sorted(answers)})
    return row


@transaction.atomic
def complete_onboarding(project: Project, *, by: User, at: datetime) -> Onboarding:
    project = lock(project)
    row = onboarding_of(project)
    require(may_complete_onboarding(onlooker(by, project), onboarding_facts(project, row)), on=project)
    row.completed_at, row.completed_by = at, by
    row.save(update_fields=["completed_at", "completed_by"])
    _keep_facts(project, row)
    tick(project, "onboarding.completed", at=at)
    audit = record(project.chain, by, "onboarding.completed", f"onboarding:{project.key}", at=at)
    announce("onboarding.completed", after=audit, project=project.key)
    return row


@transaction.atomic
def set_milestones(
    project: Project,
    days: Mapping[str, date],
    *,
    by: User,
    at: datetime,
    because: str = "",
    tentative: frozenset[str] = frozenset(),
) -> None:
    """Sets or moves dates; what was, who moved it and why is kept, and others hear of each move."""
    project = lock(project)
    require(may_plan(onlooker(by, project), state=project.state, key=project.key), on=project)
    rollout = project.rollouts.get(number=1)
    known = {row.milestone: row for row in RolloutMilestone.objects.filter(rollout=rollout)}
    for key, day in sorted(days.items()):
        row = known.get(key) or RolloutMilestone(rollout=rollout, milestone=key)
        before, certain = row.day, row.tentative == (key in tentative)
        if before == day and certain:
            continue
        row.day, row.tentative, row.set_at, row.set_by = day, key in tentative, at, by
        row.save()
        if before != day:
            _tell(project, row, before, because=because, by=by, at=at)
    given = days_of(project)
    note(project, go_live_on=given.get(Milestone.GO_LIVE))
    if not missing_milestones(given):
        tick(project, "milestones.all_set", at=at)


def _tell(
    project: Project, row: RolloutMilestone, before: date | None, *, because: str, by: User, at: datetime
) -> None:
    move = MilestoneMove.objects.create(
        rollout=row.rollout, milestone=row.milestone, before=before, after=row.day, because=because, by=by, at=at
    )
    facts = {"milestone": row.milestone, "day": row.day, "tentative": row.tentative}
    audit = record(project.chain, by, "milestone.moved", move, at=at, before={"day": before}, after=facts)
    announce("milestone.moved", after=audit, project=project.key, milestone=row.milestone)


def _keep_facts(project: Project, row: Onboarding) -> None:
    know(project, onboarded=row.completed_at is not None, products=row.products, user_count=row.user_count)

"""Filling in onboarding, and completing it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from golive.outbox.actions import announce
from projects.methodology.actions.course import weigh_course
from projects.methodology.actions.steps import tick
from projects.plan.models.onboarding import Onboarding
from projects.plan.queries.onboarding import known_of, onboarding_facts, onboarding_of
from projects.plan.rules.milestones import may_plan
from projects.plan.rules.onboarding import may_complete_onboarding, may_keep_complete
from projects.plan.states import Feature, PartnerChoice
from projects.portfolio.actions.projects import know, lock, note, set_partner
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.portfolio.states import Product


@transaction.atomic
def save_onboarding(project: Project, *, by: User, at: datetime, **answers: Any) -> Onboarding:
    """Editable before and after it is complete; nothing is restarted by an edit. `partner`: who `named` means."""
    project = lock(project)
    require(may_plan(onlooker(by, project), state=project.state, key=project.key), on=project)
    row = onboarding_of(project)
    was, before = (known_of(row), project.partner_id), onboarding_facts(project, row)
    project = _keep_partner(project, answers, by=by, at=at)
    if answers.get("scope") is not None:
        answers["has_dual_write"] = Feature.DUAL_WRITE in answers["scope"]
    for name, value in answers.items():
        setattr(row, name, value)
    require(may_keep_complete(before, onboarding_facts(project, row)), on=project)
    row.save(update_fields=list(answers))
    _keep_facts(project, row, at=at)
    after = {"fields": sorted(answers)}
    audit = record(project.chain, by, "onboarding.saved", f"onboarding:{project.key}", at=at, after=after)
    if (known_of(row), project.partner_id) != was:
        announce("facts.changed", after=audit, project=project.key)
    return row


@transaction.atomic
def complete_onboarding(project: Project, *, by: User, at: datetime) -> Onboarding:
    project = lock(project)
    row = onboarding_of(project)
    require(may_complete_onboarding(onlooker(by, project), onboarding_facts(project, row)), on=project)
    row.completed_at, row.completed_by = at, by
    row.save(update_fields=["completed_at", "completed_by"])
    _keep_facts(project, row, at=at)
    tick(project, "onboarding.completed", at=at)
    audit = record(project.chain, by, "onboarding.completed", f"onboarding:{project.key}", at=at)
    announce("onboarding.completed", after=audit, project=project.key)
    return row


def _keep_partner(project: Project, answers: dict[str, Any], *, by: User, at: datetime) -> Project:
    """The choice and the organisation say the same: there is a partner where one is named, and nowhere else."""
    partner = answers.pop("partner", project.partner)
    choice = answers.get("partner_choice")
    if not choice:
        return project
    return set_partner(project, partner if choice == PartnerChoice.NAMED else None, by=by, at=at)


def _keep_facts(project: Project, row: Onboarding, *, at: datetime) -> None:
    know(project, **known_of(row))
    has_fo, has_ce = (product in row.products for product in (Product.FINANCE_OPERATIONS, Product.CUSTOMER_ENGAGEMENT))
    note(project, has_fo=has_fo, has_ce=has_ce)
    weigh_course(project, at=at)

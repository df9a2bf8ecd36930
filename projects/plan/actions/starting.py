"""Starting a project."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from golive.accounts.models import Organisation, User
from golive.audit.actions import record
from golive.core.decision import Decision, Reason, require
from projects.methodology.actions.course import lay_course
from projects.methodology.queries.versions import version_facts
from projects.methodology.rules.catalogue import LATEST
from projects.methodology.rules.custom import may_start_with
from projects.plan.models.onboarding import Onboarding
from projects.plan.states import PartnerChoice
from projects.portfolio.actions.people import side_of
from projects.portfolio.actions.projects import make_project_row
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.portfolio.rules.projects import may_make_project
from projects.portfolio.states import Access


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
    methodology: str = LATEST,
) -> Project:
    """An organisation administrator makes a project and becomes its owner."""
    require(may_make_project(onlooker(by)), on=None)
    require(_still_open(customer, partner), on=None)
    require(may_start_with(onlooker(by), version_facts(methodology)), on=None)
    project = make_project_row(
        by=by,
        at=at,
        name=name,
        infrastructure=infrastructure,
        customer=customer,
        partner=partner,
        time_zone=time_zone,
    )
    Onboarding.objects.create(project=project, partner_choice=PartnerChoice.NAMED if partner else "")
    Membership.objects.create(
        project=project, user=by, side=side_of(project, by), access=Access.OWNER, job=job, since=at
    )
    lay_course(project, version=methodology)
    sides = {"customer": customer.uid, "partner": partner.uid if partner else None}
    made = {"infrastructure": infrastructure, "methodology": methodology, **sides}
    record(project.chain, by, "project.started", project, at=at, after=made)
    return project


def _still_open(*sides: Organisation | None) -> Decision:
    """Read again under lock: either may have been disabled, or merged into another, since the page was drawn."""
    wanted = {side.pk for side in sides if side}
    rows = Organisation.objects.select_for_update().filter(pk__in=wanted, disabled_at=None).order_by("pk")
    if {row.pk for row in rows} == wanted:
        return Decision()
    return Decision(missing=(Reason("organisation_disabled", _("One of the two organisations is disabled.")),))

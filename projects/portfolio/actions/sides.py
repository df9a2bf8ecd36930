"""Which organisations a project is of, when two of them become one."""

from datetime import datetime

from django.db.models import Q

from golive.accounts.models import Organisation, User
from golive.audit.actions import record
from projects.portfolio.actions.projects import keep_project
from projects.portfolio.models.project import Project


def move_projects(gone: Organisation, kept: Organisation, *, by: User, at: datetime) -> int:
    """Every project of the one is the other's from now on, with its standing and its words; each history says so."""
    projects = Project.objects.filter(Q(customer=gone) | Q(partner=gone)).order_by("pk")
    list(projects.select_for_update().values_list("pk"))  # asked anew below: what is joined may be older than the wait
    moved = list(projects.select_related("customer", "partner", "architect"))
    for project in moved:
        side = "customer" if project.customer_id == gone.pk else "partner"
        setattr(project, side, kept)
        project.save(update_fields=[side])
        keep_project(project)
        told = {"before": {side: gone.uid}, "after": {side: kept.uid}}
        record(project.chain, by, "project.organisation_merged", project, at=at, **told)
    return len(moved)

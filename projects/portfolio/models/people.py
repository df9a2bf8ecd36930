"""Who is on a project, on which side, with what access and job."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from golive.core.guards import Rule
from projects.portfolio.models.project import Project, ThroughProject
from projects.portfolio.states import (
    Access,
    Job,
    Side,
)


class Membership(models.Model):
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    side = models.CharField(max_length=10, choices=Side)
    access = models.CharField(max_length=20, choices=Access, default=Access.MEMBER)
    job = models.CharField(max_length=24, choices=Job, blank=True)
    stakeholder = models.BooleanField(default=False)
    primary_contact = models.BooleanField(default=False)
    since = models.DateTimeField(default=timezone.now)

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="membership_once", fields=["user", "project"]),
            models.CheckConstraint(name="membership_side_known", condition=Q(side__in=Side.values)),
            models.CheckConstraint(name="membership_access_known", condition=Q(access__in=Access.values)),
            Rule(
                name="membership_side_is_organisation",
                event="insert_or_update",
                bad=(
                    'NOT EXISTS (SELECT 1 FROM "projects_project" p JOIN "accounts_user" u ON u."id" = NEW."user_id" '
                    'WHERE p."id" = NEW."project_id" AND u."organisation_id" = '
                    'CASE NEW."side" WHEN \'customer\' THEN p."customer_id" ELSE p."partner_id" END)'
                ),
                message="Only people of the customer and of the partner are members, each on their own side.",
            ),
        ]
        ordering = ["side", "user__name"]

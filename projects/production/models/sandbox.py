"""The sandboxes of a project: where it is built, tested and accepted before production is asked for."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from golive.core.ids import uuid7
from projects.portfolio.models.project import Project, ThroughProject
from projects.production.states import SandboxPurpose


class Sandbox(models.Model):
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="sandboxes")
    name = models.CharField(max_length=80)
    tier = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=20, choices=SandboxPurpose)
    location = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="sandbox_name_once", fields=["project", "name"], condition=Q(retired_at__isnull=True)
            ),
            models.CheckConstraint(name="sandbox_tier_known", condition=Q(tier__gte=1, tier__lte=5)),
            models.CheckConstraint(name="sandbox_purpose_known", condition=Q(purpose__in=SandboxPurpose.values)),
        ]
        ordering = ["name", "pk"]

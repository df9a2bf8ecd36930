"""What onboarding asks about a project, in its own row."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from projects.portfolio.models.project import Project


class Onboarding(models.Model):
    project = models.OneToOneField(Project, on_delete=models.PROTECT, primary_key=True, related_name="onboarding")
    vision = models.TextField(blank=True)
    products = models.JSONField(default=list)
    user_count = models.PositiveIntegerField(null=True, blank=True)
    work_tracking = models.URLField(max_length=300, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="onboarding_complete_stamped",
                condition=Q(completed_at__isnull=False, completed_by__isnull=False)
                | Q(completed_at__isnull=True, completed_by__isnull=True),
            ),
            models.CheckConstraint(
                name="onboarding_users_bounded", condition=Q(user_count=None) | Q(user_count__lte=1_000_000)
            ),
        ]

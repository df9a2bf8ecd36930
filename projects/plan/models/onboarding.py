"""What onboarding asks about a project, in its own row. Null, or "" in a choice: nobody has said yet."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from projects.plan.states import ContactChoice, PartnerChoice, TrackingChoice, UpgradeFrom
from projects.portfolio.models.project import Project


class Onboarding(models.Model):
    project = models.OneToOneField(Project, on_delete=models.PROTECT, primary_key=True, related_name="onboarding")
    # overview
    vision = models.TextField(blank=True)
    partner_choice = models.CharField(max_length=12, choices=PartnerChoice, blank=True)
    partner_reference = models.CharField(max_length=40, blank=True)  # such as its number with the vendor
    # licences: after the full roll-out, 0 where there are none
    user_count = models.PositiveIntegerField(null=True, blank=True)
    licences = models.JSONField(default=list)  # [{"type": ..., "count": ...}]
    # scope
    products = models.JSONField(default=list)
    scope = models.JSONField(null=True, blank=True)
    country_count = models.PositiveSmallIntegerField(null=True, blank=True)
    has_customizations = models.BooleanField(null=True, blank=True)
    has_isv = models.BooleanField(null=True, blank=True)
    isv_names = models.CharField(max_length=500, blank=True)
    has_integrations = models.BooleanField(null=True, blank=True)
    integration_count = models.PositiveSmallIntegerField(null=True, blank=True)
    has_dual_write = models.BooleanField(null=True, blank=True)
    has_database_copy = models.BooleanField(null=True, blank=True)
    upgrade_from = models.CharField(max_length=10, choices=UpgradeFrom, blank=True)
    # work tracking
    tracking_choice = models.CharField(max_length=8, choices=TrackingChoice, blank=True)
    work_tracking = models.URLField(max_length=300, blank=True)
    # FastTrack contacts
    contact_choice = models.CharField(max_length=10, choices=ContactChoice, blank=True)
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
            models.CheckConstraint(
                name="onboarding_countries_bounded", condition=Q(country_count=None) | Q(country_count__lte=250)
            ),
        ]

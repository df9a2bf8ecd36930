"""The two rows a project that others read and keep: facts for rules, standing for lists."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from golive.accounts.models import Organisation
from projects.portfolio.models.project import Project
from projects.portfolio.states import EngagementType, Infrastructure, ProjectState, Risk, Station

NO_DAY = date(9999, 12, 31)  # sorts what has no date, or is over, behind everything that is ahead
# What the list may be filtered by; each index ends in the list's own order, so that a page costs the same at any size.
FILTERED = ("state", "phase", "station", "waits_for", "worst_risk", "infrastructure", "engagement_type")
FILTERED_BY_KEY = ("customer", "partner", "architect")


class ProjectFacts(models.Model):
    """What rules in lower slices need from higher ones; each column is kept by the slice named beside it.

    Null, and "" in a text: not known yet.
    """

    project = models.OneToOneField(Project, on_delete=models.PROTECT, primary_key=True, related_name="facts")
    primary_contact_count = models.PositiveSmallIntegerField(default=0)  # portfolio
    onboarded = models.BooleanField(default=False)  # plan
    products = models.JSONField(default=list)  # plan
    scope = models.JSONField(null=True, blank=True)  # plan
    user_count = models.PositiveIntegerField(null=True, blank=True)  # plan
    country_count = models.PositiveSmallIntegerField(null=True, blank=True)  # plan
    has_customizations = models.BooleanField(null=True, blank=True)  # plan
    has_isv = models.BooleanField(null=True, blank=True)  # plan
    has_integrations = models.BooleanField(null=True, blank=True)  # plan
    integration_count = models.PositiveSmallIntegerField(null=True, blank=True)  # plan
    has_dual_write = models.BooleanField(null=True, blank=True)  # plan
    has_database_copy = models.BooleanField(null=True, blank=True)  # plan
    upgrade_from = models.CharField(max_length=10, blank=True)  # plan
    go_live_set_days_ahead = models.IntegerField(null=True, blank=True)  # plan
    open_gate_phases = models.JSONField(default=list)  # methodology
    uat_signed_version = models.CharField(max_length=40, blank=True)  # methodology
    has_active_estimate = models.BooleanField(default=False)  # production
    sandbox_locations = models.JSONField(default=list)  # production
    acceptance_version = models.CharField(max_length=40, blank=True)  # production: of the acceptance sandbox, today
    production_location = models.CharField(max_length=60, blank=True)  # production
    production_version = models.CharField(max_length=40, blank=True)  # production


class ProjectStanding(models.Model):
    """What lists, filters and title blocks need; `states.STANDING_WRITERS` names each column's one writer."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, primary_key=True, related_name="standing")
    # Of the project itself, repeated here so that a list asks one table.
    state = models.CharField(max_length=10, choices=ProjectState, default=ProjectState.ACTIVE)
    archived = models.BooleanField(default=False)
    infrastructure = models.CharField(max_length=20, choices=Infrastructure)
    engagement_type = models.CharField(max_length=20, choices=EngagementType, default=EngagementType.SELF_SERVICE)
    customer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    partner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    architect = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    has_fo = models.BooleanField(default=False)
    has_ce = models.BooleanField(default=False)
    phase = models.CharField(max_length=24, default="analysis")
    go_live_on = models.DateField(null=True, blank=True)
    checklist_state = models.CharField(max_length=12, default="draft")
    answered = models.PositiveSmallIntegerField(default=0)
    asked = models.PositiveSmallIntegerField(default=0)
    predicted_risk = models.PositiveSmallIntegerField(choices=Risk, default=Risk.NONE)
    review_state = models.CharField(max_length=20, blank=True)
    review_due_on = models.DateField(null=True, blank=True)
    turn = models.CharField(max_length=10, blank=True)
    found_risk = models.PositiveSmallIntegerField(choices=Risk, default=Risk.NONE)
    open_critical = models.PositiveSmallIntegerField(default=0)
    clearance_state = models.CharField(max_length=12, blank=True)
    request_state = models.CharField(max_length=20, blank=True)
    # Pure functions of the columns above, kept by portfolio.actions.projects.note.
    worst_risk = models.PositiveSmallIntegerField(choices=Risk, default=Risk.NONE)
    station = models.PositiveSmallIntegerField(choices=Station, default=Station.DATE)
    waits_for = models.CharField(max_length=12, default="team")
    sort_day = models.DateField(default=NO_DAY)
    go_live_month = models.PositiveIntegerField(default=0)  # 202701; 0 without a date, and when it is over

    class Meta:
        indexes = [
            models.Index(fields=["sort_day", "project"], name="standing_by_day"),
            models.Index(fields=["-worst_risk", "sort_day", "project"], name="standing_by_risk"),
            models.Index(fields=["go_live_month", "worst_risk"], name="standing_heat"),
            *(models.Index(fields=[name, "sort_day", "project"], name=f"standing_{name}") for name in FILTERED),
            *(models.Index(fields=[name, "sort_day", "project"], name=f"standing_{name}") for name in FILTERED_BY_KEY),
            models.Index(fields=["sort_day", "project"], name="standing_fo", condition=Q(has_fo=True)),
            models.Index(fields=["sort_day", "project"], name="standing_ce", condition=Q(has_ce=True)),
        ]

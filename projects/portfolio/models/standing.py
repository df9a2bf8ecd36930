"""The two rows a project that others read and keep: facts for rules, standing for lists."""

from django.db import models

from projects.portfolio.models.project import Project
from projects.portfolio.states import (
    Risk,
    Station,
)


class ProjectFacts(models.Model):
    """What rules in lower slices need from higher ones; each column is kept by the slice named beside it."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, primary_key=True, related_name="facts")
    onboarded = models.BooleanField(default=False)  # plan
    products = models.JSONField(default=list)  # plan
    user_count = models.PositiveIntegerField(null=True, blank=True)  # plan
    open_gate_phases = models.JSONField(default=list)  # methodology
    has_active_estimate = models.BooleanField(default=False)  # production


class ProjectStanding(models.Model):
    """What lists, filters and title blocks need; `states.STANDING_WRITERS` names each column's one writer."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, primary_key=True, related_name="standing")
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
    # Pure functions of the columns above, kept by portfolio.actions.note.
    worst_risk = models.PositiveSmallIntegerField(choices=Risk, default=Risk.NONE)
    station = models.PositiveSmallIntegerField(choices=Station, default=Station.DATE)
    waits_for = models.CharField(max_length=12, default="team")

    class Meta:
        indexes = [models.Index(fields=["go_live_on", "project"], name="standing_go_live")]

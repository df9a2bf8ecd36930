"""The rollouts of a project, their milestones, and every move of a date."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from golive.core.guards import AppendOnly
from projects.portfolio.models.project import Project, ThroughProject
from projects.portfolio.states import (
    Milestone,
)


class Rollout(models.Model):
    """One go-live of a project. There is one at first; the production slot belongs to it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="rollouts")
    number = models.PositiveSmallIntegerField(default=1)

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="rollout_number", fields=["project", "number"]),
            models.CheckConstraint(name="rollout_counts_from_one", condition=Q(number__gte=1)),
        ]


class RolloutMilestone(models.Model):
    rollout = models.ForeignKey(Rollout, on_delete=models.PROTECT, related_name="milestones")
    milestone = models.CharField(max_length=24, choices=Milestone)
    day = models.DateField()
    tentative = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="milestone_once", fields=["rollout", "milestone"]),
            models.CheckConstraint(name="milestone_known", condition=Q(milestone__in=Milestone.values)),
            models.CheckConstraint(
                name="milestone_day_in_range", condition=Q(day__gte=date(2000, 1, 1), day__lte=date(2100, 12, 31))
            ),
        ]


class MilestoneMove(models.Model):
    """The history of a date: what it was, what it became, who moved it and why."""

    rollout = models.ForeignKey(Rollout, on_delete=models.PROTECT, related_name="moves")
    milestone = models.CharField(max_length=24, choices=Milestone)
    before = models.DateField(null=True, blank=True)
    after = models.DateField()
    was_tentative = models.BooleanField(default=False)
    tentative = models.BooleanField(default=False)
    because = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [AppendOnly(name="milestone_move_kept")]
        ordering = ["-pk"]

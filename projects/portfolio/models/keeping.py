"""What is kept about projects beside their own rows: why they were paused or closed, their words, saved views."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from golive.core.folding import LONGEST
from golive.core.guards import AppendOnly
from projects.portfolio.models.project import Project, ThroughProject
from projects.portfolio.states import ClosingReason, ProjectVerb


class ProjectMove(models.Model):
    """Who paused, resumed, closed or archived a project, when and why: kept for good."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="moves")
    verb = models.CharField(max_length=12, choices=ProjectVerb)
    reason = models.CharField(max_length=12, choices=ClosingReason, blank=True)
    because = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            AppendOnly(name="project_move_kept"),
            models.CheckConstraint(
                name="project_closed_with_reason",
                condition=Q(verb=ProjectVerb.CLOSE) & ~Q(reason="") | ~Q(verb=ProjectVerb.CLOSE) & Q(reason=""),
            ),
        ]
        ordering = ["-pk"]


class ProjectRoster(models.Model):
    """When somebody last looked whether the list of people is right. Letters go to those who stand on it."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, primary_key=True, related_name="roster")
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class ProjectWord(models.Model):
    """One folded word that a project is found by: of its name, its key, its organisations. Kept by its actions."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=LONGEST)

    class Meta:
        constraints = [
            # Beginnings are looked up: PostgreSQL does it by this index in every collation.
            models.UniqueConstraint(
                name="project_word_once", fields=["word", "project"], opclasses=["varchar_pattern_ops", "int8_ops"]
            ),
        ]


class SavedView(models.Model):
    """A filter of the list that somebody keeps under a name."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=600, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="saved_view_name_once", fields=["user", "name"]),
            models.CheckConstraint(name="saved_view_named", condition=~Q(name="")),
        ]
        ordering = ["name", "pk"]

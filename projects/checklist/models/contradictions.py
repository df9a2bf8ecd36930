"""What the team said to a contradiction between its answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from golive.core.guards import AppendOnly
from projects.checklist.models.checklist import Checklist, only_in_draft
from projects.checklist.states import Stand

models.CharField.register_lookup(Length)


class ContradictionStand(models.Model):
    """It was explained, or raised as a known risk: for the answers that stood then (`seen`), and for no others.

    Every word that was ever said; what is said now is kept in `Checklist.said`.
    """

    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="stands")
    contradiction = models.CharField(max_length=8)
    stand = models.CharField(max_length=10, choices=Stand)
    text = models.TextField()
    seen = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="contradiction_stand_once", fields=["checklist", "contradiction", "revision"]),
            models.CheckConstraint(name="contradiction_stand_known", condition=Q(stand__in=Stand.values)),
            models.CheckConstraint(name="contradiction_stand_says_something", condition=~Q(text="")),
            models.CheckConstraint(name="contradiction_stand_saw", condition=Q(seen__length=64)),
            models.CheckConstraint(name="contradiction_stand_revision_from_one", condition=Q(revision__gte=1)),
            only_in_draft("contradiction_stand_only_in_draft"),
            AppendOnly(name="contradiction_stand_kept"),
        ]

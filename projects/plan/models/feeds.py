"""Private addresses of calendars: whoever knows one reads its dates, until it is revoked."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from golive.core.ids import uuid7
from projects.portfolio.models.project import Project


class CalendarFeed(models.Model):
    """Of one person: all that waits for them, or the dates of one project. Only the digest of the address is kept."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_feeds")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="calendar_feeds", null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    last_read_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="calendar_feed_one_of_project",
                fields=["user", "project"],
                condition=Q(revoked_at__isnull=True, project__isnull=False),
            ),
            models.UniqueConstraint(
                name="calendar_feed_one_of_person",
                fields=["user"],
                condition=Q(revoked_at__isnull=True, project__isnull=True),
            ),
        ]
        ordering = ["-pk"]

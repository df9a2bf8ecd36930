"""What people say to each other about a question, and who of them reads it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from golive.core.guards import AppendOnly
from golive.core.ids import uuid7
from projects.checklist.models.checklist import Checklist
from projects.checklist.states import Audience


class AnswerThread(models.Model):
    """All that one audience says about one question. What is said after it was resolved opens it again."""

    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="threads")
    question = models.CharField(max_length=8)
    audience = models.CharField(max_length=10, choices=Audience)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="answer_thread_once", fields=["checklist", "question", "audience"]),
            models.CheckConstraint(name="answer_thread_audience_known", condition=Q(audience__in=Audience.values)),
            models.CheckConstraint(
                name="answer_thread_resolved_by_somebody",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
            ),
        ]


class AnswerComment(models.Model):
    """Never changed, never deleted."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    thread = models.ForeignKey(AnswerThread, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="answer_comment_says_something", condition=~Q(text="")),
            AppendOnly(name="answer_comment_kept"),
        ]
        ordering = ["pk"]


class AnswerMention(models.Model):
    """Whom a comment names: they get a letter."""

    comment = models.ForeignKey(AnswerComment, on_delete=models.PROTECT, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="answer_mention_once", fields=["comment", "user"]),
            AppendOnly(name="answer_mention_kept"),
        ]

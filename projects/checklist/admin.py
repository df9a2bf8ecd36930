"""The checklist in the admin: to read."""

from django.contrib import admin

from golive.audit.admin import ReadOnlyAdmin
from projects.checklist.models.answers import Answer, AnswerRevision
from projects.checklist.models.checklist import Checklist, ChecklistRound
from projects.checklist.models.submission import Submission


@admin.register(Checklist)
class ChecklistAdmin(ReadOnlyAdmin):
    list_display = ["project", "catalogue", "answered", "asked", "predicted_risk", "judged_at"]
    list_select_related = ["project"]
    search_fields = ["project__key", "project__name"]


@admin.register(ChecklistRound)
class ChecklistRoundAdmin(ReadOnlyAdmin):
    list_display = ["checklist", "number", "state", "submitted_at"]
    list_filter = ["state"]


@admin.register(Answer)
class AnswerAdmin(ReadOnlyAdmin):
    list_display = ["checklist", "question", "revision", "by", "at"]
    list_select_related = ["by"]
    search_fields = ["question"]


@admin.register(AnswerRevision)
class AnswerRevisionAdmin(ReadOnlyAdmin):
    list_display = ["answer", "revision", "by", "at"]
    list_select_related = ["by"]


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    list_display = ["project", "round", "submitted_by", "submitted_at", "sha256"]
    list_select_related = ["project", "submitted_by"]
    search_fields = ["project__key", "sha256"]

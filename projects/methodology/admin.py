"""Phases and steps in the admin: to read."""

from django.contrib import admin

from golive.audit.admin import ReadOnlyAdmin
from projects.methodology.models.course import Phase, Step


@admin.register(Phase)
class PhaseAdmin(ReadOnlyAdmin):
    list_display = ["project", "key", "gate", "state", "completed_at", "completed_by"]
    list_select_related = ["project", "completed_by"]
    list_filter = ["key", "state"]
    search_fields = ["project__key"]


@admin.register(Step)
class StepAdmin(ReadOnlyAdmin):
    list_display = ["project", "key", "required", "state", "done_at", "done_by"]
    list_select_related = ["project", "done_by"]
    list_filter = ["state", "required"]
    search_fields = ["project__key", "key"]

"""Onboarding in the admin: to read."""

from django.contrib import admin

from golive.audit.admin import ReadOnlyAdmin
from projects.plan.models.onboarding import Onboarding


@admin.register(Onboarding)
class OnboardingAdmin(ReadOnlyAdmin):
    list_display = ["project", "user_count", "completed_at", "completed_by"]
    list_select_related = ["project", "completed_by"]
    search_fields = ["project__key", "project__name"]

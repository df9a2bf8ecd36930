"""Reviews and findings in the admin: to read."""

from django.contrib import admin

from golive.audit.admin import ReadOnlyAdmin
from reviews.assessment.models import Finding, Review


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ["project", "state", "outcome", "reviewer", "taken_at", "first_report_due_on"]
    list_select_related = ["project", "reviewer"]
    list_filter = ["state", "outcome"]


@admin.register(Finding)
class FindingAdmin(ReadOnlyAdmin):
    list_display = ["project", "label", "kind", "severity", "state", "title"]
    list_select_related = ["project"]
    list_filter = ["state", "kind", "severity"]

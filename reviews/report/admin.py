"""Reports in the admin: to read."""

from django.contrib import admin

from golive.audit.admin import ReadOnlyAdmin
from reviews.report.models import Report, ReportOrder


@admin.register(ReportOrder)
class ReportOrderAdmin(ReadOnlyAdmin):
    list_display = ["project", "version", "at", "by"]
    list_select_related = ["project", "by"]
    exclude = ["content"]


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ["project", "version", "made_at", "size", "sha256"]
    list_select_related = ["project"]

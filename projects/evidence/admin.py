"""Evidence in the admin: to read."""

from django.contrib import admin

from golive.audit.admin import ReadOnlyAdmin
from projects.evidence.models import Evidence, EvidenceFile


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    list_display = ["project", "title", "revision", "added_at", "added_by", "withdrawn_at"]
    list_select_related = ["project", "added_by"]
    search_fields = ["project__key", "title"]


@admin.register(EvidenceFile)
class EvidenceFileAdmin(ReadOnlyAdmin):
    list_display = ["project", "sha256", "size", "media_type", "scan", "stored_at"]
    list_select_related = ["project"]
    list_filter = ["scan", "media_type"]
    search_fields = ["project__key", "sha256"]

"""Sign-offs in the admin: to read."""

from django.contrib import admin

from golive.audit.admin import ReadOnlyAdmin
from reviews.conclusion.models import Conclusion


@admin.register(Conclusion)
class ConclusionAdmin(ReadOnlyAdmin):
    list_display = ["project", "outcome", "at", "concluded_by", "go_live_on"]
    list_select_related = ["project", "concluded_by"]
    list_filter = ["outcome"]

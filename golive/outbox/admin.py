"""The outbox in the admin: to read. Who decides about dead work does it on the page for it."""

from django.contrib import admin

from golive.audit.admin import ReadOnlyAdmin
from golive.outbox.models import Outbox


@admin.register(Outbox)
class OutboxAdmin(ReadOnlyAdmin):
    list_display = ["id", "kind", "hearer", "state", "priority", "attempts", "not_before", "created_at", "ended_at"]
    list_filter = ["state", "kind"]
    exclude = ["lease_token"]
    ordering = ["-id"]
    show_full_result_count = False

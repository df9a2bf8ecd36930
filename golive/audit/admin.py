"""History in the admin: to read."""

from typing import Any

from django.contrib import admin

from golive.audit.models import AuditRow, ChainHead


class ReadOnlyAdmin(admin.ModelAdmin):
    actions = None

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


@admin.register(AuditRow)
class AuditRowAdmin(ReadOnlyAdmin):
    list_display = ["chain", "seq", "at", "act", "object", "actor"]
    list_select_related = ["actor"]
    list_filter = ["act"]
    search_fields = ["chain", "object", "request_id"]
    ordering = ["-id"]
    show_full_result_count = False


@admin.register(ChainHead)
class ChainHeadAdmin(ReadOnlyAdmin):
    list_display = ["name", "seq", "hash"]
    search_fields = ["name"]

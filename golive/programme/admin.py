"""The admin reads the overrides; they are made on the page of the numbers."""

from django.contrib import admin
from django.http import HttpRequest

from golive.programme.models import NumberOverride


@admin.register(NumberOverride)
class NumberOverrideAdmin(admin.ModelAdmin):
    list_display = ("key", "value", "by", "at")
    list_filter = ("key",)
    list_select_related = ("by",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

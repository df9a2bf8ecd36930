"""Production in the admin: to read."""

from django.contrib import admin

from golive.audit.admin import ReadOnlyAdmin
from projects.production.models.clearance import Clearance, Estimate
from projects.production.models.request import ProductionRequest, ServiceRequest


@admin.register(Estimate)
class EstimateAdmin(ReadOnlyAdmin):
    list_display = ["project", "name", "user_count", "active", "added_by"]
    list_select_related = ["project", "added_by"]
    list_filter = ["active"]


@admin.register(Clearance)
class ClearanceAdmin(ReadOnlyAdmin):
    list_display = ["project", "kind", "state", "granted_at", "granted_by", "covers_until"]
    list_select_related = ["project", "granted_by"]
    list_filter = ["state"]


@admin.register(ProductionRequest)
class ProductionRequestAdmin(ReadOnlyAdmin):
    list_display = ["project", "infrastructure", "state", "signed_off_by", "released_at", "ended_at"]
    list_select_related = ["project", "signed_off_by"]
    list_filter = ["state", "infrastructure"]


@admin.register(ServiceRequest)
class ServiceRequestAdmin(ReadOnlyAdmin):
    list_display = ["project", "number", "state", "requested_at", "taken_by"]
    list_select_related = ["project", "taken_by"]
    list_filter = ["state"]

"""Projects and their people in the admin: to read."""

from django.contrib import admin

from golive.audit.admin import ReadOnlyAdmin
from projects.portfolio.models.milestones import RolloutMilestone
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.models.standing import ProjectStanding


@admin.register(Project)
class ProjectAdmin(ReadOnlyAdmin):
    list_display = ["key", "name", "customer", "partner", "infrastructure", "state"]
    list_select_related = ["customer", "partner"]
    list_filter = ["state", "infrastructure"]
    search_fields = ["key", "name", "customer__name"]


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    list_display = ["project", "user", "side", "access", "job", "stakeholder"]
    list_select_related = ["project", "user"]
    list_filter = ["side", "access"]
    search_fields = ["project__key", "user__email"]


@admin.register(ProjectStanding)
class ProjectStandingAdmin(ReadOnlyAdmin):
    list_display = ["project", "station", "go_live_on", "checklist_state", "review_state", "request_state", "waits_for"]
    list_select_related = ["project"]
    list_filter = ["station", "waits_for"]


@admin.register(RolloutMilestone)
class RolloutMilestoneAdmin(ReadOnlyAdmin):
    list_display = ["rollout", "milestone", "day", "tentative", "set_by"]
    list_select_related = ["rollout__project", "set_by"]
    list_filter = ["milestone"]

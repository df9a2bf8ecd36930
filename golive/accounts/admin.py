"""People and organisations in the admin: to read. What the packages would let an administrator edit is taken away."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

from golive.accounts.models import ApiToken, Invitation, Organisation, User
from golive.audit.admin import ReadOnlyAdmin

for foreign in (EmailAddress, EmailConfirmation, Authenticator, Group):
    if admin.site.is_registered(foreign):
        admin.site.unregister(foreign)


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    list_display = ["name", "kind", "disabled_at"]
    list_filter = ["kind"]
    search_fields = ["name"]


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    list_display = ["name", "email", "organisation", "joined_at", "disabled_at"]
    list_select_related = ["organisation"]
    search_fields = ["name", "email"]
    exclude = ["password", "session_epoch"]
    ordering = ["name", "pk"]


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    list_display = ["user", "name", "created_at", "last_used_at", "revoked_at"]
    list_select_related = ["user"]
    exclude = ["digest"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["email", "organisation", "invited_by", "created_at", "accepted_at", "revoked_at"]
    list_select_related = ["organisation", "invited_by"]
    exclude = ["digest"]

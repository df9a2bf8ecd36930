"""Accounts in the API, below /api/v1/."""

from django.urls import path

from golive.accounts.api import InvitationsView, OrganisationsView, StepUpView

urlpatterns = [
    path("organisations/", OrganisationsView.as_view(), name="api_organisations"),
    path("organisations/<uuid:uid>/invitations/", InvitationsView.as_view(), name="api_invitations"),
    path("step-up/", StepUpView.as_view(), name="api_step_up"),
]

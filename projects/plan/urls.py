"""Doors of the plan: starting a project comes first, since `new` would be a key."""

from django.urls import path

from projects.plan import api, views

urlpatterns = [
    path("projects/new/", views.project_new, name="project_new"),
    path("projects/<slug:key>/onboarding/", views.onboarding, name="onboarding"),
    path("projects/<slug:key>/onboarding/complete/", views.onboarding_complete, name="onboarding_complete"),
    path("projects/<slug:key>/plan/", views.plan, name="plan"),
]
ONBOARDING, MILESTONES = "projects/<slug:key>/onboarding/", "projects/<slug:key>/milestones/"
api_urlpatterns = [
    path("projects/", api.ProjectsView.as_view(), name="api_projects"),
    path(ONBOARDING, api.OnboardingView.as_view(), name="api_onboarding"),
    path(ONBOARDING + "complete/", api.OnboardingCompleteView.as_view(), name="api_onboarding_complete"),
    path(MILESTONES, api.MilestonesView.as_view(), name="api_milestones"),
    path(MILESTONES + "<slug:milestone>/", api.MilestoneView.as_view(), name="api_milestone"),
]

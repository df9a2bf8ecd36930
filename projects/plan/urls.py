"""Doors of the plan: starting a project comes first, since `new` would be a key."""

from django.urls import path

from projects.plan.api import backward as backward_api
from projects.plan.api import milestones as milestones_api
from projects.plan.api import onboarding as onboarding_api
from projects.plan.api import starting as starting_api
from projects.plan.views import backward, milestones, onboarding, starting

urlpatterns = [
    path("projects/new/", starting.project_new, name="project_new"),
    path("projects/<slug:key>/onboarding/", onboarding.onboarding, name="onboarding"),
    path("projects/<slug:key>/onboarding/complete/", onboarding.onboarding_complete, name="onboarding_complete"),
    path("projects/<slug:key>/onboarding/<slug:place>/", onboarding.onboarding_step, name="onboarding_step"),
    path("projects/<slug:key>/plan/", milestones.plan, name="plan"),
    path("projects/<slug:key>/planner/", backward.planner, name="planner"),
]
ONBOARDING, MILESTONES = "projects/<slug:key>/onboarding/", "projects/<slug:key>/milestones/"
api_urlpatterns = [
    path("projects/", starting_api.ProjectsView.as_view(), name="api_projects"),
    path(ONBOARDING, onboarding_api.OnboardingView.as_view(), name="api_onboarding"),
    path(ONBOARDING + "complete/", onboarding_api.OnboardingCompleteView.as_view(), name="api_onboarding_complete"),
    path(MILESTONES, milestones_api.MilestonesView.as_view(), name="api_milestones"),
    path("projects/<slug:key>/planner/", backward_api.PlannerView.as_view(), name="api_planner"),
    path(MILESTONES + "<slug:milestone>/", milestones_api.MilestoneView.as_view(), name="api_milestone"),
]

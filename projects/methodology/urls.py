"""Doors of the methodology."""

from django.urls import path

from projects.methodology import api, views

urlpatterns = [
    path("projects/<slug:key>/methodology/", views.methodology, name="methodology"),
    path("projects/<slug:key>/methodology/steps/<slug:step>/done/", views.step_mark, name="step_mark"),
    path("projects/<slug:key>/methodology/steps/<slug:step>/undo/", views.step_undo, name="step_undo"),
    path("projects/<slug:key>/methodology/<slug:phase>/complete/", views.phase_complete, name="phase_complete"),
    path("projects/<slug:key>/methodology/<slug:phase>/reopen/", views.phase_reopen, name="phase_reopen"),
]
PHASES, STEPS = "projects/<slug:key>/phases/", "projects/<slug:key>/steps/<slug:step>/"
api_urlpatterns = [
    path(PHASES, api.PhasesView.as_view(), name="api_phases"),
    path(PHASES + "<slug:phase>/", api.PhaseView.as_view(), name="api_phase"),
    path(PHASES + "<slug:phase>/complete/", api.PhaseCompleteView.as_view(), name="api_phase_complete"),
    path(PHASES + "<slug:phase>/reopen/", api.PhaseReopenView.as_view(), name="api_phase_reopen"),
    path(STEPS, api.StepView.as_view(), name="api_step"),
    path(STEPS + "complete/", api.StepCompleteView.as_view(), name="api_step_complete"),
    path(STEPS + "undo/", api.StepUndoView.as_view(), name="api_step_undo"),
]

"""Doors of the methodology."""

from django.urls import path

from projects.methodology.api import custom as custom_api
from projects.methodology.api import drafting as drafting_api
from projects.methodology.api import history as history_api
from projects.methodology.api import phases as phases_api
from projects.methodology.api import proofs as proofs_api
from projects.methodology.api import steps as steps_api
from projects.methodology.views import custom, drafting, history, page, phases, proofs, steps

STEP = "projects/<slug:key>/methodology/steps/<slug:step>/"
OWN, OWN_STEPS = "methodologies/<uuid:uid>/", "methodologies/<uuid:uid>/steps/"
own_urlpatterns = [
    path("methodologies/", custom.methodologies, name="methodologies"),
    path("methodologies/copy/", custom.methodology_copy, name="methodology_copy"),
    path(OWN, custom.own_methodology, name="own_methodology"),
    path(OWN + "publish/", custom.methodology_publish, name="methodology_publish"),
    path(OWN + "retire/", custom.methodology_retire, name="methodology_retire"),
    path(OWN + "versions/<int:number>/", custom.methodology_version, name="methodology_version"),
    path(OWN + "add/", drafting.draft_step_add, name="draft_step_add"),
    path(OWN_STEPS + "<slug:step>/", drafting.draft_step, name="draft_step"),
    path(OWN_STEPS + "<slug:step>/remove/", drafting.draft_step_remove, name="draft_step_remove"),
    path(OWN_STEPS + "<slug:step>/<slug:way>/", drafting.draft_step_move, name="draft_step_move"),
]
urlpatterns = [
    *own_urlpatterns,
    path("projects/<slug:key>/methodology/", page.methodology, name="methodology"),
    path("projects/<slug:key>/methodology/history/", history.methodology_history, name="methodology_history"),
    path(STEP, proofs.step, name="step"),
    path(STEP + "evidence/", proofs.step_prove, name="step_prove"),
    path(STEP + "evidence/attach/", proofs.step_attach, name="step_attach"),
    path(STEP + "evidence/<uuid:uid>/remove/", proofs.step_detach, name="step_detach"),
    path(STEP + "notes/", proofs.step_note, name="step_note"),
    path("projects/<slug:key>/methodology/steps/<slug:step>/done/", steps.step_mark, name="step_mark"),
    path("projects/<slug:key>/methodology/steps/<slug:step>/undo/", steps.step_undo, name="step_undo"),
    path("projects/<slug:key>/methodology/<slug:phase>/complete/", phases.phase_complete, name="phase_complete"),
    path("projects/<slug:key>/methodology/<slug:phase>/reopen/", phases.phase_reopen, name="phase_reopen"),
]
PHASES, STEPS = "projects/<slug:key>/phases/", "projects/<slug:key>/steps/<slug:step>/"
own_api_urlpatterns = [
    path("methodologies/", custom_api.MethodologiesView.as_view(), name="api_methodologies"),
    path(OWN, custom_api.OwnMethodologyView.as_view(), name="api_own_methodology"),
    path(OWN + "publish/", custom_api.MethodologyPublishView.as_view(), name="api_methodology_publish"),
    path(OWN + "retire/", custom_api.MethodologyRetireView.as_view(), name="api_methodology_retire"),
    path(OWN_STEPS, drafting_api.DraftStepsView.as_view(), name="api_draft_steps"),
    path(OWN_STEPS + "<slug:step>/", drafting_api.DraftStepView.as_view(), name="api_draft_step"),
    path(OWN_STEPS + "<slug:step>/move/", drafting_api.DraftStepMoveView.as_view(), name="api_draft_step_move"),
]
api_urlpatterns = [
    *own_api_urlpatterns,
    path(
        "projects/<slug:key>/methodology/history/",
        history_api.MethodologyHistoryView.as_view(),
        name="api_methodology_history",
    ),
    path(PHASES, phases_api.PhasesView.as_view(), name="api_phases"),
    path(PHASES + "<slug:phase>/", phases_api.PhaseView.as_view(), name="api_phase"),
    path(PHASES + "<slug:phase>/complete/", phases_api.PhaseCompleteView.as_view(), name="api_phase_complete"),
    path(PHASES + "<slug:phase>/reopen/", phases_api.PhaseReopenView.as_view(), name="api_phase_reopen"),
    path(STEPS, steps_api.StepView.as_view(), name="api_step"),
    path(STEPS + "complete/", steps_api.StepCompleteView.as_view(), name="api_step_complete"),
    path(STEPS + "evidence/", proofs_api.StepEvidenceView.as_view(), name="api_step_evidence"),
    path(STEPS + "evidence/<uuid:uid>/", proofs_api.StepEvidencePieceView.as_view(), name="api_step_detach"),
    path(STEPS + "notes/", proofs_api.StepNotesView.as_view(), name="api_step_notes"),
    path(STEPS + "undo/", steps_api.StepUndoView.as_view(), name="api_step_undo"),
]

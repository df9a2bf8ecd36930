"""The addresses of the checklist: its pages, and below /api/v1/ its resources."""

from django.urls import path

from projects.checklist import api
from projects.checklist.views import answering, rounds, workbench

PLACE = "projects/<slug:key>/checklist/"

urlpatterns = [
    path(PLACE, workbench.checklist, name="checklist"),
    path(f"{PLACE}panel/", workbench.checklist_panel, name="checklist_panel"),
    path(f"{PLACE}header/", answering.checklist_header, name="checklist_header"),
    path(f"{PLACE}answers/<slug:question>/", answering.checklist_answer, name="checklist_answer"),
    path(f"{PLACE}submit/", rounds.checklist_submit, name="checklist_submit"),
    path(f"{PLACE}withdraw/", rounds.checklist_withdraw, name="checklist_withdraw"),
    path(f"{PLACE}reopen/", rounds.checklist_reopen, name="checklist_reopen"),
    path(f"{PLACE}rounds/<int:number>/", rounds.checklist_round, name="checklist_round"),
]

api_urlpatterns = [
    path(PLACE, api.ChecklistView.as_view(), name="api_checklist"),
    path(f"{PLACE}header/", api.ChecklistHeaderView.as_view(), name="api_checklist_header"),
    path(f"{PLACE}answers/<slug:question>/", api.ChecklistAnswerView.as_view(), name="api_checklist_answer"),
    path(f"{PLACE}submit/", api.ChecklistSubmitView.as_view(), name="api_checklist_submit"),
    path(f"{PLACE}withdraw/", api.ChecklistWithdrawView.as_view(), name="api_checklist_withdraw"),
    path(f"{PLACE}reopen/", api.ChecklistReopenView.as_view(), name="api_checklist_reopen"),
    path(f"{PLACE}rounds/<int:number>/", api.ChecklistRoundView.as_view(), name="api_checklist_round"),
]

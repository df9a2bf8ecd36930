"""The addresses of the checklist: its pages, and below /api/v1/ its resources."""

from django.urls import path

from projects.checklist.api import answering as answering_api
from projects.checklist.api import rounds as rounds_api
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
    path(PLACE, answering_api.ChecklistView.as_view(), name="api_checklist"),
    path(f"{PLACE}header/", answering_api.ChecklistHeaderView.as_view(), name="api_checklist_header"),
    path(f"{PLACE}answers/<slug:question>/", answering_api.ChecklistAnswerView.as_view(), name="api_checklist_answer"),
    path(f"{PLACE}submit/", rounds_api.ChecklistSubmitView.as_view(), name="api_checklist_submit"),
    path(f"{PLACE}withdraw/", rounds_api.ChecklistWithdrawView.as_view(), name="api_checklist_withdraw"),
    path(f"{PLACE}reopen/", rounds_api.ChecklistReopenView.as_view(), name="api_checklist_reopen"),
    path(f"{PLACE}rounds/<int:number>/", rounds_api.ChecklistRoundView.as_view(), name="api_checklist_round"),
]

"""The addresses of the checklist: its pages, and below /api/v1/ its resources."""

from django.urls import path

from projects.checklist.api import answering as answering_api
from projects.checklist.api import assigning as assigning_api
from projects.checklist.api import confirming as confirming_api
from projects.checklist.api import evidence as evidence_api
from projects.checklist.api import gates as gates_api
from projects.checklist.api import header as header_api
from projects.checklist.api import history as history_api
from projects.checklist.api import knowing as knowing_api
from projects.checklist.api import papers as papers_api
from projects.checklist.api import presence as presence_api
from projects.checklist.api import rounds as rounds_api
from projects.checklist.api import talking as talking_api
from projects.checklist.views import (
    answering,
    assigning,
    confirming,
    contradicting,
    evidence,
    gates,
    header,
    history,
    one,
    papers,
    presence,
    rounds,
    talking,
    workbench,
)

PLACE = "projects/<slug:key>/checklist/"
ANSWER = f"{PLACE}answers/<slug:question>/"
GATES = f"{PLACE}quality-gates/"

urlpatterns = [
    path(PLACE, workbench.checklist, name="checklist"),
    path(f"{PLACE}panel/", workbench.checklist_panel, name="checklist_panel"),
    path(f"{PLACE}header/", header.checklist_header, name="checklist_header"),
    path(f"{PLACE}answers/<slug:question>/", answering.checklist_answer, name="checklist_answer"),
    path(f"{PLACE}answers/<slug:question>/confirm/", confirming.answer_confirm, name="checklist_answer_confirm"),
    path(f"{PLACE}answers/<slug:question>/history/", history.answer_history, name="checklist_answer_history"),
    path(f"{PLACE}topics/<slug:topic>/confirm/", confirming.topic_confirm, name="checklist_topic_confirm"),
    path(f"{PLACE}one/", one.first_question, name="checklist_one"),
    path(f"{PLACE}one/<slug:question>/", one.one_question, name="checklist_question"),
    path(f"{PLACE}presence/", presence.presence, name="checklist_presence"),
    path(
        f"{PLACE}contradictions/<slug:contradiction>/",
        contradicting.checklist_contradiction,
        name="checklist_contradiction",
    ),
    path(f"{ANSWER}evidence/", evidence.answer_evidence, name="answer_evidence"),
    path(f"{ANSWER}evidence/attach/", evidence.answer_evidence_attach, name="answer_evidence_attach"),
    path(f"{ANSWER}evidence/<uuid:uid>/remove/", evidence.answer_evidence_detach, name="answer_evidence_detach"),
    path(f"{PLACE}evidence/<uuid:uid>/newest/", evidence.checklist_evidence_newest, name="checklist_evidence_newest"),
    path(f"{ANSWER}comments/", talking.answer_comments, name="answer_comments"),
    path(f"{ANSWER}comments/resolve/", talking.answer_talk_resolve, name="answer_talk_resolve"),
    path(f"{PLACE}assignments/", assigning.assignments, name="checklist_assignments"),
    path(f"{PLACE}assignments/<uuid:uid>/end/", assigning.assignment_end, name="checklist_assignment_end"),
    path(f"{PLACE}submit/", rounds.checklist_submit, name="checklist_submit"),
    path(f"{PLACE}withdraw/", rounds.checklist_withdraw, name="checklist_withdraw"),
    path(f"{PLACE}reopen/", rounds.checklist_reopen, name="checklist_reopen"),
    path(f"{PLACE}rounds/<int:number>/", rounds.checklist_round, name="checklist_round"),
    path(f"{PLACE}rounds/<int:number>/<slug:form>/", papers.checklist_sent, name="checklist_sent"),
    path(f"{PLACE}blank/<slug:form>/", papers.checklist_blank, name="checklist_blank"),
    path(f"{PLACE}filled/<slug:form>/", papers.checklist_filled, name="checklist_filled"),
    path(f"{PLACE}gates/", gates.quality_gates, name="quality_gates"),
    path(f"{PLACE}gates/hold/", gates.quality_gate_hold, name="quality_gate_hold"),
    path(f"{PLACE}gates/compare/", gates.quality_gates_compared, name="quality_gates_compared"),
    path(f"{PLACE}gates/<int:number>/", gates.quality_gate, name="quality_gate"),
    path(f"{PLACE}gates/<int:number>/pdf/", gates.quality_gate_pdf, name="quality_gate_pdf"),
]

api_urlpatterns = [
    path(PLACE, answering_api.ChecklistView.as_view(), name="api_checklist"),
    path(f"{PLACE}header/", header_api.ChecklistHeaderView.as_view(), name="api_checklist_header"),
    path(f"{PLACE}answers/<slug:question>/", answering_api.ChecklistAnswerView.as_view(), name="api_checklist_answer"),
    path(
        f"{PLACE}answers/<slug:question>/history/",
        history_api.AnswerHistoryView.as_view(),
        name="api_checklist_answer_history",
    ),
    path(f"{PLACE}presence/", presence_api.ChecklistPresenceView.as_view(), name="api_checklist_presence"),
    path(f"{PLACE}confirmed/", confirming_api.AnswersConfirmedView.as_view(), name="api_checklist_confirmed"),
    path(f"{PLACE}contradictions/", knowing_api.ContradictionsView.as_view(), name="api_checklist_contradictions"),
    path(
        f"{PLACE}contradictions/<slug:contradiction>/",
        knowing_api.ContradictionView.as_view(),
        name="api_checklist_contradiction",
    ),
    path(f"{ANSWER}evidence/", evidence_api.AnswerEvidenceView.as_view(), name="api_answer_evidence"),
    path(
        f"{ANSWER}evidence/<uuid:uid>/",
        evidence_api.AnswerEvidencePieceView.as_view(),
        name="api_answer_evidence_piece",
    ),
    path(f"{PLACE}evidence/", evidence_api.ChecklistEvidenceView.as_view(), name="api_checklist_evidence"),
    path(
        f"{PLACE}evidence/<uuid:uid>/newest/",
        evidence_api.ChecklistEvidenceNewestView.as_view(),
        name="api_checklist_evidence_newest",
    ),
    path(f"{ANSWER}comments/", talking_api.AnswerCommentsView.as_view(), name="api_answer_comments"),
    path(f"{ANSWER}comments/resolve/", talking_api.AnswerTalkResolveView.as_view(), name="api_answer_talk_resolve"),
    path(f"{PLACE}assignments/", assigning_api.ChecklistAssignmentsView.as_view(), name="api_checklist_assignments"),
    path(
        f"{PLACE}assignments/<uuid:uid>/",
        assigning_api.ChecklistAssignmentView.as_view(),
        name="api_checklist_assignment",
    ),
    path(f"{PLACE}submit/", rounds_api.ChecklistSubmitView.as_view(), name="api_checklist_submit"),
    path(f"{PLACE}withdraw/", rounds_api.ChecklistWithdrawView.as_view(), name="api_checklist_withdraw"),
    path(f"{PLACE}reopen/", rounds_api.ChecklistReopenView.as_view(), name="api_checklist_reopen"),
    path(f"{PLACE}rounds/<int:number>/", rounds_api.ChecklistRoundView.as_view(), name="api_checklist_round"),
    path(f"{PLACE}rounds/<int:number>/<slug:form>/", papers_api.ChecklistSentView.as_view(), name="api_checklist_sent"),
    path(f"{PLACE}blank/<slug:form>/", papers_api.ChecklistBlankView.as_view(), name="api_checklist_blank"),
    path(f"{PLACE}filled/<slug:form>/", papers_api.ChecklistFilledView.as_view(), name="api_checklist_filled"),
    path(GATES, gates_api.QualityGatesView.as_view(), name="api_quality_gates"),
    path(f"{GATES}<int:number>/", gates_api.QualityGateView.as_view(), name="api_quality_gate"),
    path(
        f"{GATES}<int:number>/compare/<int:other>/",
        gates_api.QualityGatesComparedView.as_view(),
        name="api_quality_gates_compared",
    ),
    path(f"{GATES}<int:number>/pdf/", gates_api.QualityGatePdfView.as_view(), name="api_quality_gate_pdf"),
]

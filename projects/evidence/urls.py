"""Doors of evidence."""

from django.urls import path

from projects.evidence import api, views

PAGE, PIECE = "projects/<slug:key>/evidence/", "projects/<slug:key>/evidence/<uuid:uid>/"
urlpatterns = [
    path(PAGE, views.evidence, name="evidence"),
    path(PIECE, views.evidence_piece, name="evidence_piece"),
    path(PIECE + "withdraw/", views.evidence_withdraw, name="evidence_withdraw"),
    path(PIECE + "confirm/", views.evidence_confirm, name="evidence_confirm"),
    path(PIECE + "<int:number>/", views.evidence_file, name="evidence_file"),
]
api_urlpatterns = [
    path(PAGE, api.EvidencesView.as_view(), name="api_evidence"),
    path(PIECE, api.EvidenceView.as_view(), name="api_evidence_piece"),
    path(PIECE + "revisions/", api.EvidenceRevisionsView.as_view(), name="api_evidence_revise"),
    path(PIECE + "withdraw/", api.EvidenceWithdrawView.as_view(), name="api_evidence_withdraw"),
    path(PIECE + "confirm/", api.EvidenceConfirmView.as_view(), name="api_evidence_confirm"),
    path(PIECE + "revisions/<int:number>/file/", api.EvidenceFileView.as_view(), name="api_evidence_file"),
]

"""Doors of the assessment: findings, and who holds the review."""

from django.urls import path

from reviews.assessment import api
from reviews.assessment.views import findings, holding

HERE = "projects/<slug:key>/review/"

urlpatterns = [
    path(HERE + "assign/", holding.assign, name="review_assign"),
    path(HERE + "withdraw/", holding.withdraw, name="review_withdraw"),
    path(HERE + "open-drafts/", findings.open_drafts, name="open_drafts"),
    path(HERE + "findings/add/", findings.finding_add, name="finding_add"),
    path(HERE + "findings/<uuid:uid>/edit/", findings.finding_edit, name="finding_edit"),
    path(HERE + "findings/<uuid:uid>/<slug:verb>/", findings.finding_act, name="finding_act"),
]
api_urlpatterns = [
    path("reviews/<uuid:uid>/findings/", api.FindingsView.as_view(), name="api_findings"),
    path("reviews/<uuid:uid>/assign/", api.AssignView.as_view(), name="api_review_assign"),
    path("reviews/<uuid:uid>/withdraw/", api.WithdrawView.as_view(), name="api_review_withdraw"),
    path("findings/<uuid:uid>/", api.FindingView.as_view(), name="api_finding"),
    path("findings/<uuid:uid>/<slug:verb>/", api.FindingActView.as_view(), name="api_finding_act"),
]

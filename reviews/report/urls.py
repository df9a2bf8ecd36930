"""Doors of reports: delivering one, the list, the file."""

from django.urls import path

from reviews.report import api, views

HERE = "projects/<slug:key>/review/"

urlpatterns = [
    path(HERE + "deliver-report/", views.deliver, name="report_deliver"),
    path(HERE + "reports/", views.reports, name="reports"),
    path(HERE + "reports/<uuid:uid>/pdf/", views.report_pdf, name="report_pdf"),
]
api_urlpatterns = [
    path("reviews/<uuid:uid>/deliver-report/", api.DeliverReportView.as_view(), name="api_report_deliver"),
    path("reviews/<uuid:uid>/reports/", api.ReportsView.as_view(), name="api_reports"),
    path("reports/<uuid:uid>/pdf", api.ReportPdfView.as_view(), name="api_report_pdf"),
]

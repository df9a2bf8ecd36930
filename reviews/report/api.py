"""The API of reports: delivering one, listing them, and the file."""

from io import BytesIO
from typing import Any
from uuid import UUID

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.idempotency import DecidingView
from golive.core.api import SHOWN, StrictSerializer, page_of
from golive.core.problems import Problem
from reviews.assessment.models import Review
from reviews.assessment.queries import reviews_for
from reviews.report.actions import deliver_report, open_report
from reviews.report.models import Report, ReportOrder


class DeliverBody(StrictSerializer):
    """The address says it all."""


def review_in(request: Request, uid: UUID) -> Review:
    return get_object_or_404(reviews_for(request.user), uid=uid)


def order_shown(order: ReportOrder) -> dict[str, Any]:
    """`report` is null while the file is being made: within a minute."""
    report = getattr(order, "report", None)
    return {
        "version": order.version,
        "delivered_at": order.at,
        "by": str(order.by.uid),
        "report": report and {"uid": str(report.uid), "sha256": report.sha256, "size": report.size},
    }


class ReportsView(APIView):
    @extend_schema(operation_id="reports", responses=SHOWN)
    def get(self, request: Request, uid: UUID) -> Response:
        orders = ReportOrder.objects.visible_to(request.user).filter(review=review_in(request, uid))
        return Response(page_of(orders.select_related("report", "by"), request, key="-version", show=order_shown))


class DeliverReportView(DecidingView):
    @extend_schema(operation_id="report_deliver", request=DeliverBody, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        review = review_in(request, kwargs["uid"])
        DeliverBody(data=request.data).is_valid(raise_exception=True)
        order = deliver_report(review, by=request.user, at=timezone.now())
        return Response(order_shown(order), status=201)


class ReportPdfView(APIView):
    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """A caller asks for application/pdf, which no renderer of ours writes; problems stay JSON."""
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(operation_id="report_pdf", responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, uid: UUID) -> HttpResponseBase:
        report = get_object_or_404(Report.objects.visible_to(request.user).select_related("project"), uid=uid)
        held = open_report(report, by=request.user, at=timezone.now())
        if held is None:
            raise Problem(409, "report_damaged", _("The file of this report is missing, or is not what was stored."))
        name = f"{report.project.key}-review-report-{report.version}.pdf"
        response = FileResponse(BytesIO(held), as_attachment=True, filename=name, content_type="application/pdf")
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response

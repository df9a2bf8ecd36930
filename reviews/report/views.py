"""Delivering a report, the list of reports, and the download of one."""

from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from golive.core.htmx import asks_for_part, part
from golive.core.refusals import error_page
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.portfolio.queries.projects import head_of, projects_for
from projects.production.document.page import names_of
from reviews.assessment.actions.reviewing import people_told
from reviews.assessment.models import Review
from reviews.assessment.queries import review_facts, review_of
from reviews.assessment.rules.review import may_deliver_report
from reviews.report.actions import deliver_report, open_report
from reviews.report.models import Report
from reviews.report.queries import is_pending, orders_of

ASK = "reviews/assessment/ask.html"
LIST = "reviews/conclusion/_reports.html"


def review_in(request: HttpRequest, key: str) -> Review:
    project: Project = get_object_or_404(projects_for(request.user), key=key)
    review = review_of(project)
    if review is None:
        raise Http404
    return review


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deliver(request: HttpRequest, key: str) -> HttpResponse:
    """GET asks once; POST freezes what the report says, and its file is made at once after."""
    review = review_in(request, key)
    if request.method == "POST":
        deliver_report(review, by=request.user, at=timezone.now())
        messages.success(
            request, _("The report is delivered. Its file is ready within a minute; then the letter goes.")
        )
        return redirect(reverse("review", kwargs={"key": key}) + "#report")
    facts = [
        (
            _("What happens"),
            _("What the report says is fixed now, and the team sees every finding that is not a draft."),
        ),
        (_("Letter goes to"), names_of(people_told(review))),
    ]
    context = {
        "sheet": head_of(review.project, tab="review", today=timezone.localdate()),
        "title": _("Deliver the report?"),
        "facts": facts,
        "label": _("Deliver report"),
        "decision": may_deliver_report(onlooker(request.user, review.project), review_facts(review)),
        "url": request.path,
        "cancel": reverse("review", kwargs={"key": key}),
    }
    return render(request, ASK, context)


@login_required
@require_safe
def reports(request: HttpRequest, key: str) -> HttpResponse:
    """The list alone, asked again while a file is being made."""
    review = review_in(request, key)
    if not asks_for_part(request):
        return redirect(reverse("review", kwargs={"key": key}) + "#reports")
    rows = orders_of(review)
    return part(request, LIST, {"orders": rows, "pending": is_pending(rows), "key": key})


@login_required
@require_safe
def report_pdf(request: HttpRequest, key: str, uid: UUID) -> HttpResponseBase:
    visible = Report.objects.visible_to(request.user).select_related("project")
    report = get_object_or_404(visible, uid=uid, project__key=key)
    held = open_report(report, by=request.user, at=timezone.now())
    if held is None:
        return error_page(
            request,
            409,
            what=_("This report cannot be given out: its file is missing, or is not what was stored."),
            kept=_("What it says is kept, and its hash. The administrators are told."),
            todo=[(_("Back to the review"), reverse("review", kwargs={"key": key}))],
        )
    return attached(report, held)


def attached(report: Report, held: bytes) -> FileResponse:
    """Never shown in our own page's place: to keep, and with no rights should a browser open it."""
    name = f"{report.project.key}-review-report-{report.version}.pdf"
    response = FileResponse(BytesIO(held), as_attachment=True, filename=name, content_type="application/pdf")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response

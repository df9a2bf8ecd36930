"""The checklist on paper: blank, as answered now, as it was submitted."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from golive.core.pdf import PdfError
from golive.core.refusals import error_page
from projects.checklist.document import KINDS, paper_file
from projects.checklist.queries.paper import blank_paper, filled_paper, frozen_paper
from projects.checklist.queries.rounds import rounds_of
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.rules.paper import Paper
from projects.checklist.views.workbench import project_or_404


@login_required
@require_safe
def checklist_blank(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    sheet = sheet_of(project_or_404(request.user, key), at=timezone.now())
    return given(request, blank_paper(sheet), form, "checklist-blank", blank=True)


@login_required
@require_safe
def checklist_filled(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    at = timezone.now()
    paper = filled_paper(sheet_of(project_or_404(request.user, key), at=at), at=at)
    return given(request, paper, form, "checklist-as-answered")


@login_required
@require_safe
def checklist_sent(request: HttpRequest, key: str, number: int, form: str) -> HttpResponseBase:
    round_ = rounds_of(project_or_404(request.user, key)).filter(number=number).first()
    if round_ is None or round_.submitted_at is None:
        raise Http404
    sent = round_.submission
    return given(request, frozen_paper(sent.frozen, sha256=sent.sha256), form, f"checklist-round-{number}")


def given(request: HttpRequest, paper: Paper, form: str, name: str, *, blank: bool = False) -> HttpResponseBase:
    """A file of a kind that is made here; a PDF that cannot be made says why, and what can be had instead."""
    if form not in KINDS:
        raise Http404
    try:
        return paper_file(paper, form, name=name, blank=blank)
    except PdfError as error:
        back = reverse("checklist", kwargs={"key": paper.key})
        kept = _("Nothing is lost. The same content can be had as a workbook.")
        return error_page(request, 409, what=str(error), kept=kept, todo=[(_("Back to the checklist"), back)])

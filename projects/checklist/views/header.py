"""Saving the header: what is wrong with it, or both texts where somebody else was first."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from golive.core.decision import Stale, require
from projects.checklist.actions.header import save_header
from projects.checklist.queries.rounds import round_facts
from projects.checklist.queries.sheet import Sheet, sheet_of
from projects.checklist.rules.submission import may_answer
from projects.checklist.views.header_shown import HeaderShown, conflict_of, form_of, header_shown
from projects.checklist.views.workbench import project_or_404, workbench
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker

PAGE = "projects/checklist/checklist.html"


@login_required
@require_POST
def checklist_header(request: HttpRequest, key: str) -> HttpResponse:
    project, at = project_or_404(request.user, key), timezone.now()
    sheet = sheet_of(project, at=at)
    form = form_of(sheet, request.POST)
    if not form.is_valid():
        require(may_answer(onlooker(request.user, project), round_facts(sheet)), on=project)
        return again(request, project, header_shown(sheet, form), at, status=422)
    said, seen = form.header, form.cleaned_data["revision"]
    try:
        save_header(project, said, completed_by=form.person, revision=seen, by=request.user, at=at)
    except Stale as stale:
        return again(request, project, both(request, project, stale, at), at, status=409)
    messages.success(request, _("The header is saved."))
    return redirect(reverse("checklist", kwargs={"key": key}) + "#header")


def both(request: HttpRequest, project: Project, stale: Stale, at: datetime) -> HeaderShown:
    """What was typed stays in the form, now on the newest revision; what stands is shown beside it."""
    sheet: Sheet = sheet_of(project, at=at)
    typed = request.POST.copy()
    typed["revision"] = str(stale.revision)
    header, person = stale.theirs
    when = sheet.header_row.at if sheet.header_row else None
    return header_shown(sheet, form_of(sheet, typed), conflict_of(header, person, stale.by, when))


def again(request: HttpRequest, project: Project, shown: HeaderShown, at: datetime, *, status: int) -> HttpResponse:
    return render(request, PAGE, workbench(request.user, project, at, header=shown), status=status)

"""A word on a contradiction, sent by a plain form: kept, refused beside what was typed, or shown beside another's."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from golive.core.decision import Stale, require
from projects.checklist.actions.contradicting import settle_contradiction
from projects.checklist.forms.contradicting import SettleForm
from projects.checklist.queries.rounds import round_facts
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.rules.submission import may_answer
from projects.checklist.states import Stand
from projects.checklist.views.workbench import project_or_404, workbench
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker


@login_required
@require_POST
def checklist_contradiction(request: HttpRequest, key: str, contradiction: str) -> HttpResponse:
    project, at = project_or_404(request.user, key), timezone.now()
    sheet = sheet_of(project, at=at)
    if contradiction not in {one.id for one in sheet.catalogue.contradictions}:
        raise Http404
    form = SettleForm(contradiction, 0, {}, request.POST)
    if not form.is_valid():
        require(may_answer(onlooker(request.user, project), round_facts(sheet)), on=project)
        return shown_again(request, project, form, at, status=422)
    try:
        settle_contradiction(project, contradiction, **form.cleaned_data, by=request.user, at=at)
    except Stale as stale:
        newest = request.POST.copy()
        newest["revision"] = str(stale.revision)
        form = SettleForm(contradiction, 0, {}, newest)
        form.theirs = {**stale.theirs, "by": stale.by, "stand": Stand(stale.theirs["stand"]).label}
        return shown_again(request, project, form, at, status=409)
    messages.success(request, _("Kept: what was said to %(contradiction)s.") % {"contradiction": contradiction})
    return redirect(reverse("checklist", kwargs={"key": key}) + "#contradictions")


def shown_again(request: HttpRequest, project: Project, form: SettleForm, at: datetime, *, status: int) -> HttpResponse:
    context = workbench(request.user, project, at, spoken=form)
    return render(request, "projects/checklist/checklist.html", context, status=status)

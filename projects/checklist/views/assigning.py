"""Who is asked to answer what: a page of it, asking somebody, and asking nobody any more."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from golive.core.decision import require
from projects.checklist.actions.assigning import assign, end_assignment
from projects.checklist.forms.assigning import AssignForm
from projects.checklist.models.answers import ChecklistAssignment
from projects.checklist.queries.assigning import assignments_of
from projects.checklist.queries.rounds import fillers_of, round_facts
from projects.checklist.queries.sheet import Sheet, sheet_of
from projects.checklist.rules.assigning import may_assign
from projects.checklist.views.workbench import frame, project_or_404
from projects.portfolio.queries.people import onlooker


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignments(request: HttpRequest, key: str) -> HttpResponse:
    project, at = project_or_404(request.user, key), timezone.now()
    sheet = sheet_of(project, at=at)
    decision = may_assign(onlooker(request.user, project), round_facts(sheet))
    sent = request.POST if request.method == "POST" else None
    initial = {"what": request.GET.get("what", "")}
    form = AssignForm(sent, sheet=sheet, team=list(fillers_of(project)), initial=initial)
    if form.is_valid():
        said = {"person": form.chosen, "due_on": form.cleaned_data["due_on"]}
        assign(project, form.asked, **said, by=request.user, at=at)
        messages.success(request, _("%(name)s is asked to answer.") % {"name": form.chosen.name})
        return redirect("checklist_assignments", key=key)
    if sent is not None:
        require(decision, on=project)
    context: dict[str, Any] = {
        "rows": [line_of(sheet, row) for row in assignments_of(project)],
        "form": form,
        "decision": decision,
    }
    status = 422 if form.is_bound else 200
    return render(request, "projects/checklist/assignments.html", context | frame(project, at), status=status)


def line_of(sheet: Sheet, row: ChecklistAssignment) -> dict[str, Any]:
    names = {topic.id: topic.name for topic in sheet.catalogue.topics}
    text = names.get(row.topic, "") if row.topic else sheet.catalogue.question(row.question).text
    return {"row": row, "what": row.topic or row.question, "text": text}


@login_required
@require_POST
def assignment_end(request: HttpRequest, key: str, uid: UUID) -> HttpResponse:
    project = project_or_404(request.user, key)
    row = get_object_or_404(ChecklistAssignment, uid=uid, checklist__project=project)
    end_assignment(project, row, by=request.user, at=timezone.now())
    messages.success(request, _("Nobody is asked to answer it any more."))
    return redirect("checklist_assignments", key=key)

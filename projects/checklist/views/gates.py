"""Quality gates: held, read, compared, printed as one page for the steering committee."""

from datetime import datetime
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from golive.core.attachments import attached
from golive.core.decision import Stale, require
from golive.core.pdf import PdfError
from golive.core.refusals import error_page
from projects.checklist.actions.gates import hold_gate
from projects.checklist.content import gate_shown, lines_shown, pairs_shown
from projects.checklist.document import gate_pdf
from projects.checklist.forms.gates import GateForm
from projects.checklist.models.gates import QualityGate
from projects.checklist.queries.gates import gate_of, gates_of, next_topics, topics_at
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.rules.gates import differences, may_hold_gate
from projects.checklist.views.workbench import frame, project_or_404
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker

FOLDER = "projects/checklist/gates/"


@login_required
@require_safe
def quality_gates(request: HttpRequest, key: str) -> HttpResponse:
    project, at = project_or_404(request.user, key), timezone.now()
    gates = gates_of(project)
    decision = may_hold_gate(onlooker(request.user, project), state=project.state, key=key)
    shown = [gate_shown(gate) for gate in gates]
    return render(request, f"{FOLDER}list.html", frame(project, at) | {"gates": shown, "decision": decision})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def quality_gate_hold(request: HttpRequest, key: str) -> HttpResponse:
    project, at = project_or_404(request.user, key), timezone.now()
    decision = may_hold_gate(onlooker(request.user, project), state=project.state, key=key)
    if request.method == "POST":
        require(decision, on=project)
        return held(request, project, at)
    return ask(request, project, form_for(project, None, at), at, decision=decision)


def held(request: HttpRequest, project: Project, at: datetime) -> HttpResponse:
    form = form_for(project, request.POST, at)
    if not form.is_valid():
        return ask(request, project, form, at, status=422)
    try:
        gate = hold_gate(project, form.topics, **form.cleaned_data, by=request.user, at=at)
    except Stale as stale:
        sent = request.POST.copy()
        sent["after"] = str(stale.revision)
        told = _("Not kept yet: %(who)s held a gate meanwhile. Look at it, then send yours again.") % {"who": stale.by}
        return ask(request, project, form_for(project, sent, at), at, told=told, status=409)
    messages.success(request, _("The gate is kept as it was held."))
    return redirect("quality_gate", key=project.key, number=gate.number)


def form_for(project: Project, sent: Any, at: datetime) -> GateForm:
    newest = next(iter(gates_of(project)), None)
    sheet = sheet_of(project, at=at)
    return GateForm(sent, next_topics(sheet, newest), after=newest.number if newest else 0, today=sheet.facts.today)


def ask(request: HttpRequest, project: Project, form: GateForm, at: datetime, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    return render(request, f"{FOLDER}hold.html", frame(project, at) | {"form": form} | more, status=status)


@login_required
@require_safe
def quality_gate(request: HttpRequest, key: str, number: int) -> HttpResponse:
    project, at = project_or_404(request.user, key), timezone.now()
    gate = gate_or_404(project, number)
    context = {"gate": gate_shown(gate), "lines": lines_shown(topics_at(gate).values())}
    return render(request, f"{FOLDER}gate.html", frame(project, at) | context)


@login_required
@require_safe
def quality_gate_pdf(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    project = project_or_404(request.user, key)
    gate = gate_or_404(project, number)
    try:
        printed = gate_pdf(project, gate_shown(gate), lines_shown(topics_at(gate).values()))
    except PdfError as error:
        back = reverse("quality_gate", kwargs={"key": key, "number": number})
        kept = _("The gate is kept; its page can be printed.")
        return error_page(request, 409, what=str(error), kept=kept, todo=[(_("Back to the gate"), back)])
    return attached(BytesIO(printed), name=f"{key}-quality-gate-{number}.pdf", media_type="application/pdf")


@login_required
@require_safe
def quality_gates_compared(request: HttpRequest, key: str) -> HttpResponse:
    """Two gates in two columns: those that are asked for, else the two newest."""
    project, at = project_or_404(request.user, key), timezone.now()
    gates = {gate.number: gate for gate in gates_of(project)}
    numbers = [*gates, 0, 0][:2]
    after, before = (asked_for(request, name, gates, numbers[n]) for n, name in enumerate(("after", "before")))
    pairs = pairs_shown(differences(topics_at(before), topics_at(after))) if before and after else []
    context = {
        "gates": [gate_shown(gate) for gate in gates.values()],
        "before": gate_shown(before) if before else None,
        "after": gate_shown(after) if after else None,
        "pairs": pairs,
    }
    return render(request, f"{FOLDER}compare.html", frame(project, at) | context)


def asked_for(request: HttpRequest, name: str, gates: dict[int, QualityGate], usual: int) -> QualityGate | None:
    asked = request.GET.get(name, str(usual))
    if not (asked.isascii() and asked.isdigit() and len(asked) < 6):
        raise Http404
    if name in request.GET and int(asked) not in gates:
        raise Http404
    return gates.get(int(asked))


def gate_or_404(project: Project, number: int) -> QualityGate:
    gate = gate_of(project, number)
    if gate is None:
        raise Http404
    return gate

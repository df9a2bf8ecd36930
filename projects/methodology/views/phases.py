"""Completing a phase, and reopening it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from golive.core.htmx import asks_for_part, part
from projects.methodology.actions.phases import complete_phase, reopen_phase
from projects.methodology.forms import PhaseReopenForm
from projects.methodology.models.course import Phase
from projects.methodology.views.page import FRAGMENT, PAGE, answered, course_page, found


@login_required
@require_POST
def phase_complete(request: HttpRequest, key: str, phase: str) -> HttpResponse:
    project = found(request, key, Phase, phase)
    complete_phase(project, phase, by=request.user, at=timezone.now())
    messages.success(request, _("The phase is complete."))
    return answered(request, project, anchor=phase)


@login_required
@require_POST
def phase_reopen(request: HttpRequest, key: str, phase: str) -> HttpResponse:
    project = found(request, key, Phase, phase)
    form = PhaseReopenForm(request.POST, auto_id=f"{phase}_%s")
    if not form.is_valid():
        wrong = {"swapped": asks_for_part(request), "wrong_phase": phase, "reopen_form": form}
        template = FRAGMENT if asks_for_part(request) else PAGE
        return part(request, template, course_page(request, project, **wrong), status=422)
    reopen_phase(project, phase, by=request.user, because=form.cleaned_data["because"], at=timezone.now())
    messages.success(request, _("The phase is open again."))
    return answered(request, project, anchor=phase)

"""The methodology of a project: its phases with their steps, and the four acts on them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from golive.core.htmx import asks_for_part, part
from projects.methodology.actions import complete_phase, mark_step, reopen_phase, undo_step
from projects.methodology.content import PhaseSheet
from projects.methodology.forms import PhaseReopenForm, StepMarkForm
from projects.methodology.models import Phase, Step
from projects.methodology.queries import course_of, phase_sheets, reopenings_of
from projects.portfolio.models import Project
from projects.portfolio.queries import head_of, milestones_of, onlooker, projects_for

PAGE, FRAGMENT = "projects/methodology/methodology.html", "projects/methodology/_course.html"


@login_required
@require_safe
def methodology(request: HttpRequest, key: str) -> HttpResponse:
    project = get_object_or_404(projects_for(request.user), key=key)
    return part(request, PAGE, course_page(request, project))


def course_page(request: HttpRequest, project: Project, **changed: Any) -> dict[str, Any]:
    today = timezone.localdate()
    course = course_of(project)
    ends = {name: row.day for name, row in milestones_of(project).items()}
    phases = phase_sheets(course, onlooker(request.user, project), ends)
    current = next((phase for phase in phases if phase.current), phases[-1])
    return {
        "sheet": head_of(project, tab="methodology", today=today),
        "project": project,
        "phases": [(phase, form_of(phase, changed)) for phase in sorted(phases, key=before)],
        "rail": phases,
        "current": current,
        "left": current.required - current.required_done,
        "all_complete": all(phase.complete for phase in phases),
        "reopenings": [(row, course.text_of(row.phase).name) for row in reopenings_of(project)],
        "only_sees": current.steps[0].mark.who,
        "today": today,
        **changed,
    }


def before(phase: PhaseSheet) -> tuple[bool, bool]:
    """The phase in hand first, then those to come, then what is complete."""
    return (not phase.current, phase.complete)


def form_of(phase: PhaseSheet, changed: dict[str, Any]) -> PhaseReopenForm:
    wrong = changed.get("wrong_phase") == phase.key
    return changed["reopen_form"] if wrong else PhaseReopenForm(auto_id=f"{phase.key}_%s")


def answered(request: HttpRequest, project: Project, *, anchor: str) -> HttpResponse:
    """The part that changed for htmx, the page at the same place for everybody else."""
    if asks_for_part(request):
        return part(request, FRAGMENT, course_page(request, project, swapped=True))
    return redirect(f"{reverse('methodology', kwargs={'key': project.key})}#{anchor}")


@login_required
@require_POST
def step_mark(request: HttpRequest, key: str, step: str) -> HttpResponse:
    project = found(request, key, Step, step)
    form = StepMarkForm(request.POST)
    if not form.is_valid():
        wrong = {"swapped": asks_for_part(request), "wrong_step": step, "mark_form": form}
        template = FRAGMENT if asks_for_part(request) else PAGE
        return part(request, template, course_page(request, project, **wrong), status=422)
    mark_step(project, step, by=request.user, at=timezone.now(), note=form.cleaned_data["note"])
    undo = reverse("step_undo", kwargs={"key": key, "step": step})
    messages.success(request, _("%(step)s is done.") % {"step": step}, extra_tags=undo)
    return answered(request, project, anchor=step)


@login_required
@require_POST
def step_undo(request: HttpRequest, key: str, step: str) -> HttpResponse:
    project = found(request, key, Step, step)
    undo_step(project, step, by=request.user, at=timezone.now())
    messages.success(request, _("%(step)s is open again.") % {"step": step})
    return answered(request, project, anchor=step)


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


def found(request: HttpRequest, key: str, model: type[Phase] | type[Step], name: str) -> Project:
    """The project whose phase or step it is; what is not there and what one may not see are the same."""
    project = get_object_or_404(projects_for(request.user), key=key)
    if not model.objects.visible_to(request.user).filter(project=project, key=name).exists():
        raise Http404
    return project

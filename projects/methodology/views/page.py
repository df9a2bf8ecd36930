"""The methodology of a project: its phases with their steps."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from golive.core.htmx import asks_for_part, part
from projects.methodology.content import PhaseSheet
from projects.methodology.forms import PhaseReopenForm
from projects.methodology.models.course import Phase, Step
from projects.methodology.queries.course import course_of, reopenings_of
from projects.methodology.queries.proofs import proved_steps
from projects.methodology.queries.sheets import advice_for, phase_sheets
from projects.portfolio.models.project import Project
from projects.portfolio.queries.milestones import days_of
from projects.portfolio.queries.people import onlooker
from projects.portfolio.queries.projects import head_of, projects_for

PAGE, FRAGMENT = "projects/methodology/methodology.html", "projects/methodology/_course.html"


@login_required
@require_safe
def methodology(request: HttpRequest, key: str) -> HttpResponse:
    project = get_object_or_404(projects_for(request.user), key=key)
    return part(request, PAGE, course_page(request, project))


def course_page(request: HttpRequest, project: Project, **changed: Any) -> dict[str, Any]:
    today = timezone.localdate()
    course = course_of(project)
    ends = days_of(project)
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
        "advice": advice_for(course, request.user, timezone.now()),
        "proved": proved_steps(project),
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


def found(request: HttpRequest, key: str, model: type[Phase] | type[Step], name: str) -> Project:
    """The project whose phase or step it is; what is not there and what one may not see are the same."""
    project = get_object_or_404(projects_for(request.user), key=key)
    rows = model.objects.visible_to(request.user).filter(project=project, key=name)
    rows = rows.filter(applies=True) if model is Step else rows
    if not rows.exists():
        raise Http404
    return project

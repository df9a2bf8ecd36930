"""Marking a step, and taking the mark back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from golive.core.htmx import asks_for_part, part
from projects.methodology.actions.steps import mark_step, undo_step
from projects.methodology.forms import StepMarkForm
from projects.methodology.models.course import Step
from projects.methodology.views.page import FRAGMENT, PAGE, answered, course_page, found


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

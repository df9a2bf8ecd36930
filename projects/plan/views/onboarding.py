"""Onboarding."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.plan.actions.onboarding import complete_onboarding, save_onboarding
from projects.plan.forms.onboarding import OnboardingForm
from projects.plan.queries.milestones import plan_decision
from projects.plan.queries.onboarding import onboarding_decision, onboarding_of
from projects.portfolio.queries.projects import head_of, projects_for


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def onboarding(request: HttpRequest, key: str) -> HttpResponse:
    project = get_object_or_404(projects_for(request.user), key=key)
    row = onboarding_of(project)
    initial = {name: getattr(row, name) for name in OnboardingForm.base_fields}
    form = OnboardingForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        save_onboarding(project, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("onboarding", key=key)
    context = {
        "sheet": head_of(project, tab="plan", today=timezone.localdate()),
        "row": row,
        "form": form,
        "edit": plan_decision(request.user, project),
        "complete": onboarding_decision(request.user, project, row),
    }
    return render(request, "projects/plan/onboarding.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def onboarding_complete(request: HttpRequest, key: str) -> HttpResponse:
    project = get_object_or_404(projects_for(request.user), key=key)
    complete_onboarding(project, by=request.user, at=timezone.now())
    messages.success(request, _("Onboarding is complete. Now the steps of the first phase."))
    return redirect("methodology", key=key)

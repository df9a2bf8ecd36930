"""Onboarding: a wizard whose steps are picked in any order, each saved by itself."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from golive.core.decision import Stale
from projects.plan.actions.milestones import set_milestones
from projects.plan.actions.onboarding import complete_onboarding, save_onboarding
from projects.plan.forms.milestones import PlanForm
from projects.plan.forms.onboarding import FORMS, StepForm
from projects.plan.models.onboarding import Onboarding
from projects.plan.queries.lines import milestone_lines
from projects.plan.queries.milestones import plan_decision
from projects.plan.queries.onboarding import (
    onboarding_decision,
    onboarding_facts,
    onboarding_of,
    step_to_go_on,
    team_sides,
    wizard_steps,
)
from projects.plan.rules.onboarding import may_keep_complete
from projects.plan.states import OnboardingStep
from projects.plan.views.milestones import conflicts_of, plan_form
from projects.portfolio.models.project import Project
from projects.portfolio.queries.milestones import days_of
from projects.portfolio.queries.projects import head_of, projects_for
from projects.portfolio.states import Milestone

LEADS = {
    OnboardingStep.OVERVIEW: gettext_lazy("What this project is for, in words that a newcomer understands."),
    OnboardingStep.PARTNER: gettext_lazy("Who implements it with you. It may be named later."),
    OnboardingStep.LICENCES: gettext_lazy("Estimates after the full roll-out will do; 0 where there are none."),
    OnboardingStep.SCOPE: gettext_lazy("Steps, questions and advice are chosen by what you say here."),
    OnboardingStep.TEAM: gettext_lazy("Letters go to the people who stand on the project."),
    OnboardingStep.MILESTONES: gettext_lazy("Dates may be tentative and may change at any time."),
    OnboardingStep.TRACKING: gettext_lazy("Where the team keeps its tasks, for whoever looks at the project."),
    OnboardingStep.CONTACTS: gettext_lazy("Whom advice and reminders reach."),
    OnboardingStep.FINISH: gettext_lazy("Look it over. What it says may still be changed afterwards."),
}


@login_required
@require_safe
def onboarding(request: HttpRequest, key: str) -> HttpResponse:
    """Leads to the first step that lacks something, and to the end when none does."""
    project = get_object_or_404(projects_for(request.user), key=key)
    step = step_to_go_on(onboarding_facts(project, onboarding_of(project)))
    return redirect("onboarding_step", key=key, place=step)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def onboarding_step(request: HttpRequest, key: str, place: str) -> HttpResponse:
    project = get_object_or_404(projects_for(request.user), key=key)
    if place not in OnboardingStep.values:
        raise Http404
    step = OnboardingStep(place)
    row = onboarding_of(project)
    if step == OnboardingStep.MILESTONES:
        return milestones(request, project, row)
    if step in FORMS:
        return asked(request, project, row, step)
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if step == OnboardingStep.TEAM:
        return shown(request, project, row, step, sides=team_sides(project))
    said = {name: FORMS[name](row=row, project=project).words for name in FORMS}
    said[OnboardingStep.MILESTONES] = days_in_words(project)
    summary = [(place, said[place]) for place in OnboardingStep if place in said]
    return shown(request, project, row, step, summary=summary)


@login_required
@require_POST
def onboarding_complete(request: HttpRequest, key: str) -> HttpResponse:
    project = get_object_or_404(projects_for(request.user), key=key)
    complete_onboarding(project, by=request.user, at=timezone.now())
    messages.success(request, _("Onboarding is complete. Now the steps of the first phase."))
    return redirect("methodology", key=key)


def asked(request: HttpRequest, project: Project, row: Onboarding, step: str) -> HttpResponse:
    form = FORMS[step](request.POST if request.method == "POST" else None, row=row, project=project)
    if form.is_valid() and keeps_complete(form, project, row):
        save_onboarding(project, by=request.user, at=timezone.now(), **form.answers)
        messages.success(request, _("Saved."))
        return onward(request, project.key, step)
    return shown(request, project, row, step, form=form, status=422 if form.is_bound else 200)


def keeps_complete(form: StepForm, project: Project, row: Onboarding) -> bool:
    """What a complete onboarding may not take back is said above the form, with everything that was typed."""
    before, after = onboarding_facts(project, row), onboarding_of(project)
    for name, value in form.answers.items():
        setattr(after, name, value)
    for reason in may_keep_complete(before, onboarding_facts(project, after)).reasons:
        form.add_error(None, str(reason.text))
    return form.is_valid()


def milestones(request: HttpRequest, project: Project, row: Onboarding) -> HttpResponse:
    """The dates of the plan; nothing that moved meanwhile is overwritten unseen."""
    form = plan_form(request, project)
    if form.is_valid():
        how = {"because": form.cleaned_data["because"], "tentative": form.tentative, "seen": form.seen}
        try:
            set_milestones(project, form.moved, by=request.user, at=timezone.now(), **how)
        except Stale:
            conflicts, again = conflicts_of(project, form)
            return dated(request, project, row, again, status=409, conflicts=conflicts)
        messages.success(request, _("Dates saved."))
        return onward(request, project.key, OnboardingStep.MILESTONES)
    return dated(request, project, row, form, status=422 if form.is_bound else 200)


def dated(request: HttpRequest, project: Project, row: Onboarding, form: PlanForm, **more: Any) -> HttpResponse:
    lines = milestone_lines(project, [], timezone.localdate(), rows=form.rows)
    rows = [(line, form[f"{line.key}_day"], form[f"{line.key}_tentative"]) for line in lines]
    return shown(request, project, row, OnboardingStep.MILESTONES, form=form, rows=rows, **more)


def days_in_words(project: Project) -> list[tuple[str, str]]:
    days = days_of(project)
    return [(str(label), date_format(days[key], _("j M Y")) if key in days else "") for key, label in Milestone.choices]


def onward(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """Where the button says: on, back, or here once more."""
    move = {"back": -1, "stay": 0}.get(request.POST.get("to", ""), 1)
    places = OnboardingStep.values
    return redirect("onboarding_step", key=key, place=places[max(places.index(step) + move, 0)])


def shown(
    request: HttpRequest, project: Project, row: Onboarding, step: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    facts, today, places = onboarding_facts(project, row), timezone.localdate(), OnboardingStep.values
    beside = places.index(step)
    context = {
        "sheet": head_of(project, tab="plan", today=today),
        "row": row,
        "steps": wizard_steps(facts),
        "step": step,
        "title": OnboardingStep(step).label,
        "lead": LEADS[OnboardingStep(step)],
        "before": places[beside - 1] if beside else "",
        "after": places[beside + 1] if beside + 1 < len(places) else "",
        "url": reverse("onboarding_step", kwargs={"key": project.key, "place": step}),
        "edit": plan_decision(request.user, project),
        "complete": onboarding_decision(request.user, project, facts),
        "guidance_from": settings.GUIDANCE_FROM,
        "today": today,
    }
    return render(request, "projects/plan/onboarding.html", context | more, status=status)

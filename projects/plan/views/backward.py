"""Backward from go-live: the latest safe day of everything before it."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from golive.programme.queries import fasttrack_calendar
from projects.plan.content import BackwardPlan
from projects.plan.forms.backward import PlannerForm
from projects.plan.queries.backward import backward_plan
from projects.portfolio.queries.milestones import days_of
from projects.portfolio.queries.projects import head_of, projects_for
from projects.portfolio.states import Milestone


@login_required
@require_safe
def planner(request: HttpRequest, key: str) -> HttpResponse:
    project = get_object_or_404(projects_for(request.user), key=key)
    saved, today = days_of(project), timezone.localdate()
    form = PlannerForm(request.GET or None, initial={"go_live": saved.get(Milestone.GO_LIVE)})
    asked = form.cleaned_data if form.is_valid() else {}
    tried = {Milestone.GO_LIVE.value: asked["go_live"]} if asked.get("go_live") else {}
    own: frozenset[date] = asked.get("off", frozenset())
    plan = None if form.errors else backward_plan(project, saved | tried, today=today, own=own)
    context = {
        "sheet": head_of(project, tab="plan", today=today),
        "form": form,
        "plan": plan,
        "own": sorted(own),
        "saved": saved.get(Milestone.GO_LIVE),
        "country": fasttrack_calendar().country,
        "words": say(plan),
        "today": today,
    }
    return render(request, "projects/plan/planner.html", context, status=422 if form.errors else 200)


def say(plan: BackwardPlan | None) -> tuple[str, str]:
    """The visitor's question answered: does it fit?"""
    if plan is None:
        return _("From go-live back to the latest safe day of everything before it."), ""
    if plan.decides is None or plan.decides.slack is None:
        return _("Nothing is expected yet."), _("Give the Test phase a date: what follows is counted from there.")
    name, slack = plan.decides.name, plan.decides.slack
    days = ngettext("%(n)d business day", "%(n)d business days", abs(slack)) % {"n": abs(slack)}
    if slack < 0:
        text = _("%(name)s comes too late by %(days)s: it must come sooner, or go-live later.")
        return _("It does not fit."), text % {"name": name, "days": days}
    text = _("The least slack decides: %(name)s, %(days)s.") if slack else _("%(name)s has no slack left: it decides.")
    return _("It fits."), text % {"name": name, "days": days}

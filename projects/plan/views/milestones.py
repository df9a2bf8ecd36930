"""The dates of a project."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from golive.core.decision import Stale
from projects.plan.actions.milestones import set_milestones
from projects.plan.content import MilestoneLine, MoveEntry
from projects.plan.forms.milestones import PlanForm
from projects.plan.queries.feeds import feeds_of
from projects.plan.queries.lines import milestone_lines
from projects.plan.queries.milestones import move_entry, moves_of, moves_since, plan_decision, revision_of
from projects.plan.queries.notices import notices_of
from projects.plan.rules.feeds import FeedFacts, may_make_feed
from projects.plan.states import MilestoneColour
from projects.portfolio.models.project import Project
from projects.portfolio.queries.milestones import milestones_of
from projects.portfolio.queries.projects import head_of, projects_for
from projects.portfolio.states import Milestone


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, key: str) -> HttpResponse:
    project = get_object_or_404(projects_for(request.user), key=key)
    form = plan_form(request, project)
    if form.is_valid():
        how = {"because": form.cleaned_data["because"], "tentative": form.tentative, "seen": form.seen}
        try:
            set_milestones(project, form.moved, by=request.user, at=timezone.now(), **how)
        except Stale:
            return both_dates(request, project, form)
        messages.success(request, _("Dates saved."))
        return redirect("plan", key=key)
    return shown(request, project, form, status=422 if form.is_bound else 200)


def plan_form(request: HttpRequest, project: Project) -> PlanForm:
    data = request.POST if request.method == "POST" else None
    return PlanForm(data, rows=milestones_of(project), revision=revision_of(project))


def both_dates(request: HttpRequest, project: Project, form: PlanForm) -> HttpResponse:
    """Somebody moved a date first: theirs and mine beside each other, nothing lost and no side taken."""
    conflicts, again = conflicts_of(project, form)
    return shown(request, project, again, status=409, conflicts=conflicts)


def conflicts_of(project: Project, form: PlanForm) -> tuple[list[tuple[MoveEntry, date, date]], PlanForm]:
    """Each date that moved meanwhile, theirs and mine; and the form on the dates as they stand now."""
    moved = moves_since(project, form.seen)
    conflicts = [(move_entry(move), move.after, form.moved[key]) for key, move in moved.items() if key in form.moved]
    return conflicts, form.onto(milestones_of(project), revision_of(project))


def shown(request: HttpRequest, project: Project, form: PlanForm, *, status: int, **more: Any) -> HttpResponse:
    today, moves = timezone.localdate(), moves_of(project)
    lines = milestone_lines(project, moves, today, rows=form.rows)
    days = {line.key: line.day for line in lines if line.day}
    feed = feeds_of(request.user).filter(project=project).first()
    context = {
        "sheet": head_of(project, tab="plan", today=today),
        "project": project,
        "form": form,
        "rows": [(line, form[f"{line.key}_day"], form[f"{line.key}_tentative"]) for line in lines],
        "dated": [line for line in lines if line.day],
        "notices": notices_of(project, days, today),
        "moves": [move_entry(move) for move in moves],
        "decision": plan_decision(request.user, project),
        "feed": feed,
        "feed_decision": may_make_feed(FeedFacts(lives=feed is not None, archived=bool(project.archived_at))),
        "today": today,
        "go_live_on": days.get(Milestone.GO_LIVE),
        "words": say(lines),
    }
    return render(request, "projects/plan/plan.html", context | more, status=status)


def say(lines: list[MilestoneLine]) -> tuple[str, str]:
    """The visitor's question answered: do we have a plan?"""
    missing = [line for line in lines if line.required and not line.day]
    past = [line.name for line in lines if line.colour == MilestoneColour.RED]
    if missing:
        return _("The plan is not whole yet."), _("Tentative dates will do; they may change at any time.")
    if past:
        return _("Past and not complete: %(names)s.") % {"names": ", ".join(past)}, _(
            "Complete them or move the dates: everything dated hangs on them."
        )
    return _("Every phase has a date."), _("Keep them current: each move is kept with its reason.")

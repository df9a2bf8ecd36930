"""The dates of a project."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from projects.plan.actions.milestones import set_milestones
from projects.plan.content import MilestoneLine
from projects.plan.forms.milestones import PlanForm
from projects.plan.queries.milestones import backwards_words, milestone_lines, moves_of, plan_decision
from projects.portfolio.models.milestones import MilestoneMove
from projects.portfolio.models.project import Project
from projects.portfolio.queries.milestones import milestones_of
from projects.portfolio.queries.projects import head_of, projects_for
from projects.portfolio.states import Milestone


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, key: str) -> HttpResponse:
    project = get_object_or_404(projects_for(request.user), key=key)
    form = PlanForm(request.POST if request.method == "POST" else None, rows=milestones_of(project))
    if form.is_valid():
        because = form.cleaned_data["because"]
        at = timezone.now()
        set_milestones(project, form.moved, by=request.user, at=at, because=because, tentative=form.tentative)
        messages.success(request, _("Dates saved."))
        return redirect("plan", key=key)
    return render(
        request, "projects/plan/plan.html", plan_page(request, project, form), status=422 if form.is_bound else 200
    )


def plan_page(request: HttpRequest, project: Project, form: PlanForm) -> dict[str, Any]:
    today, moves = timezone.localdate(), moves_of(project)
    lines = milestone_lines(project, moves, today)
    days = {line.key: line.day for line in lines if line.day}
    return {
        "sheet": head_of(project, tab="plan", today=today),
        "project": project,
        "form": form,
        "rows": [(line, form[f"{line.key}_day"], form[f"{line.key}_tentative"]) for line in lines],
        "dated": [line for line in lines if line.day],
        "missing": ", ".join(line.name for line in lines if line.required and not line.day),
        "warnings": backwards_words(days),
        "moves": [move_entry(move) for move in moves],
        "decision": plan_decision(request.user, project),
        "today": today,
        "go_live_on": days.get(Milestone.GO_LIVE),
        "words": say(lines),
    }


def say(lines: list[MilestoneLine]) -> tuple[str, str]:
    """The visitor's question answered: do we have a plan?"""
    missing = [line for line in lines if line.required and not line.day]
    past = [line.name for line in lines if line.word == _("Past")]
    if missing:
        return _("The plan is not whole yet."), _("Tentative dates will do; they may change at any time.")
    if past:
        return _("Past and not complete: %(names)s.") % {"names": ", ".join(past)}, _(
            "Complete them or move the dates."
        )
    return _("Every phase has a date."), _("They may change at any time; each move is kept with its reason.")


def move_entry(move: MilestoneMove) -> dict[str, Any]:
    return {"move": move, "name": Milestone(move.milestone).label}

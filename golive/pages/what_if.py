"""What follows when dates move, shown before they are saved. It changes nothing and decides nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.models import User
from golive.core.api import SHOWN, DayField, StrictSerializer
from golive.core.calendar import today_in
from golive.core.htmx import render_page
from golive.pages.dates import weekday_words
from golive.pages.following.case import Case, Consequence
from golive.pages.following.checklist import checklist_moves
from golive.pages.following.gate import gate_changes
from golive.pages.following.plan import clashes, slack_changes, stop_moves
from projects.plan.forms.milestones import PlanForm
from projects.plan.queries.lines import milestone_lines
from projects.plan.queries.milestones import moves_of, plan_decision
from projects.portfolio.content import Badge
from projects.portfolio.models.project import Project
from projects.portfolio.queries.milestones import days_of, milestones_of
from projects.portfolio.queries.projects import head_of, projects_for
from projects.portfolio.states import Milestone

# Each is asked what follows; a slice with dated things joins by one line.
PARTS: tuple[Callable[[Case], Iterable[Consequence]], ...] = (
    checklist_moves,
    stop_moves,
    slack_changes,
    clashes,
    gate_changes,
)


@dataclass(frozen=True)
class ConsequenceLine:
    text: str
    was: str
    then: str
    detail: str
    badge: Badge | None


def consequences(case: Case) -> list[Consequence]:
    return [one for part in PARTS for one in part(case)]


@login_required
@require_POST
def what_if(request: HttpRequest, key: str) -> HttpResponse:
    """With script the panel that follows the form as one types, without it a page with the form and Save in it."""
    user = cast(User, request.user)
    project = get_object_or_404(projects_for(user), key=key)
    form, today = PlanForm(request.POST, rows=milestones_of(project)), timezone.localdate()
    follows = shown(case_of(project, form, today)) if form.is_valid() else None
    lines = milestone_lines(project, moves_of(project), today, rows=form.rows)
    context = {
        "sheet": head_of(project, tab="plan", today=today),
        "project": project,
        "form": form,
        "rows": [(line, form[f"{line.key}_day"], form[f"{line.key}_tentative"]) for line in lines],
        "decision": plan_decision(user, project),
        "follows": follows,
    }
    status = 200 if follows else 422
    return render_page(request, "golive/what_if.html", "projects/plan/_what_follows.html", context, status)


def case_of(project: Project, form: PlanForm, today: date) -> Case:
    before = {key: row.day for key, row in form.rows.items()}
    return Case(project, before, before | form.moved, today)


def shown(case: Case) -> dict[str, Any]:
    """In words, in three columns."""
    found = consequences(case)
    heads = {"deadlines": _("Deadlines"), "slack": _("Slack and clashes"), "gate": _("Review and request")}
    groups = [(head, [line_of(one) for one in found if one.group == group]) for group, head in heads.items()]
    return {"groups": [(head, lines) for head, lines in groups if lines], "words": say(case, found)}


def line_of(one: Consequence) -> ConsequenceLine:
    was, then = (weekday_words(value) if isinstance(value, date) else value or "" for value in (one.was, one.then))
    badges = {
        "good": Badge("good", "check", _("Mends")),
        "notice": Badge("notice", "dia", _("Note")),
        "serious": Badge("serious", "tri", _("Breaks")),
        "critical": Badge("critical", "stop", _("Breaks")),
    }
    return ConsequenceLine(one.text, was, then, one.detail, badges.get(one.tone))


def changed(case: Case) -> dict[str, date]:
    return {key: day for key, day in case.after.items() if case.moves(key)}


def say(case: Case, found: list[Consequence]) -> tuple[str, str]:
    moves = changed(case)
    if not moves:
        return _("No date moves."), ""
    if len(moves) == 1:
        [(key, day)] = moves.items()
        words = {"name": Milestone(key).label, "day": weekday_words(day)}
        strong = _("%(name)s on %(day)s, not saved yet.") % words
    else:
        strong = ngettext("%(n)d date moves, not saved yet.", "%(n)d dates move, not saved yet.", len(moves))
        strong %= {"n": len(moves)}
    hurts = sum(1 for one in found if one.tone not in {"", "good"})
    if not hurts:
        return strong, _("Nothing breaks and nothing clashes.")
    text = ngettext("One thing breaks or clashes.", "%(n)d things break or clash.", hurts)
    return strong, text % {"n": hurts}


class WhatIfDays(StrictSerializer):
    def get_fields(self) -> dict[str, Any]:
        return {key: DayField(required=False) for key in Milestone.values}


class WhatIfBody(StrictSerializer):
    days = WhatIfDays()


class WhatIfView(APIView):
    @extend_schema(operation_id="what_if", request=WhatIfBody, responses=SHOWN)
    def post(self, request: Request, key: str) -> Response:
        """What would follow from these days. Nothing is saved, so it takes no Idempotency-Key."""
        project = get_object_or_404(projects_for(cast(User, request.user)), key=key)
        body = WhatIfBody(data=request.data)
        body.is_valid(raise_exception=True)
        before, days = days_of(project), body.validated_data["days"]
        case = Case(project, before, before | days, today_in(project.time_zone, timezone.now()))
        found = consequences(case)
        moves = {key: day.isoformat() for key, day in changed(case).items()}
        return Response({"moves": moves, "consequences": [consequence_shown(one) for one in found]})


def consequence_shown(one: Consequence) -> dict[str, Any]:
    was, then = (value.isoformat() if isinstance(value, date) else value for value in (one.was, one.then))
    breaks = one.tone not in {"", "good"}
    words = {"text": one.text, "was": was, "then": then, "detail": one.detail}
    return {"group": one.group, "code": one.code, **words, "breaks": breaks}

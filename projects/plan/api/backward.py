"""The API of the backward planner: what if we went live on another day?"""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.core.api import SHOWN
from golive.core.calendar import today_in
from golive.programme.queries import fasttrack_calendar
from projects.plan.content import PlannerLine
from projects.plan.forms.backward import PlannerForm
from projects.plan.queries.backward import backward_plan
from projects.portfolio.queries.milestones import days_of
from projects.portfolio.queries.projects import projects_for
from projects.portfolio.states import Milestone

ASKED = [OpenApiParameter("go_live", str), OpenApiParameter("off", str)]


class PlannerView(APIView):
    @extend_schema(operation_id="planner", parameters=ASKED, responses=SHOWN)
    def get(self, request: Request, key: str) -> Response:
        """The latest safe day of each stop; `off`: days on which nobody works, such as 2026-12-24/2027-01-02."""
        project = get_object_or_404(projects_for(request.user), key=key)
        form = PlannerForm(request.query_params)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        days, go_live = days_of(project), form.cleaned_data["go_live"]
        asked = days | ({Milestone.GO_LIVE.value: go_live} if go_live else {})
        today = today_in(project.time_zone, timezone.now())
        plan = backward_plan(project, asked, today=today, own=form.cleaned_data["off"])
        shown = {
            "go_live": plan.go_live.isoformat() if plan else None,
            "saved": days[Milestone.GO_LIVE].isoformat() if Milestone.GO_LIVE in days else None,
            "holidays": fasttrack_calendar().country,
            "off": sorted(day.isoformat() for day in form.cleaned_data["off"]),
            "decides": plan.decides.stop if plan and plan.decides else None,
            "stops": [line_shown(line) for line in plan.lines] if plan else [],
        }
        return Response(shown)


def line_shown(line: PlannerLine) -> dict[str, Any]:
    return {
        "stop": line.stop,
        "latest": line.latest.isoformat(),
        "expected": line.expected.isoformat() if line.expected else None,
        "set": line.set_day,
        "done": line.done,
        "slack": line.slack,
    }

"""The API of milestones."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.core.api import SHOWN, DayField, LineField, StrictSerializer, decision_json
from projects.plan.actions.milestones import set_milestones
from projects.plan.queries.milestones import plan_decision
from projects.portfolio.models.milestones import RolloutMilestone
from projects.portfolio.queries.milestones import milestones_of
from projects.portfolio.queries.projects import projects_for
from projects.portfolio.states import Milestone


class MilestoneBody(StrictSerializer):
    day = DayField()
    tentative = serializers.BooleanField(default=False)
    because = LineField(max_length=500, default="", allow_blank=True)


class MilestonesView(APIView):
    @extend_schema(operation_id="milestones", responses=SHOWN)
    def get(self, request: Request, key: str) -> Response:
        project = get_object_or_404(projects_for(request.user), key=key)
        rows = milestones_of(project)
        return Response({"results": [milestone_shown(name, rows.get(name)) for name in Milestone.values], "next": None})


class MilestoneView(APIView):
    @extend_schema(operation_id="milestone", responses=SHOWN)
    def get(self, request: Request, key: str, milestone: str) -> Response:
        project = get_object_or_404(projects_for(request.user), key=key)
        if milestone not in Milestone.values:
            raise Http404
        actions = {"set": decision_json(plan_decision(request.user, project), request)}
        return Response({**milestone_shown(milestone, milestones_of(project).get(milestone)), "actions": actions})

    @extend_schema(operation_id="milestone_set", request=MilestoneBody, responses=SHOWN)
    def put(self, request: Request, key: str, milestone: str) -> Response:
        """Sets or moves the date. The same date once more changes nothing."""
        project = get_object_or_404(projects_for(request.user), key=key)
        if milestone not in Milestone.values:
            raise Http404
        body = MilestoneBody(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        tentative = frozenset({milestone} if said["tentative"] else ())
        days, at = {milestone: said["day"]}, timezone.now()
        set_milestones(project, days, by=request.user, at=at, because=said["because"], tentative=tentative)
        return Response(milestone_shown(milestone, milestones_of(project).get(milestone)))


def milestone_shown(key: str, row: RolloutMilestone | None) -> dict[str, Any]:
    return {
        "milestone": key,
        "day": row.day.isoformat() if row else None,
        "tentative": bool(row and row.tentative),
        "set_at": row.set_at.isoformat() if row else None,
    }

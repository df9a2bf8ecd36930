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

from golive.core.api import SHOWN, DayField, LineField, StrictSerializer, decision_json, if_match
from golive.core.calendar import today_in
from projects.plan.actions.milestones import set_milestones
from projects.plan.content import MilestoneLine
from projects.plan.queries.lines import milestone_lines
from projects.plan.queries.milestones import plan_decision, revision_of
from projects.plan.queries.notices import notices_of
from projects.portfolio.models.project import Project
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
        lines = lines_of(project)
        shown = {"results": [milestone_shown(line) for line in lines], "next": None}
        return told(shown | notices_shown(project, lines), project)


class MilestoneView(APIView):
    @extend_schema(operation_id="milestone", responses=SHOWN)
    def get(self, request: Request, key: str, milestone: str) -> Response:
        project = self.found(request, key, milestone)
        actions = {"set": decision_json(plan_decision(request.user, project), request)}
        return self.answer(project, milestone, actions=actions)

    @extend_schema(operation_id="milestone_set", request=MilestoneBody, responses=SHOWN)
    def put(self, request: Request, key: str, milestone: str) -> Response:
        """Sets or moves the date; If-Match says the revision of the plan that was seen.

        The same date once more changes nothing. A date that moved since is not overwritten: 412 with both.
        """
        project = self.found(request, key, milestone)
        seen = if_match(request)
        body = MilestoneBody(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        tentative = frozenset({milestone} if said["tentative"] else ())
        days, how = {milestone: said["day"]}, {"because": said["because"], "tentative": tentative, "seen": seen}
        set_milestones(project, days, by=request.user, at=timezone.now(), **how)
        return self.answer(self.found(request, key, milestone), milestone)

    def found(self, request: Request, key: str, milestone: str) -> Project:
        project = get_object_or_404(projects_for(request.user), key=key)
        if milestone not in Milestone.values:
            raise Http404
        return project

    def answer(self, project: Project, milestone: str, **more: Any) -> Response:
        lines = lines_of(project)
        one = next(line for line in lines if line.key == milestone)
        return told(milestone_shown(one) | notices_shown(project, lines) | more, project)


def lines_of(project: Project) -> list[MilestoneLine]:
    return milestone_lines(project, [], today_in(project.time_zone, timezone.now()))


def milestone_shown(line: MilestoneLine) -> dict[str, Any]:
    return {
        "milestone": line.key,
        "day": line.day.isoformat() if line.day else None,
        "tentative": line.tentative,
        "colour": line.colour,
        "set_at": line.set_at.isoformat() if line.set_at else None,
    }


def notices_shown(project: Project, lines: list[MilestoneLine]) -> dict[str, Any]:
    days = {line.key: line.day for line in lines if line.day}
    notices = notices_of(project, days, today_in(project.time_zone, timezone.now()))
    return {"notices": [{"code": notice.code, "text": notice.text} for notice in notices]}


def told(shown: dict[str, Any], project: Project) -> Response:
    """With the revision of the plan, which a caller sends back to change it."""
    revision = revision_of(project)
    return Response(shown | {"revision": revision}, headers={"ETag": f'"{revision}"'})

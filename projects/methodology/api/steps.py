"""The API of steps."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.idempotency import DecidingView
from golive.core.api import SHOWN, LineField, StrictSerializer, decision_json
from projects.methodology.actions.steps import mark_step, undo_step
from projects.methodology.api.shown import EmptyPhaseBody, reasons_shown, sheets_of, step_shown
from projects.methodology.content import StepLine
from projects.methodology.queries.course import course_of
from projects.methodology.queries.sheets import advice_for
from projects.portfolio.models.project import Project


class StepBody(StrictSerializer):
    note = LineField(max_length=500, required=False, default="", allow_blank=True)


def the_step(request: Request, key: str, name: str) -> tuple[Project, StepLine]:
    project, sheets = sheets_of(request, key)
    for sheet in sheets:
        for step in sheet.steps:
            if step.key == name:
                return project, step
    raise Http404


class StepView(APIView):
    @extend_schema(operation_id="step", responses=SHOWN)
    def get(self, request: Request, key: str, step: str) -> Response:
        _project, line = the_step(request, key, step)
        actions = {"complete": decision_json(line.mark, request), "undo": decision_json(line.undo, request)}
        return Response({**step_shown(line), "actions": actions})


class StepCompleteView(DecidingView):
    @extend_schema(operation_id="step_complete", request=StepBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project, _line = the_step(request, kwargs["key"], kwargs["step"])
        body = StepBody(data=request.data)
        body.is_valid(raise_exception=True)
        at = timezone.now()
        mark_step(project, kwargs["step"], by=request.user, at=at, **body.validated_data)
        advice = advice_for(course_of(project), request.user, at)
        shown = step_shown(the_step(request, kwargs["key"], kwargs["step"])[1])
        return Response({**shown, "advice": reasons_shown([advice] if advice else [])})


class StepUndoView(DecidingView):
    @extend_schema(operation_id="step_undo", request=EmptyPhaseBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project, _line = the_step(request, kwargs["key"], kwargs["step"])
        EmptyPhaseBody(data=request.data).is_valid(raise_exception=True)
        undo_step(project, kwargs["step"], by=request.user, at=timezone.now())
        return Response(step_shown(the_step(request, kwargs["key"], kwargs["step"])[1]))

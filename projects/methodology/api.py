"""The API of phases and steps."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.idempotency import DecidingView
from golive.core.api import LineField, StrictSerializer, decision_json
from projects.methodology.actions import complete_phase, mark_step, reopen_phase, undo_step
from projects.methodology.content import PhaseSheet, StepLine
from projects.methodology.queries import course_of, phase_sheets
from projects.portfolio.models import Project
from projects.portfolio.queries import milestones_of, onlooker, projects_for

SHOWN = {200: OpenApiTypes.OBJECT}


class StepBody(StrictSerializer):
    note = LineField(max_length=500, required=False, default="", allow_blank=True)


class PhaseReopenBody(StrictSerializer):
    because = LineField(max_length=500)


class EmptyPhaseBody(StrictSerializer):
    """Nothing to say beside the address."""


def sheets_of(request: Request, key: str) -> tuple[Project, list[PhaseSheet]]:
    project = get_object_or_404(projects_for(request.user), key=key)
    ends = {name: row.day for name, row in milestones_of(project).items()}
    return project, phase_sheets(course_of(project), onlooker(request.user, project), ends)


def the_phase(request: Request, key: str, name: str) -> tuple[Project, PhaseSheet]:
    project, sheets = sheets_of(request, key)
    for sheet in sheets:
        if sheet.key == name:
            return project, sheet
    raise Http404


def the_step(request: Request, key: str, name: str) -> tuple[Project, StepLine]:
    project, sheets = sheets_of(request, key)
    for sheet in sheets:
        for step in sheet.steps:
            if step.key == name:
                return project, step
    raise Http404


class PhasesView(APIView):
    @extend_schema(operation_id="phases", responses=SHOWN)
    def get(self, request: Request, key: str) -> Response:
        _project, sheets = sheets_of(request, key)
        return Response({"results": [phase_shown(sheet) for sheet in sheets], "next": None})


class PhaseView(APIView):
    @extend_schema(operation_id="phase", responses=SHOWN)
    def get(self, request: Request, key: str, phase: str) -> Response:
        _project, sheet = the_phase(request, key, phase)
        actions = {
            "complete": decision_json(sheet.may_complete, request),
            "reopen": decision_json(sheet.may_reopen, request),
        }
        return Response({**phase_shown(sheet), "actions": actions})


class StepView(APIView):
    @extend_schema(operation_id="step", responses=SHOWN)
    def get(self, request: Request, key: str, step: str) -> Response:
        _project, line = the_step(request, key, step)
        actions = {"complete": decision_json(line.mark, request), "undo": decision_json(line.undo, request)}
        return Response({**step_shown(line), "actions": actions})


class PhaseCompleteView(DecidingView):
    @extend_schema(operation_id="phase_complete", request=EmptyPhaseBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project, _sheet = the_phase(request, kwargs["key"], kwargs["phase"])
        EmptyPhaseBody(data=request.data).is_valid(raise_exception=True)
        complete_phase(project, kwargs["phase"], by=request.user, at=timezone.now())
        return Response(phase_shown(the_phase(request, kwargs["key"], kwargs["phase"])[1]))


class PhaseReopenView(DecidingView):
    @extend_schema(operation_id="phase_reopen", request=PhaseReopenBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project, _sheet = the_phase(request, kwargs["key"], kwargs["phase"])
        body = PhaseReopenBody(data=request.data)
        body.is_valid(raise_exception=True)
        reopen_phase(project, kwargs["phase"], by=request.user, at=timezone.now(), **body.validated_data)
        return Response(phase_shown(the_phase(request, kwargs["key"], kwargs["phase"])[1]))


class StepCompleteView(DecidingView):
    @extend_schema(operation_id="step_complete", request=StepBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project, _line = the_step(request, kwargs["key"], kwargs["step"])
        body = StepBody(data=request.data)
        body.is_valid(raise_exception=True)
        mark_step(project, kwargs["step"], by=request.user, at=timezone.now(), **body.validated_data)
        return Response(step_shown(the_step(request, kwargs["key"], kwargs["step"])[1]))


class StepUndoView(DecidingView):
    @extend_schema(operation_id="step_undo", request=EmptyPhaseBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project, _line = the_step(request, kwargs["key"], kwargs["step"])
        EmptyPhaseBody(data=request.data).is_valid(raise_exception=True)
        undo_step(project, kwargs["step"], by=request.user, at=timezone.now())
        return Response(step_shown(the_step(request, kwargs["key"], kwargs["step"])[1]))


def phase_shown(sheet: PhaseSheet) -> dict[str, Any]:
    return {
        "key": sheet.key,
        "name": sheet.name,
        "gate": sheet.gate,
        "state": "complete" if sheet.complete else "open",
        "ends_on": sheet.ends_on.isoformat() if sheet.ends_on else None,
        "completed_at": sheet.completed_at.isoformat() if sheet.completed_at else None,
        "completed_by": sheet.by,
        "steps": [step_shown(step) for step in sheet.steps],
    }


def step_shown(step: StepLine) -> dict[str, Any]:
    return {
        "key": step.key,
        "name": step.name,
        "required": step.required,
        "state": step.state,
        "unlocks_after": list(step.unlocks),
        "by_system": step.by_system,
        "note": step.note,
        "done_at": step.done_at.isoformat() if step.done_at else None,
        "done_by": step.by,
    }

"""The API of phases."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.idempotency import DecidingView
from golive.core.api import SHOWN, LineField, StrictSerializer, decision_json
from projects.methodology.actions.phases import complete_phase, reopen_phase
from projects.methodology.api.shown import EmptyPhaseBody, phase_shown, sheets_of
from projects.methodology.content import PhaseSheet
from projects.portfolio.models.project import Project


class PhaseReopenBody(StrictSerializer):
    because = LineField(max_length=500)


def the_phase(request: Request, key: str, name: str) -> tuple[Project, PhaseSheet]:
    project, sheets = sheets_of(request, key)
    for sheet in sheets:
        if sheet.key == name:
            return project, sheet
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

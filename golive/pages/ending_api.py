"""The API of a project's settings, and of how it rests, goes on and ends."""

from typing import Any, cast

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.idempotency import DecidingView
from golive.accounts.models import User
from golive.core.api import SHOWN, LineField, StrictSerializer, decision_json
from golive.core.calendar import zone_choices
from golive.endings import MOVES
from projects.plan.actions.settings import save_settings
from projects.portfolio.models.project import Project
from projects.portfolio.queries.endings import ending_decisions, settings_decision
from projects.portfolio.queries.projects import projects_for
from projects.portfolio.states import ClosingReason


class ProjectSettingsBody(StrictSerializer):
    name = LineField(max_length=120)
    time_zone = serializers.ChoiceField(choices=zone_choices())


class ProjectMoveBody(StrictSerializer):
    """The address says it all."""


class PauseBody(StrictSerializer):
    because = LineField(max_length=500, default="", allow_blank=True)


class CloseBody(PauseBody):
    reason = serializers.ChoiceField(choices=ClosingReason.choices)


def project_of(request: Request, key: str) -> Project:
    return get_object_or_404(projects_for(cast(User, request.user)), key=key)


class SettingsView(APIView):
    @extend_schema(operation_id="project_settings", responses=SHOWN)
    def get(self, request: Request, key: str) -> Response:
        """What it is called, how it stands, and which of its moves may be."""
        return Response(settings_shown(request, project_of(request, key)))

    @extend_schema(operation_id="project_settings_put", request=ProjectSettingsBody, responses=SHOWN)
    def put(self, request: Request, key: str) -> Response:
        project, user = project_of(request, key), cast(User, request.user)
        body = ProjectSettingsBody(data=request.data)
        body.is_valid(raise_exception=True)
        saved = save_settings(project, **body.validated_data, by=user, at=timezone.now())
        return Response(settings_shown(request, saved))


class MoveView(DecidingView):
    verb = ""
    body: type[StrictSerializer] = ProjectMoveBody

    def act(self, request: Request, **kwargs: Any) -> Response:
        project, user = project_of(request, kwargs["key"]), cast(User, request.user)
        body = self.body(data=request.data)
        body.is_valid(raise_exception=True)
        moved = MOVES[self.verb](project, **body.validated_data, by=user, at=timezone.now())
        return Response(settings_shown(request, moved))


class PauseView(MoveView):
    verb, body = "pause", PauseBody

    @extend_schema(operation_id="project_pause", request=PauseBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)


class ResumeView(MoveView):
    verb = "resume"

    @extend_schema(operation_id="project_resume", request=ProjectMoveBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)


class CloseView(MoveView):
    verb, body = "close", CloseBody

    @extend_schema(operation_id="project_close", request=CloseBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """For good: what is open is withdrawn, what is pending is cancelled."""
        return super().post(request, **kwargs)


class ArchiveView(MoveView):
    verb = "archive"

    @extend_schema(operation_id="project_archive", request=ProjectMoveBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)


class UnarchiveView(MoveView):
    verb = "unarchive"

    @extend_schema(operation_id="project_unarchive", request=ProjectMoveBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)


def settings_shown(request: Request, project: Project) -> dict[str, Any]:
    user = cast(User, request.user)
    acts = {"save": settings_decision(user, project), **ending_decisions(user, project)}
    return {
        "name": project.name,
        "time_zone": project.time_zone,
        "state": project.state,
        "state_changed_at": project.state_changed_at,
        "archived_at": project.archived_at,
        "actions": {str(verb): decision_json(decision, request) for verb, decision in acts.items()},
    }

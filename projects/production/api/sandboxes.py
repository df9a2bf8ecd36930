"""The API of a project's sandboxes."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.idempotency import DecidingView
from golive.core.api import SHOWN, LineField, StrictSerializer, decision_json
from projects.portfolio.queries.people import onlooker
from projects.production.actions.sandboxes import change_sandbox, register_sandbox, retire_sandbox
from projects.production.api.project import project_of, read
from projects.production.models.sandbox import Sandbox
from projects.production.queries.sandboxes import sandbox_facts, sandboxes_of
from projects.production.rules.sandboxes import may_keep_sandboxes
from projects.production.states import SandboxPurpose


class SandboxBody(StrictSerializer):
    name = LineField(max_length=80)
    tier = serializers.IntegerField(min_value=1, max_value=5)
    purpose = serializers.ChoiceField(choices=SandboxPurpose.choices)
    location = LineField(max_length=60)
    version = LineField(max_length=40)


class SandboxRetireBody(StrictSerializer):
    """The address says it all."""


class SandboxesView(DecidingView):
    @extend_schema(operation_id="sandboxes", responses=SHOWN)
    def get(self, request: Request, key: str) -> Response:
        project = project_of(request, key)
        decision = may_keep_sandboxes(onlooker(request.user, project), sandbox_facts(project))
        shown = [sandbox_shown(row) for row in sandboxes_of(project)]
        return Response({"results": shown, "next": None, "actions": {"register": decision_json(decision, request)}})

    @extend_schema(operation_id="sandboxes_register", request=SandboxBody, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project = project_of(request, kwargs["key"])
        said = read(SandboxBody, request)
        return Response(
            sandbox_shown(register_sandbox(project, **said, by=request.user, at=timezone.now())), status=201
        )


class SandboxView(APIView):
    @extend_schema(operation_id="sandbox", responses=SHOWN)
    def get(self, request: Request, key: str, uid: UUID) -> Response:
        return Response(sandbox_shown(sandbox_in(request, key, uid)))

    @extend_schema(operation_id="sandbox_put", request=SandboxBody, responses=SHOWN)
    def put(self, request: Request, key: str, uid: UUID) -> Response:
        """What is said of it, whole; said again it changes nothing."""
        sandbox = sandbox_in(request, key, uid)
        said = read(SandboxBody, request)
        return Response(sandbox_shown(change_sandbox(sandbox, **said, by=request.user, at=timezone.now())))


class SandboxRetireView(DecidingView):
    @extend_schema(operation_id="sandbox_retire", request=SandboxRetireBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        sandbox = sandbox_in(request, kwargs["key"], kwargs["uid"])
        read(SandboxRetireBody, request)
        return Response(sandbox_shown(retire_sandbox(sandbox, by=request.user, at=timezone.now())))


def sandbox_in(request: Request, key: str, uid: UUID) -> Sandbox:
    mine = Sandbox.objects.visible_to(request.user).select_related("project")
    found: Sandbox = get_object_or_404(mine, uid=uid, project__key=key)
    return found


def sandbox_shown(row: Sandbox) -> dict[str, Any]:
    return {
        "uid": str(row.uid),
        "name": row.name,
        "tier": row.tier,
        "purpose": row.purpose,
        "location": row.location,
        "version": row.version,
        "registered_at": row.registered_at,
        "retired_at": row.retired_at,
    }

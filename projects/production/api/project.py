"""The API of a project's production: estimates, the request, and why not."""

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
from golive.accounts.models import User
from golive.accounts.step_up import require_step_up
from golive.core.api import SHOWN, LineField, StrictSerializer, decision_json
from golive.core.decision import Decision
from golive.core.links import reasons_of
from projects.portfolio.models.project import Project
from projects.portfolio.queries.projects import projects_for
from projects.production.actions.clearing import activate_estimate, add_estimate, deactivate_estimate
from projects.production.actions.requesting import (
    clear_sign_off,
    configure_production,
    sign_off_request,
    withdraw_request,
)
from projects.production.document.page import Gate, gate_of
from projects.production.forms import MOST_USERS
from projects.production.models.clearance import Clearance, Estimate
from projects.production.models.request import VALUES, ProductionRequest
from projects.production.queries.gate import estimates_of
from projects.production.rules.gate import all_conditions, environment
from projects.production.states import Topology

MADE = {201: OpenApiTypes.OBJECT}


class EstimateBody(StrictSerializer):
    name = LineField(max_length=120)
    user_count = serializers.IntegerField(min_value=1, max_value=MOST_USERS)


class ConfigureBody(StrictSerializer):
    data_centre = LineField(max_length=60, required=False, allow_blank=True)
    topology = serializers.ChoiceField(choices=Topology.choices, required=False, allow_blank=True)
    version = LineField(max_length=40, required=False, allow_blank=True)
    administrator = serializers.EmailField(max_length=254, required=False, allow_blank=True)


class SignOffBody(StrictSerializer):
    confirm_early = serializers.BooleanField(default=False)


class TakeBackBody(StrictSerializer):
    because = LineField(max_length=500, required=False, allow_blank=True, default="")


class EstimateActBody(StrictSerializer):
    """The address says it all."""


def read(body: type[StrictSerializer], request: Request) -> dict[str, Any]:
    """What was said, each field known and clean; anything else is a 400."""
    said = body(data=request.data)
    said.is_valid(raise_exception=True)
    return said.validated_data


def project_of(request: Request, key: str) -> Project:
    return get_object_or_404(projects_for(request.user), key=key)


def estimate_shown(row: Estimate) -> dict[str, Any]:
    return {
        "uid": str(row.uid),
        "name": row.name,
        "user_count": row.user_count,
        "active": row.active,
        "added_at": row.added_at,
        "added_by": row.added_by.name,
    }


def request_shown(row: ProductionRequest | None) -> dict[str, Any] | None:
    if row is None:
        return None
    service = getattr(row, "service_request", None)
    return {
        "uid": str(row.uid),
        "state": row.state,
        **{name: getattr(row, name) for name in VALUES},
        "signed_off_at": row.signed_off_at,
        "signed_off_by": row.signed_off_by.name if row.signed_off_by else None,
        "released_at": row.released_at,
        "service_request": str(service.uid) if service else None,
    }


def clearance_shown(row: Clearance | None, gate: Gate) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "uid": str(row.uid),
        "state": row.state,
        "covers": gate.facts.covers,
        "cover": gate.facts.clearance,
        "granted_at": row.granted_at,
        "granted_by": row.granted_by.name,
        "go_live_on": row.go_live_on,
        "covers_until": row.covers_until,
    }


def production_shown(user: User, project: Project, request: Request) -> dict[str, Any]:
    gate = gate_of(user, project)
    held = all_conditions(gate.facts) if gate.held else ()
    acts = {
        "configure": gate.configure,
        "sign_off": gate.sign_off,
        "clear_sign_off": gate.clear_sign_off,
        "withdraw": gate.withdraw,
        "change_estimates": gate.estimates,
    }
    return {
        "environment": environment(gate.facts),
        "infrastructure": project.infrastructure,
        "held": reasons_of(Decision(missing=held)),
        "early": gate.early,
        "request": request_shown(gate.slot.request),
        "clearance": clearance_shown(gate.slot.clearance, gate),
        "actions": {name: decision_json(decision, request) for name, decision in acts.items()},
    }


class EstimatesView(DecidingView):
    @extend_schema(operation_id="estimates", responses=SHOWN)
    def get(self, request: Request, key: str) -> Response:
        rows = estimates_of(project_of(request, key))
        return Response({"results": [estimate_shown(row) for row in rows], "next": None})

    @extend_schema(operation_id="estimates_add", request=EstimateBody, responses=MADE)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project = project_of(request, kwargs["key"])
        said = read(EstimateBody, request)
        row = add_estimate(project, **said, by=request.user, at=timezone.now())
        return Response(estimate_shown(row), status=201)


class EstimateActView(DecidingView):
    """The two verbs of an estimate differ in what they call."""

    do: Any

    def act(self, request: Request, **kwargs: Any) -> Response:
        key, uid = kwargs["key"], kwargs["uid"]
        mine = Estimate.objects.visible_to(request.user).select_related("added_by")
        row: Estimate = get_object_or_404(mine, uid=uid, project__key=key)
        read(EstimateActBody, request)
        return Response(estimate_shown(type(self).do(row, by=request.user, at=timezone.now())))


class EstimateActivateView(EstimateActView):
    do = staticmethod(activate_estimate)

    @extend_schema(operation_id="estimates_activate", request=EstimateActBody, responses=SHOWN)
    def post(self, request: Request, key: str, uid: UUID) -> Response:
        return super().post(request, key=key, uid=uid)


class EstimateDeactivateView(EstimateActView):
    do = staticmethod(deactivate_estimate)

    @extend_schema(operation_id="estimates_deactivate", request=EstimateActBody, responses=SHOWN)
    def post(self, request: Request, key: str, uid: UUID) -> Response:
        return super().post(request, key=key, uid=uid)


class ProductionView(APIView):
    @extend_schema(operation_id="production", responses=SHOWN)
    def get(self, request: Request, key: str) -> Response:
        return Response(production_shown(request.user, project_of(request, key), request))


class ProductionActView(DecidingView):
    """An act on the request; the answer is production as it is then."""

    def do(self, request: Request, project: Project) -> None:
        raise NotImplementedError

    def act(self, request: Request, **kwargs: Any) -> Response:
        project = project_of(request, kwargs["key"])
        self.do(request, project)
        return Response(production_shown(request.user, project_of(request, project.key), request))


class ConfigureView(ProductionActView):
    @extend_schema(operation_id="production_configure", request=ConfigureBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    @extend_schema(operation_id="production_put", request=ConfigureBody, responses=SHOWN)
    def put(self, request: Request, key: str) -> Response:
        """The same, said again without harm: it needs no key."""
        return self.act(request, key=key)

    def do(self, request: Request, project: Project) -> None:
        configure_production(project, read(ConfigureBody, request), by=request.user, at=timezone.now())


class SignOffView(ProductionActView):
    @extend_schema(operation_id="production_sign_off", request=SignOffBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def do(self, request: Request, project: Project) -> None:
        said = read(SignOffBody, request)
        require_step_up(request)
        early = said["confirm_early"]
        sign_off_request(project, by=request.user, at=timezone.now(), confirmed_early=early)


class ClearSignOffView(ProductionActView):
    @extend_schema(operation_id="production_clear_sign_off", request=TakeBackBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def do(self, request: Request, project: Project) -> None:
        said = read(TakeBackBody, request)
        clear_sign_off(project, **said, by=request.user, at=timezone.now())


class WithdrawView(ProductionActView):
    @extend_schema(operation_id="production_withdraw", request=TakeBackBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def do(self, request: Request, project: Project) -> None:
        said = read(TakeBackBody, request)
        withdraw_request(project, **said, by=request.user, at=timezone.now())

"""The API of service requests."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.idempotency import DecidingView
from golive.accounts.models import User
from golive.core.api import SHOWN, BlockField, LineField, StrictSerializer, decision_json, page_of
from golive.programme.queries import number
from projects.production.actions.serving import (
    comment_on_request,
    deny_request,
    deploy_request,
    fail_deployment,
    finish_deployment,
    retry_deployment,
    start_service_request,
)
from projects.production.document.service import decisions_of
from projects.production.models.request import VALUES, RequestComment, ServiceRequest
from projects.production.queries.service import comments_of, due_at, service_requests_of

VERBS = {
    "start": start_service_request,
    "deploy": deploy_request,
    "finish": finish_deployment,
    "fail": fail_deployment,
    "retry": retry_deployment,
    "deny": deny_request,
}


class CommentBody(StrictSerializer):
    text = BlockField()


class ReasonBody(StrictSerializer):
    because = LineField(max_length=500)


class VerbBody(StrictSerializer):
    """The address says it all."""


BODIES = {"fail": ReasonBody, "deny": ReasonBody}


def service_of(request: Request, uid: UUID) -> ServiceRequest:
    return get_object_or_404(service_requests_of(request.user), uid=uid)


def line_shown(row: ServiceRequest) -> dict[str, Any]:
    request = row.request
    return {
        "uid": str(row.uid),
        "number": row.label,
        "project": row.project.key,
        "state": row.state,
        "infrastructure": request.infrastructure,
        "request_state": request.state,
        "requested_at": row.requested_at,
        "released_at": request.released_at,
        "due_at": due_at(request, hours=number("deployment_managed")),
        "held": request.state == "queued" and request.released_at is None,
        "taken_by": row.taken_by.name if row.taken_by else None,
    }


def comment_shown(row: RequestComment) -> dict[str, Any]:
    return {"text": row.text, "by": row.by.name, "at": row.at}


def whole_shown(user: User, row: ServiceRequest, request: Request) -> dict[str, Any]:
    decisions = decisions_of(user, row)
    return {
        **line_shown(row),
        **{name: getattr(row.request, name) for name in VALUES},
        "previous": str(row.previous.uid) if row.previous else None,
        "because": row.request.because,
        "comments": [comment_shown(each) for each in comments_of(row)],
        "actions": {name: decision_json(decision, request) for name, decision in decisions.items()},
    }


class ServiceRequestsView(APIView):
    @extend_schema(operation_id="service_requests", responses=SHOWN)
    def get(self, request: Request) -> Response:
        return Response(page_of(service_requests_of(request.user), request, key="-pk", show=line_shown))


class ServiceRequestView(APIView):
    @extend_schema(operation_id="service_request", responses=SHOWN)
    def get(self, request: Request, uid: UUID) -> Response:
        return Response(whole_shown(request.user, service_of(request, uid), request))


class CommentsView(DecidingView):
    @extend_schema(operation_id="request_comment", request=CommentBody, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        service = service_of(request, kwargs["uid"])
        said = CommentBody(data=request.data)
        said.is_valid(raise_exception=True)
        comment = comment_on_request(service, **said.validated_data, by=request.user, at=timezone.now())
        return Response(comment_shown(comment), status=201)


class ServiceActView(DecidingView):
    @extend_schema(operation_id="service_request_act", request=ReasonBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """The verb is one of start, deploy, finish, fail, retry, deny; fail and deny need a reason."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        verb = kwargs["verb"]
        if verb not in VERBS:
            raise Http404
        service = service_of(request, kwargs["uid"])
        said = BODIES.get(verb, VerbBody)(data=request.data)
        said.is_valid(raise_exception=True)
        VERBS[verb](service, **said.validated_data, by=request.user, at=timezone.now())
        return Response(whole_shown(request.user, service_of(request, kwargs["uid"]), request))

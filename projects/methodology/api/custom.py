"""The API of an organisation's own methodologies."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.idempotency import DecidingView
from golive.core.api import SHOWN, LineField, StrictSerializer, decision_json, if_match
from projects.methodology.actions.custom import copy_methodology, publish_methodology, retire_methodology
from projects.methodology.models.custom import CustomMethodology, CustomVersion
from projects.methodology.queries.drafts import draft_facts
from projects.methodology.queries.versions import methodologies_of
from projects.methodology.rules.catalogue import supplied_versions
from projects.methodology.rules.custom import may_add_step, may_copy_methodology, may_publish, may_retire
from projects.portfolio.queries.people import onlooker


class MethodologyCopyBody(StrictSerializer):
    """`source`: a supplied version, or the uid of one that the own organisation published."""

    name = LineField(max_length=80)
    source = LineField(max_length=40)


class EmptyMethodologyBody(StrictSerializer):
    """Nothing to say beside the address."""


class MethodologiesView(DecidingView):
    @extend_schema(operation_id="methodologies", responses=SHOWN)
    def get(self, request: Request) -> Response:
        actions = {"copy": decision_json(may_copy_methodology(onlooker(request.user)), request)}
        results = [methodology_shown(mine) for mine in methodologies_of(request.user)]
        return Response({"supplied": supplied_versions(), "results": results, "next": None, "actions": actions})

    @extend_schema(operation_id="methodologies_copy", request=MethodologyCopyBody, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **_kwargs: Any) -> Response:
        body = MethodologyCopyBody(data=request.data)
        body.is_valid(raise_exception=True)
        mine = copy_methodology(**body.validated_data, by=request.user, at=timezone.now())
        return Response(
            draft_shown(mine), status=201, headers={"Location": f"{request.path}{mine.uid}/", "ETag": '"0"'}
        )


class OwnMethodologyView(APIView):
    @extend_schema(operation_id="methodology", responses=SHOWN)
    def get(self, request: Request, uid: UUID) -> Response:
        mine = own(request, uid)
        facts, person = draft_facts(mine), onlooker(request.user)
        decisions = {"add_step": may_add_step, "publish": may_publish, "retire": may_retire}
        actions = {name: decision_json(may(person, facts), request) for name, may in decisions.items()}
        return answer(mine, actions=actions)


class MethodologyPublishView(DecidingView):
    @extend_schema(operation_id="methodology_publish", request=EmptyMethodologyBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        """If-Match says which revision of the draft is meant."""
        mine, seen = own(request, kwargs["uid"]), if_match(request)
        EmptyMethodologyBody(data=request.data).is_valid(raise_exception=True)
        return Response(version_shown(publish_methodology(mine, seen=seen, by=request.user, at=timezone.now())))


class MethodologyRetireView(DecidingView):
    @extend_schema(operation_id="methodology_retire", request=EmptyMethodologyBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        mine = own(request, kwargs["uid"])
        EmptyMethodologyBody(data=request.data).is_valid(raise_exception=True)
        return Response(methodology_shown(retire_methodology(mine, by=request.user, at=timezone.now())))


def own(request: Request, uid: UUID) -> CustomMethodology:
    mine = CustomMethodology.objects.visible_to(request.user).select_related("changed_by")
    found: CustomMethodology = get_object_or_404(mine, uid=uid)
    return found


def answer(mine: CustomMethodology, status: int = 200, **more: Any) -> Response:
    """With the revision of the draft, which a caller sends back to change it."""
    return Response(draft_shown(mine) | more, status=status, headers={"ETag": f'"{mine.revision}"'})


def draft_shown(mine: CustomMethodology) -> dict[str, Any]:
    return methodology_shown(mine) | {"draft": mine.draft}


def methodology_shown(mine: CustomMethodology) -> dict[str, Any]:
    return {
        "uid": str(mine.uid),
        "name": mine.name,
        "based_on": mine.based_on,
        "revision": mine.revision,
        "retired_at": mine.retired_at.isoformat() if mine.retired_at else None,
        "versions": [version_shown(version) for version in mine.versions.all()],
    }


def version_shown(version: CustomVersion) -> dict[str, Any]:
    return {
        "uid": str(version.uid),
        "number": version.number,
        "sha256": version.sha256,
        "published_at": version.published_at.isoformat(),
    }

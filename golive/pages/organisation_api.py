"""The API of an organisation's end: disabled, enabled again, or merged into another."""

from typing import Any, cast
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from golive.accounts.closing import disable_organisation, enable_organisation
from golive.accounts.idempotency import DecidingView
from golive.accounts.models import Organisation, User
from golive.accounts.organisation_queries import organisation_facts
from golive.accounts.organisation_rules import may_begin_merge
from golive.accounts.queries import organisations_for, person_of
from golive.core.api import SHOWN, StrictSerializer
from golive.core.decision import require
from golive.endings import merge_organisations


class OrganisationEndBody(StrictSerializer):
    """The address says it all."""


class MergeBody(StrictSerializer):
    into = serializers.UUIDField()


def organisation_of(request: Request, uid: UUID) -> Organisation:
    return get_object_or_404(organisations_for(cast(User, request.user)).select_related("merged_into"), uid=uid)


class OrganisationDisableView(DecidingView):
    @extend_schema(operation_id="organisation_disable", request=OrganisationEndBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        organisation = organisation_of(request, kwargs["uid"])
        OrganisationEndBody(data=request.data).is_valid(raise_exception=True)
        return Response(shown(disable_organisation(organisation, by=cast(User, request.user), at=timezone.now())))


class OrganisationEnableView(DecidingView):
    @extend_schema(operation_id="organisation_enable", request=OrganisationEndBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        organisation = organisation_of(request, kwargs["uid"])
        OrganisationEndBody(data=request.data).is_valid(raise_exception=True)
        return Response(shown(enable_organisation(organisation, by=cast(User, request.user), at=timezone.now())))


class OrganisationMergeView(DecidingView):
    @extend_schema(operation_id="organisation_merge", request=MergeBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Into the organisation that is named by its uid; answers with the one that stays."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        organisation, user = organisation_of(request, kwargs["uid"]), cast(User, request.user)
        require(may_begin_merge(person_of(user), organisation_facts(organisation)))
        body = MergeBody(data=request.data)
        body.is_valid(raise_exception=True)
        other = organisations_for(user).filter(uid=body.validated_data["into"]).first()
        if other is None:
            raise serializers.ValidationError({"into": [_("No such organisation is known here.")]}, code="unknown")
        return Response(shown(merge_organisations(organisation, into=other, by=user, at=timezone.now())))


def shown(organisation: Organisation) -> dict[str, Any]:
    return {
        "uid": str(organisation.uid),
        "name": organisation.name,
        "kind": organisation.kind,
        "disabled": organisation.disabled_at is not None,
        "merged_into": str(organisation.merged_into.uid) if organisation.merged_into else None,
    }

"""The API of a project's people."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.idempotency import DecidingView
from golive.core.api import SHOWN, LineField, StrictSerializer, decision_json
from golive.core.decision import Decision, require
from golive.core.links import reasons_of
from projects.portfolio.actions.people import add_member, become_owner, remove_member
from projects.portfolio.api.roster import check_shown
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.queries.leaving import hand_over_decision, removal_decision
from projects.portfolio.queries.people import people_decision, people_of, person_on_side
from projects.portfolio.queries.projects import projects_for
from projects.portfolio.queries.roster import roster_check, roster_notices
from projects.portfolio.states import Access, Job


class MemberBody(StrictSerializer):
    email = LineField(max_length=254)
    access = serializers.ChoiceField(choices=Access.choices, default=Access.MEMBER)
    job = serializers.ChoiceField(choices=Job.choices, default="", allow_blank=True)
    stakeholder = serializers.BooleanField(default=False)
    primary_contact = serializers.BooleanField(default=False)


class OwnershipBody(StrictSerializer):
    """Nothing to say: who asks becomes owner."""


class MembersView(DecidingView):
    @extend_schema(operation_id="members", responses=SHOWN)
    def get(self, request: Request, key: str) -> Response:
        project = get_object_or_404(projects_for(request.user), key=key)
        people, check = list(people_of(project)), roster_check(project)
        notices = roster_notices(project, people, check=check, today=timezone.localdate())
        roster = {"check": check_shown(check), "notices": reasons_of(Decision(missing=tuple(notices)))}
        return Response({"results": [member_shown(row) for row in people], "next": None, "roster": roster})

    @extend_schema(operation_id="members_add", request=MemberBody, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Adds somebody, or changes the roles of who is there already."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project = get_object_or_404(projects_for(request.user), key=kwargs["key"])
        require(people_decision(request.user, project), on=project)
        body = MemberBody(data=request.data)
        body.is_valid(raise_exception=True)
        role = dict(body.validated_data)
        person = person_on_side(project, role.pop("email"))
        if person is None:
            text = _("Nobody of the customer or the partner has this address. Invite them first.")
            raise serializers.ValidationError({"email": [text]}, code="unknown_person")
        row = add_member(project, user=person, by=request.user, at=timezone.now(), **role)
        return Response(member_shown(row), status=201)


class MemberView(APIView):
    @extend_schema(operation_id="member", responses=SHOWN)
    def get(self, request: Request, key: str, uid: UUID) -> Response:
        project, row = self.found(request, key, uid)
        actions = {
            "remove": decision_json(removal_decision(request.user, project, row.user), request),
            "hand_over": decision_json(hand_over_decision(request.user, project, row.user), request),
        }
        return Response({**member_shown(row), "actions": actions})

    @extend_schema(operation_id="member_remove", responses={204: None})
    def delete(self, request: Request, key: str, uid: UUID) -> Response:
        project, row = self.found(request, key, uid)
        remove_member(project, user=row.user, by=request.user, at=timezone.now())
        return Response(status=204)

    def found(self, request: Request, key: str, uid: UUID) -> tuple[Project, Membership]:
        project = get_object_or_404(projects_for(request.user), key=key)
        return project, get_object_or_404(people_of(project), user__uid=uid)


class OwnershipView(DecidingView):
    @extend_schema(operation_id="become_owner", request=OwnershipBody, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project = get_object_or_404(projects_for(request.user), key=kwargs["key"])
        OwnershipBody(data=request.data).is_valid(raise_exception=True)
        row = become_owner(project, by=request.user, at=timezone.now())
        return Response(member_shown(row), status=201)


def member_shown(row: Membership) -> dict[str, Any]:
    return {
        "uid": str(row.user.uid),
        "name": row.user.name,
        "side": row.side,
        "access": row.access,
        "job": row.job,
        "stakeholder": row.stakeholder,
        "primary_contact": row.primary_contact,
    }

"""The API of who is asked to answer what."""

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
from golive.accounts.models import User
from golive.core.api import SHOWN, DayField, LineField, StrictSerializer, decision_json
from golive.core.decision import require
from projects.checklist.actions.assigning import assign, end_assignment
from projects.checklist.api.shown import body_of, project_with_facts
from projects.checklist.models.answers import ChecklistAssignment
from projects.checklist.queries.assigning import assignments_of
from projects.checklist.queries.rounds import fillers_of, round_facts
from projects.checklist.queries.sheet import Sheet, sheet_of
from projects.checklist.rules.assigning import Asked, may_assign
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker


class AssignmentBody(StrictSerializer):
    """`what`: the id of a topic or of a question. Who was asked before is asked no more."""

    what = LineField(max_length=8)
    person = serializers.UUIDField()
    due_on = DayField(default=None, allow_null=True)


class ChecklistAssignmentsView(DecidingView):
    @extend_schema(operation_id="checklist_assignments", responses=SHOWN)
    def get(self, request: Request, key: str) -> Response:
        project = project_with_facts(request.user, key)
        decision = may_assign(onlooker(request.user, project), round_facts(sheet_of(project, at=timezone.now())))
        shown = [assignment_shown(row) for row in assignments_of(project)]
        return Response({"results": shown, "next": None, "actions": {"assign": decision_json(decision, request)}})

    @extend_schema(operation_id="checklist_assign", request=AssignmentBody, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project, at = project_with_facts(request.user, kwargs["key"]), timezone.now()
        sheet = sheet_of(project, at=at)
        require(may_assign(onlooker(request.user, project), round_facts(sheet)), on=project)
        said = body_of(AssignmentBody, request)
        person = named_of(project, said["person"])
        row = assign(
            project, asked_as(sheet, said["what"]), person=person, due_on=said["due_on"], by=request.user, at=at
        )
        return Response(assignment_shown(row), status=201)


class ChecklistAssignmentView(APIView):
    @extend_schema(operation_id="checklist_assignment_end", responses={204: None})
    def delete(self, request: Request, key: str, uid: UUID) -> Response:
        """Nobody is asked any more."""
        project = project_with_facts(request.user, key)
        row = get_object_or_404(ChecklistAssignment, uid=uid, checklist__project=project)
        end_assignment(project, row, by=request.user, at=timezone.now())
        return Response(status=204)


def asked_as(sheet: Sheet, what: str) -> Asked:
    if what in {question.topic for question in sheet.questions}:
        return Asked(topic=what)
    if what in {question.id for question in sheet.questions}:
        return Asked(question=what)
    raise serializers.ValidationError({"what": [_("No topic and no question that is asked here.")]}, code="unknown")


def assignment_shown(row: ChecklistAssignment) -> dict[str, Any]:
    return {
        "uid": str(row.uid),
        "topic": row.topic,
        "question": row.question,
        "person": str(row.person.uid),
        "due_on": row.due_on,
        "by": str(row.by.uid),
        "at": row.at,
    }


def named_of(project: Project, uid: Any) -> User:
    """Somebody of another project is as unknown as somebody who never was."""
    member = fillers_of(project).filter(user__uid=uid).first()
    if member is None:
        raise serializers.ValidationError({"person": [_("This person is not known here.")]}, code="unknown")
    return member.user

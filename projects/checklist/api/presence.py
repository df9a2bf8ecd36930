"""The API of who is on which question now."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.models import User
from golive.core.api import SHOWN, StrictSerializer
from golive.core.decision import require
from projects.checklist.actions.presence import be_on
from projects.checklist.api.shown import body_of, project_with_facts
from projects.checklist.queries.presence import others_on
from projects.checklist.queries.rounds import round_facts
from projects.checklist.queries.sheet import Sheet, sheet_of
from projects.checklist.rules.submission import may_answer
from projects.portfolio.queries.people import onlooker_among


class PresenceBody(StrictSerializer):
    question = serializers.CharField(max_length=8)


class ChecklistPresenceView(APIView):
    @extend_schema(operation_id="checklist_presence", responses=SHOWN)
    def get(self, request: Request, key: str) -> Response:
        at = timezone.now()
        return Response(here_json(sheet_of(project_with_facts(request.user, key), at=at), request.user, at=at))

    @extend_schema(operation_id="checklist_be_on", request=PresenceBody, responses={200: dict})
    def put(self, request: Request, key: str) -> Response:
        """Forgotten after a minute; whoever stays on a question says so again."""
        at = timezone.now()
        sheet = sheet_of(project_with_facts(request.user, key), at=at)
        require(may_answer(onlooker_among(request.user, sheet.people), round_facts(sheet)), on=sheet.project)
        question = body_of(PresenceBody, request)["question"]
        if question not in {one.id for one in sheet.questions}:
            raise serializers.ValidationError({"question": [_("It is not asked here.")]}, code="unknown")
        be_on(sheet, question, by=request.user, at=at)
        return Response(here_json(sheet, request.user, at=at))


def here_json(sheet: Sheet, user: User, *, at: datetime) -> dict[str, Any]:
    """The others of the project, each with their question."""
    here = others_on(sheet, user, at=at)
    return {"results": [{"name": one.name, "question": one.question} for one in here], "next": None}

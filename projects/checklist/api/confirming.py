"""The API of what is still true: answers of earlier rounds, confirmed by their questions."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.core.api import StrictSerializer
from golive.core.decision import require
from projects.checklist.actions.confirming import confirm_answers
from projects.checklist.api.shown import body_of, project_with_facts
from projects.checklist.queries.rounds import round_facts
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.rules.submission import may_answer
from projects.portfolio.queries.people import onlooker

MOST = 500


class ConfirmedBody(StrictSerializer):
    questions = serializers.ListField(child=serializers.CharField(max_length=8), max_length=MOST, allow_empty=False)


class AnswersConfirmedView(APIView):
    @extend_schema(operation_id="checklist_confirm", request=ConfirmedBody, responses={200: dict})
    def put(self, request: Request, key: str) -> Response:
        """Sent twice, it is done once: a confirmed answer stays confirmed."""
        project, at = project_with_facts(request.user, key), timezone.now()
        sheet = sheet_of(project, at=at)
        require(may_answer(onlooker(request.user, project), round_facts(sheet)), on=project)
        wanted = body_of(ConfirmedBody, request)["questions"]
        if set(wanted) - {one.id for one in sheet.questions}:
            raise serializers.ValidationError({"questions": [_("One of these is not asked here.")]}, code="unknown")
        after = confirm_answers(project, wanted, by=request.user, at=at)
        return Response({"round": after.number, "unconfirmed": after.unconfirmed})

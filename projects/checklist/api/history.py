"""The API of what stood in an answer. The way back to it is a PUT of its content on the newest revision."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.core.api import StrictSerializer
from projects.checklist.api.shown import project_with_facts
from projects.checklist.queries.history import PastAnswer, history_of
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.rules.answers import in_words, to_json
from projects.checklist.rules.questions import Question


class HistoryQuery(StrictSerializer):
    below = serializers.IntegerField(min_value=1, max_value=999_999_999, required=False)


class AnswerHistoryView(APIView):
    @extend_schema(operation_id="checklist_answer_history", parameters=[HistoryQuery], responses={200: dict})
    def get(self, request: Request, key: str, question: str) -> Response:
        sheet = sheet_of(project_with_facts(request.user, key), at=timezone.now())
        asked = next((one for one in sheet.questions if one.id == question), None)
        if asked is None:
            raise Http404
        query = HistoryQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        kept = history_of(sheet.checklist, asked, below=query.validated_data.get("below", 0))
        return Response({"revisions": [line_json(asked, line) for line in kept.lines], "older": kept.older or None})


def line_json(question: Question, line: PastAnswer) -> dict[str, Any]:
    return {
        "revision": line.row.revision,
        "answer": to_json(line.content),
        "words": in_words(question, line.content),
        "saved_at": line.row.at,
        "saved_by": str(line.row.by.uid),
    }

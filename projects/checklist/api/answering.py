"""The API of answers: the whole checklist, one answer with its revision."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.core.api import StrictSerializer, if_match, problem
from golive.core.calendar import today_in
from golive.core.decision import Stale
from projects.checklist.actions.answering import answer_on_sheet
from projects.checklist.api.shown import body_of, checklist_json, etag, project_with_facts, question_json
from projects.checklist.queries.sheet import pinned_question, sheet_of
from projects.checklist.rules.answers import NO_ANSWER, AnswerContent, in_words, read_answer, to_json
from projects.checklist.rules.questions import Question
from projects.portfolio.models.project import Project


class AnyValue(serializers.JSONField):
    """Read by `read_answer`, which knows what each kind of question takes."""


class AnswerBody(StrictSerializer):
    value = AnyValue(required=False, allow_null=True)
    unknown = AnyValue(required=False, allow_null=True)
    reason = AnyValue(required=False, allow_null=True)
    pending_what = AnyValue(required=False, allow_null=True)
    pending_owner = AnyValue(required=False, allow_null=True)
    pending_due = AnyValue(required=False, allow_null=True)
    note = AnyValue(required=False, allow_null=True)


class ChecklistView(APIView):
    @extend_schema(operation_id="checklist_show", responses={200: dict})
    def get(self, request: Request, key: str) -> Response:
        project = project_with_facts(request.user, key)
        return Response(checklist_json(request.user, sheet_of(project, at=timezone.now(), writers=True), request))


class ChecklistAnswerView(APIView):
    @extend_schema(operation_id="checklist_answer", request=AnswerBody, responses={200: dict})
    def put(self, request: Request, key: str, question: str) -> Response:
        project, at = project_with_facts(request.user, key), timezone.now()
        asked = pinned_question(project, question)
        if asked is None:
            raise Http404
        revision = if_match(request)
        content = content_of(asked, body_of(AnswerBody, request), project, at)
        try:
            sheet = answer_on_sheet(project, asked.id, content, revision=revision, by=request.user, at=at)
        except Stale as stale:
            return both(asked, stale)
        shown = question_json(sheet, asked)
        return Response(shown, headers={"ETag": etag(shown["revision"])})


def content_of(question: Question, sent: dict[str, Any], project: Project, at: datetime) -> AnswerContent:
    try:
        return read_answer(question, sent, today=today_in(project.time_zone, at))
    except ValidationError as refused:
        raise serializers.ValidationError(refused.message_dict) from refused


def both(question: Question, stale: Stale) -> Response:
    """Both answers, and the revision on which the caller may decide between them."""
    theirs = stale.theirs or NO_ANSWER
    by = stale.by or _("Somebody else")
    response = problem(
        412,
        "stale",
        _("Not saved: %(person)s changed this first.") % {"person": by},
        theirs={"answer": to_json(theirs), "words": in_words(question, theirs)},
        mine={"answer": to_json(stale.mine), "words": in_words(question, stale.mine)},
        revision=stale.revision,
        by=by,
    )
    response["ETag"] = etag(stale.revision)
    return response

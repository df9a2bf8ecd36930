"""The API of the checklist: its answers with their revisions, who completed it, the moves of its rounds."""

import json
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.idempotency import DecidingView
from golive.accounts.models import User
from golive.core.api import BlockField, StrictSerializer, decision_json, if_match, problem
from golive.core.calendar import today_in
from golive.core.decision import Stale, require
from projects.checklist.actions.answering import answer_on_sheet, name_completed_by
from projects.checklist.actions.rounds import reopen_checklist, submit_checklist, withdraw_submission
from projects.checklist.models import ChecklistRound, Submission
from projects.checklist.queries import (
    Sheet,
    decisions_of,
    fillers_of,
    pinned_question,
    round_facts,
    rounds_of,
    sheet_of,
    with_catalogue,
)
from projects.checklist.rules.answers import NO_ANSWER, AnswerContent, choices_of, in_words, read_answer, to_json
from projects.checklist.rules.questions import Question
from projects.checklist.rules.submission import may_answer
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker

MADE = {201: dict}  # what a POST that decides answers with, as the schema tells it


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


class HeaderBody(StrictSerializer):
    completed_by = serializers.UUIDField(allow_null=True)


class WithdrawalBody(StrictSerializer):
    because = BlockField(max_length=500)


class ReopeningBody(WithdrawalBody):
    """Why the next round begins."""


class SubmitBody(StrictSerializer):
    """An act that takes no words."""


def project_with_facts(user: User, key: str) -> Project:
    related = ("customer", "partner", "architect", "standing", "facts")
    return get_object_or_404(with_catalogue(Project.objects.visible_to(user)).select_related(*related), key=key)


def body_of(kind: type[StrictSerializer], request: Request) -> dict[str, Any]:
    body = kind(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def question_json(sheet: Sheet, question: Question) -> dict[str, Any]:
    row, content = sheet.rows.get(question.id), sheet.answers.get(question.id, NO_ANSWER)
    raised = [risk for risk in sheet.risks if risk.question == question.id]
    return {
        "id": question.id,
        "topic": question.topic,
        "text": question.text,
        "type": question.answer,
        "required": question.answer_required,
        "choices": [value for value, _words in choices_of(question)],
        "answer": to_json(content),
        "words": in_words(question, content),
        "revision": row.revision if row else 0,
        "saved_at": row.at if row else None,
        "saved_by": str(row.by.uid) if row else None,
        "raises": [
            {"rule": one.rule, "kind": one.kind, "severity": one.severity, "finding": one.finding, "reads": one.reads}
            for one in raised
        ],
    }


def header_json(sheet: Sheet) -> dict[str, Any]:
    named = sheet.checklist.completed_by if sheet.checklist else None
    return {"completed_by": str(named.uid) if named else None}


def checklist_json(user: User, sheet: Sheet, request: Request) -> dict[str, Any]:
    round_ = sheet.round
    return {
        "project": sheet.project.key,
        "catalogue": sheet.catalogue.version,
        "round": {"number": round_.number if round_ else 1, "state": round_.state if round_ else "draft"},
        "asked": len(sheet.questions),
        "answered": sheet.answered,
        "content_hash": sheet.live_hash,
        **header_json(sheet),
        "questions": [question_json(sheet, question) for question in sheet.questions],
        "actions": {name: decision_json(one, request) for name, one in decisions_of(user, sheet).items()},
    }


def round_json(round_: ChecklistRound, submission: Submission | None) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "number": round_.number,
        "state": round_.state,
        "started_at": round_.started_at,
        "submitted_at": round_.submitted_at,
        "because": round_.because,
        "submission": None,
    }
    if submission:
        shown["submission"] = {
            "id": str(submission.uid),
            "submitted_by": str(submission.submitted_by.uid),
            "sha256": submission.sha256,
            "content_hash": submission.content_hash,
            "frozen": json.loads(submission.frozen),
        }
    return shown


class ChecklistView(APIView):
    @extend_schema(operation_id="checklist_show", responses={200: dict})
    def get(self, request: Request, key: str) -> Response:
        project = project_with_facts(request.user, key)
        return Response(checklist_json(request.user, sheet_of(project, at=timezone.now()), request))


class ChecklistHeaderView(APIView):
    @extend_schema(operation_id="checklist_header", request=HeaderBody, responses={200: dict})
    def put(self, request: Request, key: str) -> Response:
        project, at = project_with_facts(request.user, key), timezone.now()
        sheet = sheet_of(project, at=at)
        require(may_answer(onlooker(request.user, project), round_facts(sheet)), on=project)
        person = named_of(project, body_of(HeaderBody, request)["completed_by"])
        name_completed_by(project, person=person, by=request.user, at=at)
        return Response({"completed_by": str(person.uid) if person else None})


def named_of(project: Project, uid: Any) -> User | None:
    """Somebody of another project is as unknown as somebody who never was."""
    if uid is None:
        return None
    member = fillers_of(project).filter(user__uid=uid).first()
    if member is None:
        raise serializers.ValidationError({"completed_by": [_("This person is not known here.")]}, code="unknown")
    return member.user


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


def etag(revision: int) -> str:
    return f'"{revision}"'


class ChecklistMoveView(DecidingView):
    """An act on the round, answered with the round that is the newest after it."""

    def moved(self, project: Project) -> Response:
        newest = rounds_of(project).first()
        assert newest is not None
        return Response(round_json(newest, submission_of(newest)), status=201)


@extend_schema_view(post=extend_schema(operation_id="checklist_submit", request=SubmitBody, responses=MADE))
class ChecklistSubmitView(ChecklistMoveView):
    def act(self, request: Request, **kwargs: Any) -> Response:
        project = project_with_facts(request.user, kwargs["key"])
        body_of(SubmitBody, request)
        submit_checklist(project, by=request.user, at=timezone.now())
        return self.moved(project)


@extend_schema_view(post=extend_schema(operation_id="checklist_withdraw", request=WithdrawalBody, responses=MADE))
class ChecklistWithdrawView(ChecklistMoveView):
    def act(self, request: Request, **kwargs: Any) -> Response:
        project = project_with_facts(request.user, kwargs["key"])
        because = body_of(WithdrawalBody, request)["because"]
        withdraw_submission(project, by=request.user, because=because, at=timezone.now())
        return self.moved(project)


@extend_schema_view(post=extend_schema(operation_id="checklist_reopen", request=ReopeningBody, responses=MADE))
class ChecklistReopenView(ChecklistMoveView):
    def act(self, request: Request, **kwargs: Any) -> Response:
        project = project_with_facts(request.user, kwargs["key"])
        because = body_of(ReopeningBody, request)["because"]
        reopen_checklist(project, by=request.user, because=because, at=timezone.now())
        return self.moved(project)


class ChecklistRoundView(APIView):
    @extend_schema(operation_id="checklist_round", responses={200: dict})
    def get(self, request: Request, key: str, number: int) -> Response:
        project = project_with_facts(request.user, key)
        round_ = rounds_of(project).filter(number=number).first()
        if round_ is None:
            raise Http404
        return Response(round_json(round_, submission_of(round_)))


def submission_of(round_: ChecklistRound) -> Submission | None:
    return round_.submission if round_.submitted_at else None

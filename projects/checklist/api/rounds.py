"""The API of rounds: submitted, withdrawn, reopened, read."""

import json
from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.idempotency import DecidingView
from golive.core.api import BlockField, StrictSerializer
from projects.checklist.actions.rounds import reopen_checklist, submit_checklist, withdraw_submission
from projects.checklist.api.shown import body_of, project_with_facts
from projects.checklist.models.checklist import ChecklistRound
from projects.checklist.models.submission import Submission
from projects.checklist.queries.rounds import rounds_of
from projects.portfolio.models.project import Project

MADE = {201: dict}  # what a POST that decides answers with, as the schema tells it


class WithdrawalBody(StrictSerializer):
    because = BlockField(max_length=500)


class ReopeningBody(WithdrawalBody):
    """Why the next round begins."""


class SubmitBody(StrictSerializer):
    """An act that takes no words."""


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

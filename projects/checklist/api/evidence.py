"""The API of evidence beside answers."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.idempotency import DecidingView
from golive.core.api import SHOWN, StrictSerializer, decision_json
from golive.core.api_uploads import TakesFiles
from projects.checklist.actions.evidence import (
    attach_anew,
    attach_evidence,
    detach_evidence,
    laid_facts,
    take_newest,
)
from projects.checklist.api.shown import body_of, project_with_facts
from projects.checklist.models.answers import AnswerEvidence
from projects.checklist.queries.evidence import digest_of_revision
from projects.checklist.queries.rounds import round_facts
from projects.checklist.queries.sheet import Sheet, pinned_question, sheet_of
from projects.checklist.rules.evidence import may_attach
from projects.checklist.rules.questions import Question
from projects.evidence.giving import GivenOrKnownBody, piece_named
from projects.evidence.models import Evidence
from projects.evidence.queries.shown import currency_on
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker


class NewestBody(StrictSerializer):
    """The address says it all."""


def asked_of(request: Request, key: str, question: str) -> tuple[Project, Question]:
    project = project_with_facts(request.user, key)
    asked = pinned_question(project, question)
    if asked is None:
        raise Http404
    return project, asked


class AnswerEvidenceView(TakesFiles, DecidingView):
    @extend_schema(operation_id="answer_evidence", responses=SHOWN)
    def get(self, request: Request, key: str, question: str) -> Response:
        project, asked = asked_of(request, key, question)
        sheet = sheet_of(project, at=timezone.now())
        decision = may_attach(onlooker(request.user, project), round_facts(sheet), laid_facts(sheet, asked.id))
        return Response(laid_shown(sheet, asked.id) | {"actions": {"attach": decision_json(decision, request)}})

    @extend_schema(
        operation_id="answer_evidence_attach", request=GivenOrKnownBody, responses={201: OpenApiTypes.OBJECT}
    )
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project, asked = asked_of(request, kwargs["key"], kwargs["question"])
        said, by = body_of(GivenOrKnownBody, request), {"by": request.user, "at": timezone.now()}
        if "evidence" in said:
            sheet = attach_evidence(project, asked.id, piece_named(request.user, project, said["evidence"]), **by)
        else:
            sheet = attach_anew(project, asked.id, **said, **by)
        return Response(laid_shown(sheet, asked.id), status=201)


class AnswerEvidencePieceView(APIView):
    @extend_schema(operation_id="answer_evidence_detach", responses={204: None})
    def delete(self, request: Request, key: str, question: str, uid: UUID) -> Response:
        """Taken away from the answer; the evidence itself stays."""
        project, asked = asked_of(request, key, question)
        piece = get_object_or_404(Evidence.objects.visible_to(request.user), project=project, uid=uid)
        detach_evidence(project, asked.id, piece, by=request.user, at=timezone.now())
        return Response(status=204)


class ChecklistEvidenceView(APIView):
    @extend_schema(operation_id="checklist_evidence", responses=SHOWN)
    def get(self, request: Request, key: str) -> Response:
        """Everything that lies beside an answer, by question."""
        sheet = sheet_of(project_with_facts(request.user, key), at=timezone.now())
        results = [laid_shown(sheet, question) for question in sorted(sheet.lying)]
        return Response({"results": results, "next": None, "missing": sheet.without_evidence})


class ChecklistEvidenceNewestView(DecidingView):
    @extend_schema(operation_id="checklist_evidence_newest", request=NewestBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Every answer that names this piece takes its newest revision."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project = project_with_facts(request.user, kwargs["key"])
        piece = get_object_or_404(Evidence.objects.visible_to(request.user), project=project, uid=kwargs["uid"])
        body_of(NewestBody, request)
        sheet = take_newest(project, piece, by=request.user, at=timezone.now())
        return Response({"results": [laid_shown(sheet, question) for question in sorted(sheet.lying)], "next": None})


def laid_shown(sheet: Sheet, question: str) -> dict[str, Any]:
    lying = [piece_shown(row, sheet) for row in sheet.lying.get(question, [])]
    return {"question": question, "evidence": lying, "missing": question in sheet.without_evidence}


def piece_shown(row: AnswerEvidence, sheet: Sheet) -> dict[str, Any]:
    revision = row.revision
    return {
        "evidence": str(revision.evidence.uid),
        "title": revision.evidence.title,
        "revision": revision.number,
        "newest": revision.evidence.revision,
        "sha256": digest_of_revision(revision),
        "currency": currency_on(revision, sheet.facts.today),
        "by": str(row.added_by.uid),
        "at": row.added_at,
    }

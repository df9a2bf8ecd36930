"""The API of what lies beside a step."""

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
from golive.core.api import SHOWN, BlockField, StrictSerializer, decision_json
from golive.core.api_uploads import TakesFiles
from projects.evidence.giving import GivenOrKnownBody, known_piece, piece_named
from projects.methodology.actions.proofs import note_step, prove_step, prove_step_anew, remove_proof
from projects.methodology.models.course import Step
from projects.methodology.models.proof import StepNote
from projects.methodology.queries.proofs import ProofLine, notes_of, proof_facts, proofs_of
from projects.methodology.rules.proofs import may_note_step, may_prove_step
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.portfolio.queries.projects import projects_for


class StepNoteBody(StrictSerializer):
    text = BlockField(max_length=1000)


def row_of(request: Request, key: str, name: str) -> tuple[Project, Step]:
    project = get_object_or_404(projects_for(request.user), key=key)
    steps = Step.objects.visible_to(request.user).filter(project=project, key=name, applies=True)
    return project, get_object_or_404(steps)


class StepEvidenceView(TakesFiles, DecidingView):
    @extend_schema(operation_id="step_evidence", responses=SHOWN)
    def get(self, request: Request, key: str, step: str) -> Response:
        project, row = row_of(request, key, step)
        decision = may_prove_step(onlooker(request.user, project), proof_facts(project, row))
        shown = [proof_shown(line) for line in proofs_of(row)]
        return Response({"results": shown, "next": None, "actions": {"prove": decision_json(decision, request)}})

    @extend_schema(operation_id="step_prove", request=GivenOrKnownBody, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project, row = row_of(request, kwargs["key"], kwargs["step"])
        body = GivenOrKnownBody(data=request.data)
        body.is_valid(raise_exception=True)
        said, by = body.validated_data, {"by": request.user, "at": timezone.now()}
        if "evidence" in said:
            prove_step(project, row.key, piece_named(request.user, project, said["evidence"]), **by)
        else:
            prove_step_anew(project, row.key, **said, **by)
        return Response({"results": [proof_shown(line) for line in proofs_of(row)], "next": None}, status=201)


class StepEvidencePieceView(APIView):
    @extend_schema(operation_id="step_detach", responses={204: None})
    def delete(self, request: Request, key: str, step: str, uid: UUID) -> Response:
        """Taken away from the step; the evidence itself stays."""
        project, row = row_of(request, key, step)
        piece = known_piece(request.user, project, uid)
        if piece is None:
            raise Http404
        remove_proof(project, row.key, piece, by=request.user, at=timezone.now())
        return Response(status=204)


class StepNotesView(DecidingView):
    @extend_schema(operation_id="step_notes", responses=SHOWN)
    def get(self, request: Request, key: str, step: str) -> Response:
        project, row = row_of(request, key, step)
        decision = may_note_step(onlooker(request.user, project), proof_facts(project, row))
        shown = [note_shown(note) for note in notes_of(row)]
        return Response({"results": shown, "next": None, "actions": {"note": decision_json(decision, request)}})

    @extend_schema(operation_id="step_note", request=StepNoteBody, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project, row = row_of(request, kwargs["key"], kwargs["step"])
        body = StepNoteBody(data=request.data)
        body.is_valid(raise_exception=True)
        note = note_step(project, row.key, **body.validated_data, by=request.user, at=timezone.now())
        return Response(note_shown(note), status=201)


def proof_shown(line: ProofLine) -> dict[str, Any]:
    return {
        "evidence": str(line.uid),
        "title": line.title,
        "revision": line.revision.number,
        "at": line.at,
        "by": line.by,
        "removed_at": line.removed_at,
        "withdrawn": line.withdrawn,
    }


def note_shown(note: StepNote) -> dict[str, Any]:
    return {"text": note.text, "at": note.at, "by": note.by.name}

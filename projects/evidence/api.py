"""The API of evidence: the list, one piece, its revisions, and their files."""

from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
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
from golive.core.api import SHOWN, LineField, StrictSerializer, decision_json, page_of
from golive.core.api_uploads import TakesFiles
from golive.core.attachments import attached
from golive.core.problems import Problem
from projects.evidence.actions.evidence import (
    add_evidence,
    confirm_evidence,
    open_file,
    revise_evidence,
    withdraw_evidence,
)
from projects.evidence.giving import TITLE, GivenBody
from projects.evidence.models import Evidence, EvidenceRevision
from projects.evidence.queries.files import evidence_facts
from projects.evidence.queries.shown import currency_on, newest_revisions, revisions_of
from projects.evidence.rules.acts import (
    may_add_evidence,
    may_confirm_evidence,
    may_revise_evidence,
    may_withdraw_evidence,
)
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.portfolio.queries.projects import projects_for


class EvidenceBody(GivenBody):
    title = LineField(max_length=TITLE)


class EvidenceRevisionBody(GivenBody):
    """`seen`: the revision that the caller looked at."""

    seen = serializers.IntegerField(min_value=0, max_value=10**9)


class EvidenceActBody(StrictSerializer):
    """The address says it all."""


def project_of(request: Request, key: str) -> Project:
    found: Project = get_object_or_404(projects_for(request.user), key=key)
    return found


def piece_in(request: Request, key: str, uid: UUID) -> Evidence:
    found: Evidence = get_object_or_404(
        Evidence.objects.visible_to(request.user).select_related("project"), uid=uid, project__key=key
    )
    return found


def read(body: type[StrictSerializer], request: Request) -> dict[str, Any]:
    said = body(data=request.data)
    said.is_valid(raise_exception=True)
    return said.validated_data


class EvidencesView(TakesFiles, DecidingView):
    @extend_schema(operation_id="evidence", responses=SHOWN)
    def get(self, request: Request, key: str) -> Response:
        project = project_of(request, key)
        facts = evidence_facts(project)
        page = page_of(newest_revisions(project), request, key="-evidence__pk", show=newest_shown)
        actions = {"add": decision_json(may_add_evidence(onlooker(request.user, project), facts), request)}
        return Response({**page, "actions": actions, "kept": facts.kept, "quota": facts.quota})

    @extend_schema(operation_id="evidence_add", request=EvidenceBody, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project = project_of(request, kwargs["key"])
        said = read(EvidenceBody, request)
        piece = add_evidence(project, **said, by=request.user, at=timezone.now())
        return Response(newest_shown(revisions_of(piece)[0]), status=201)


class EvidenceView(APIView):
    @extend_schema(operation_id="evidence_piece", responses=SHOWN)
    def get(self, request: Request, key: str, uid: UUID) -> Response:
        piece = piece_in(request, key, uid)
        person = onlooker(request.user, piece.project)
        facts = evidence_facts(piece.project, piece=piece)
        revisions = list(revisions_of(piece))
        actions = {
            "revise": decision_json(may_revise_evidence(person, facts), request),
            "confirm": decision_json(may_confirm_evidence(person, facts), request),
            "withdraw": decision_json(may_withdraw_evidence(person, facts), request),
        }
        shown = {"revisions": [revision_shown(row) for row in revisions], "actions": actions}
        return Response(newest_shown(revisions[0]) | shown)


class EvidenceRevisionsView(TakesFiles, DecidingView):
    @extend_schema(operation_id="evidence_revise", request=EvidenceRevisionBody, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """A newer file or link; where somebody else gave one since the revision that was seen: 412."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        piece = piece_in(request, kwargs["key"], kwargs["uid"])
        said = read(EvidenceRevisionBody, request)
        piece = revise_evidence(piece, **said, by=request.user, at=timezone.now())
        return Response(newest_shown(revisions_of(piece)[0]), status=201)


class EvidenceWithdrawView(DecidingView):
    @extend_schema(operation_id="evidence_withdraw", request=EvidenceActBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        piece = piece_in(request, kwargs["key"], kwargs["uid"])
        read(EvidenceActBody, request)
        piece = withdraw_evidence(piece, by=request.user, at=timezone.now())
        return Response(newest_shown(revisions_of(piece)[0]))


class EvidenceConfirmView(DecidingView):
    @extend_schema(operation_id="evidence_confirm", request=EvidenceActBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """It was overtaken, and it still holds."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        piece = piece_in(request, kwargs["key"], kwargs["uid"])
        read(EvidenceActBody, request)
        piece = confirm_evidence(piece, by=request.user, at=timezone.now())
        return Response(newest_shown(revisions_of(piece)[0]))


class EvidenceFileView(APIView):
    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """A caller asks for whatever the file is, which no renderer of ours writes; problems stay JSON."""
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(operation_id="evidence_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, key: str, uid: UUID, number: int) -> HttpResponseBase:
        piece = piece_in(request, key, uid)
        revision = get_object_or_404(revisions_of(piece).exclude(file=None), number=number)
        held = open_file(piece.project, revision.file)
        if held is None:
            raise Problem(409, "file_damaged", _("This file is missing, or is not what was stored."))
        return attached(held, name=revision.name, media_type=revision.file.media_type)


def newest_shown(revision: EvidenceRevision) -> dict[str, Any]:
    piece = revision.evidence
    return {
        "uid": str(piece.uid),
        "title": piece.title,
        "added_at": piece.added_at,
        "withdrawn_at": piece.withdrawn_at,
        "expires_on": piece.expires_on,
        "stale_at": piece.stale_at,
        "currency": currency_on(revision, timezone.localdate()),
        **revision_shown(revision),
    }


def revision_shown(revision: EvidenceRevision) -> dict[str, Any]:
    """`file` is null for a link. `scan`: whether a scanner has looked at it."""
    file = revision.file
    return {
        "revision": revision.number,
        "url": revision.url,
        "at": revision.at,
        "by": str(revision.by.uid),
        "file": file
        and {
            "name": revision.name,
            "sha256": file.sha256,
            "size": file.size,
            "media_type": file.media_type,
            "scan": file.scan,
        },
    }

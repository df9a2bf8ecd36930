"""The API of contradictions: those that stand, and a word on one of them."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.core.api import BlockField, StrictSerializer, if_match, problem
from golive.core.decision import Stale
from projects.checklist.actions.contradicting import settle_contradiction
from projects.checklist.api.answering import etag
from projects.checklist.api.beside import contrary_json
from projects.checklist.api.shown import body_of, project_with_facts
from projects.checklist.forms.contradicting import LIMIT
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.states import Stand


class SettleBody(StrictSerializer):
    stand = serializers.ChoiceField(choices=Stand.choices)
    text = BlockField(max_length=LIMIT)


class ContradictionsView(APIView):
    @extend_schema(operation_id="checklist_contradictions", responses={200: dict})
    def get(self, request: Request, key: str) -> Response:
        sheet = sheet_of(project_with_facts(request.user, key), at=timezone.now())
        return Response({"results": [contrary_json(sheet, one) for one in sheet.contraries]})


class ContradictionView(APIView):
    @extend_schema(operation_id="checklist_contradiction", request=SettleBody, responses={200: dict})
    def put(self, request: Request, key: str, contradiction: str) -> Response:
        project, at = project_with_facts(request.user, key), timezone.now()
        if contradiction not in {one.id for one in sheet_of(project, at=at).catalogue.contradictions}:
            raise Http404
        revision, body = if_match(request), body_of(SettleBody, request)
        try:
            sheet = settle_contradiction(project, contradiction, **body, revision=revision, by=request.user, at=at)
        except Stale as stale:
            return both(stale)
        (one,) = (found for found in sheet.contraries if found.id == contradiction)
        return Response(contrary_json(sheet, one), headers={"ETag": etag(one.revision)})


def both(stale: Stale) -> Response:
    said = _("Not saved: %(person)s said something first.") % {"person": stale.by or _("Somebody else")}
    theirs = {name: stale.theirs.get(name) for name in ("stand", "text", "at")}
    response = problem(412, "stale", said, theirs=theirs, mine=stale.mine, revision=stale.revision, by=stale.by)
    response["ETag"] = etag(stale.revision)
    return response

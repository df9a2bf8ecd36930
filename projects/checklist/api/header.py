"""The API of the header: what is typed there, put on the revision that was seen."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.models import User
from golive.core.api import DayField, LineField, StrictSerializer, if_match, problem
from golive.core.decision import Stale, require
from projects.checklist.actions.header import save_header
from projects.checklist.api.shown import body_of, etag, header_json, project_with_facts, typed_json
from projects.checklist.queries.rounds import fillers_among, round_facts
from projects.checklist.queries.sheet import Sheet, sheet_of
from projects.checklist.rules.header import (
    AREAS,
    LEGACY,
    MOST_ROLLOUTS,
    MOST_USERS,
    REFERENCE,
    HeaderContent,
    RolloutLine,
    header_of,
)
from projects.checklist.rules.submission import may_answer
from projects.portfolio.queries.people import onlooker


class RolloutBody(StrictSerializer):
    on = DayField(required=False, allow_null=True)
    users = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=MOST_USERS)
    areas = LineField(required=False, allow_blank=True, max_length=AREAS)
    places = LineField(required=False, allow_blank=True, max_length=AREAS)


class HeaderBody(StrictSerializer):
    project_reference = LineField(required=False, allow_blank=True, max_length=REFERENCE)
    legacy_system = LineField(required=False, allow_blank=True, max_length=LEGACY)
    rollouts = serializers.ListField(child=RolloutBody(), required=False, max_length=MOST_ROLLOUTS)
    completed_by = serializers.UUIDField(required=False, allow_null=True)


class ChecklistHeaderView(APIView):
    @extend_schema(operation_id="checklist_header", request=HeaderBody, responses={200: dict})
    def put(self, request: Request, key: str) -> Response:
        """The whole header: what is not sent is blank. The first rollout is this one; its day is the milestone's."""
        project, at = project_with_facts(request.user, key), timezone.now()
        revision = if_match(request)
        sheet = sheet_of(project, at=at)
        require(may_answer(onlooker(request.user, project), round_facts(sheet)), on=project)
        said = body_of(HeaderBody, request)
        person = named_of(sheet, said.get("completed_by"))
        try:
            save_header(project, typed_of(said), completed_by=person, revision=revision, by=request.user, at=at)
        except Stale as stale:
            return both(stale)
        shown = header_json(sheet_of(project, at=at))
        return Response(shown, headers={"ETag": etag(shown["revision"])})


def typed_of(said: dict[str, Any]) -> HeaderContent:
    lines = [RolloutLine(**line) for line in said.get("rollouts", ())]
    return header_of(said.get("project_reference", ""), said.get("legacy_system", ""), lines)


def named_of(sheet: Sheet, uid: Any) -> User | None:
    """Somebody of another project is as unknown as somebody who never was; who is named already may have left."""
    if uid is None:
        return None
    people = [member.user for member in fillers_among(sheet)] + ([sheet.completed_by] if sheet.completed_by else [])
    found = next((person for person in people if person.uid == uid), None)
    if found is None:
        raise serializers.ValidationError({"completed_by": [_("This person is not known here.")]}, code="unknown")
    return found


def both(stale: Stale) -> Response:
    """Both headers, and the revision on which the caller may decide between them."""
    by = stale.by or _("Somebody else")
    detail = _("Not saved: %(person)s changed this first.") % {"person": by}
    told = {"theirs": typed_json(*stale.theirs), "mine": typed_json(*stale.mine)}
    response = problem(412, "stale", detail, **told, revision=stale.revision, by=by)
    response["ETag"] = etag(stale.revision)
    return response

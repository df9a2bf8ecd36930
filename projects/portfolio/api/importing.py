"""The API of taking over a list of people."""

from typing import Any

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from golive.accounts.idempotency import DecidingView
from golive.accounts.models import User
from golive.accounts.throttle import TooFast
from golive.core.api import Problem, StrictSerializer, decision_json
from golive.core.decision import require
from projects.portfolio.actions.importing import import_roster
from projects.portfolio.models.project import Project
from projects.portfolio.queries.importing import (
    import_decision,
    outcomes_of,
    rows_in_body,
    rows_of_project,
    sources_of,
)
from projects.portfolio.queries.projects import projects_for
from projects.portfolio.rules.importing import MOST, RosterRow, RowOutcome


class RosterRowBody(StrictSerializer):
    """Read again by the rule of rows, which names the row and what is wrong with it."""

    email = serializers.CharField(max_length=2_000, allow_blank=True, trim_whitespace=False)
    name = serializers.CharField(max_length=2_000, default="", allow_blank=True, trim_whitespace=False)
    access = serializers.CharField(max_length=200, default="", allow_blank=True)
    job = serializers.CharField(max_length=200, default="", allow_blank=True)
    stakeholder = serializers.BooleanField(default=False)
    primary_contact = serializers.BooleanField(default=False)

    def to_representation(self, instance: Any) -> dict[str, str]:
        return instance


class ImportBody(StrictSerializer):
    rows = serializers.ListField(child=RosterRowBody(), max_length=MOST, required=False)
    from_project = serializers.CharField(max_length=20, required=False)
    preview = serializers.BooleanField(default=False)
    invite = serializers.BooleanField(default=False)
    although_alike = serializers.BooleanField(default=False)


class ImportView(DecidingView):
    @extend_schema(operation_id="roster_import", request=ImportBody, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Rows, or the people of another project; all or nothing. With `preview` it only tells what comes of each."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        user = request.user
        project = get_object_or_404(projects_for(user), key=kwargs["key"])
        require(import_decision(user, project), on=project)
        body = ImportBody(data=request.data)
        body.is_valid(raise_exception=True)
        rows, source = asked_for(body.validated_data, user, project)
        ticks = {name: body.validated_data[name] for name in ("invite", "although_alike")}
        if body.validated_data["preview"]:
            outcomes = outcomes_of(project, rows, by=user, source=source, **ticks)
            decision = decision_json(import_decision(user, project, outcomes), request)
            return Response({"results": shown(outcomes), "actions": {"import": decision}})
        try:
            done = import_roster(project, rows, by=user, at=timezone.now(), source=source, **ticks)
        except TooFast as fast:
            raise Problem(429, "too_many_requests", fast.text, retry_after=fast.retry_after) from fast
        return Response({"results": shown(done)}, status=201)


def asked_for(asked: dict[str, Any], user: User, project: Project) -> tuple[list[RosterRow], Project | None]:
    if ("rows" in asked) == ("from_project" in asked):
        text = _("Send rows, or from_project.")
        raise serializers.ValidationError({"rows": [text]}, code="no_source")
    try:
        if "rows" in asked:
            return rows_in_body([texts_of(row) for row in asked["rows"]]), None
        source = sources_of(user, project).filter(key=asked["from_project"]).first()
        if source is None:
            text = _("You are on no project of this key.")
            raise serializers.ValidationError({"from_project": [text]}, code="unknown_project")
        return rows_of_project(source), source
    except ValidationError as error:
        raise serializers.ValidationError({"rows": error.messages}, code=error.code) from error


def texts_of(row: dict[str, Any]) -> dict[str, str]:
    return {name: value if isinstance(value, str) else ("yes" if value else "no") for name, value in row.items()}


def shown(outcomes: tuple[RowOutcome, ...]) -> list[dict[str, Any]]:
    return [
        {"row": one.row.number, "email": one.row.email, "outcome": one.outcome.value, "text": one.text}
        for one in outcomes
    ]

"""The API of the list of projects, and of starting one."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from golive.accounts.idempotency import DecidingView
from golive.core.api import SHOWN, LineField, StrictSerializer
from golive.core.calendar import zone_choices
from golive.core.decision import require
from projects.methodology.rules.catalogue import LATEST
from projects.plan.actions.starting import start_project
from projects.plan.queries.starting import other_organisation, sides_of
from projects.portfolio.queries.listing import project_list, seen_by
from projects.portfolio.queries.people import onlooker
from projects.portfolio.queries.projects import project_shown, projects_for
from projects.portfolio.rules.listing import PAGING, UnknownFilter, read_strictly
from projects.portfolio.rules.projects import may_make_project
from projects.portfolio.states import Infrastructure, Job


class ProjectStartBody(StrictSerializer):
    """`other`: the whole name of the partner, or of the customer where a partner starts the project.

    `methodology`: a supplied version, or the uid of one that the own organisation published.
    """

    name = LineField(max_length=120)
    infrastructure = serializers.ChoiceField(choices=Infrastructure.choices)
    other = LineField(max_length=120, default="", allow_blank=True)
    time_zone = serializers.ChoiceField(choices=zone_choices(), default="UTC")
    job = serializers.ChoiceField(choices=Job.choices, default="", allow_blank=True)
    methodology = LineField(max_length=40, default=LATEST)


class ProjectsView(DecidingView):
    @extend_schema(operation_id="projects", responses=SHOWN)
    def get(self, request: Request) -> Response:
        """By go-live, risk or name; every filter of the page under the same name. Cursor pages."""
        today = timezone.localdate()
        try:
            asked = read_strictly(request.GET, beside=PAGING, today=today)
        except UnknownFilter as error:
            raise serializers.ValidationError(error.errors, code="unknown_filter") from error
        page = project_list(request, seen_by(request.user), asked, today=today)
        return Response({"results": [project_shown(project) for project in page["results"]], "next": page["next"]})

    @extend_schema(operation_id="projects_start", request=ProjectStartBody, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **_kwargs: Any) -> Response:
        require(may_make_project(onlooker(request.user)))
        body = ProjectStartBody(data=request.data)
        body.is_valid(raise_exception=True)
        fields = dict(body.validated_data)
        name = fields.pop("other")
        other = other_organisation(request.user, name) if name else None
        if other is None and (name or request.user.organisation.kind != "customer"):
            text = _("No such organisation is known here. Ask an administrator to add it.")
            raise serializers.ValidationError({"other": [text]}, code="unknown_organisation")
        sides = sides_of(request.user, other)
        project = start_project(by=request.user, at=timezone.now(), **fields, **sides)
        made = projects_for(request.user).get(pk=project.pk)
        return Response(project_shown(made), status=201, headers={"Location": f"{request.path}{made.key}/"})

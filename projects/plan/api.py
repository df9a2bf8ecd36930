"""The API of starting a project, of onboarding and of milestones."""

from typing import Any

from django.core.validators import URLValidator
from django.http import Http404
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
from golive.core.api import BlockField, DayField, LineField, StrictSerializer, decision_json
from golive.core.calendar import zone_choices
from golive.core.decision import require
from projects.plan.actions import complete_onboarding, save_onboarding, set_milestones, start_project
from projects.plan.models import Onboarding
from projects.plan.queries import onboarding_decision, onboarding_of, other_organisation, plan_decision, sides_of
from projects.portfolio.models import RolloutMilestone
from projects.portfolio.queries import milestones_of, onlooker, project_list, project_shown, projects_for
from projects.portfolio.rules import may_make_project
from projects.portfolio.states import Infrastructure, Job, Milestone, Product

SHOWN = {200: OpenApiTypes.OBJECT}


class ProjectStartBody(StrictSerializer):
    """`other`: the whole name of the partner, or of the customer where a partner starts the project."""

    name = LineField(max_length=120)
    infrastructure = serializers.ChoiceField(choices=Infrastructure.choices)
    other = LineField(max_length=120, default="", allow_blank=True)
    time_zone = serializers.ChoiceField(choices=zone_choices(), default="UTC")
    job = serializers.ChoiceField(choices=Job.choices, default="", allow_blank=True)


class OnboardingBody(StrictSerializer):
    vision = BlockField(required=False, allow_blank=True)
    products = serializers.MultipleChoiceField(choices=Product.choices, required=False)
    user_count = serializers.IntegerField(min_value=1, max_value=1_000_000, required=False, allow_null=True)
    work_tracking = LineField(
        max_length=300, required=False, allow_blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )


class MilestoneBody(StrictSerializer):
    day = DayField()
    tentative = serializers.BooleanField(default=False)
    because = LineField(max_length=500, default="", allow_blank=True)


class EmptyOnboardingBody(StrictSerializer):
    """Nothing to say beside the address."""


class ProjectSearch(StrictSerializer):
    words = LineField(max_length=80, default="", allow_blank=True)


class ProjectsView(DecidingView):
    @extend_schema(operation_id="projects", responses=SHOWN)
    def get(self, request: Request) -> Response:
        search = ProjectSearch(data={"words": request.GET.get("words", "")})
        search.is_valid(raise_exception=True)
        page = project_list(request, request.user, words=search.validated_data["words"])
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


class OnboardingView(APIView):
    @extend_schema(operation_id="onboarding", responses=SHOWN)
    def get(self, request: Request, key: str) -> Response:
        project = get_object_or_404(projects_for(request.user), key=key)
        row = onboarding_of(project)
        actions = {
            "save": decision_json(plan_decision(request.user, project), request),
            "complete": decision_json(onboarding_decision(request.user, project, row), request),
        }
        return Response({**onboarding_shown(row), "actions": actions})

    @extend_schema(operation_id="onboarding_save", request=OnboardingBody, responses=SHOWN)
    def put(self, request: Request, key: str) -> Response:
        """Changes what is named and leaves the rest."""
        project = get_object_or_404(projects_for(request.user), key=key)
        body = OnboardingBody(data=request.data)
        body.is_valid(raise_exception=True)
        fields = dict(body.validated_data)
        if "products" in fields:
            fields["products"] = sorted(fields["products"])
        return Response(onboarding_shown(save_onboarding(project, by=request.user, at=timezone.now(), **fields)))


class OnboardingCompleteView(DecidingView):
    @extend_schema(operation_id="onboarding_complete", request=EmptyOnboardingBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project = get_object_or_404(projects_for(request.user), key=kwargs["key"])
        EmptyOnboardingBody(data=request.data).is_valid(raise_exception=True)
        return Response(onboarding_shown(complete_onboarding(project, by=request.user, at=timezone.now())))


class MilestonesView(APIView):
    @extend_schema(operation_id="milestones", responses=SHOWN)
    def get(self, request: Request, key: str) -> Response:
        project = get_object_or_404(projects_for(request.user), key=key)
        rows = milestones_of(project)
        return Response({"results": [milestone_shown(name, rows.get(name)) for name in Milestone.values], "next": None})


class MilestoneView(APIView):
    @extend_schema(operation_id="milestone", responses=SHOWN)
    def get(self, request: Request, key: str, milestone: str) -> Response:
        project = get_object_or_404(projects_for(request.user), key=key)
        if milestone not in Milestone.values:
            raise Http404
        actions = {"set": decision_json(plan_decision(request.user, project), request)}
        return Response({**milestone_shown(milestone, milestones_of(project).get(milestone)), "actions": actions})

    @extend_schema(operation_id="milestone_set", request=MilestoneBody, responses=SHOWN)
    def put(self, request: Request, key: str, milestone: str) -> Response:
        """Sets or moves the date. The same date once more changes nothing."""
        project = get_object_or_404(projects_for(request.user), key=key)
        if milestone not in Milestone.values:
            raise Http404
        body = MilestoneBody(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        tentative = frozenset({milestone} if said["tentative"] else ())
        days, at = {milestone: said["day"]}, timezone.now()
        set_milestones(project, days, by=request.user, at=at, because=said["because"], tentative=tentative)
        return Response(milestone_shown(milestone, milestones_of(project).get(milestone)))


def onboarding_shown(row: Onboarding) -> dict[str, Any]:
    return {
        "vision": row.vision,
        "products": row.products,
        "user_count": row.user_count,
        "work_tracking": row.work_tracking,
        "completed_at": row.completed_at.isoformat() if row.completed_at else None,
    }


def milestone_shown(key: str, row: RolloutMilestone | None) -> dict[str, Any]:
    return {
        "milestone": key,
        "day": row.day.isoformat() if row else None,
        "tentative": bool(row and row.tentative),
        "set_at": row.set_at.isoformat() if row else None,
    }

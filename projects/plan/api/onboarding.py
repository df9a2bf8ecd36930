"""The API of onboarding."""

from typing import Any

from django.core.validators import URLValidator
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.idempotency import DecidingView
from golive.core.api import SHOWN, BlockField, LineField, StrictSerializer, decision_json
from projects.plan.actions.onboarding import complete_onboarding, save_onboarding
from projects.plan.models.onboarding import Onboarding
from projects.plan.queries.milestones import plan_decision
from projects.plan.queries.onboarding import onboarding_decision, onboarding_of
from projects.portfolio.queries.projects import projects_for
from projects.portfolio.states import Product


class OnboardingBody(StrictSerializer):
    vision = BlockField(required=False, allow_blank=True)
    products = serializers.MultipleChoiceField(choices=Product.choices, required=False)
    user_count = serializers.IntegerField(min_value=1, max_value=1_000_000, required=False, allow_null=True)
    work_tracking = LineField(
        max_length=300, required=False, allow_blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )


class EmptyOnboardingBody(StrictSerializer):
    """Nothing to say beside the address."""


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


def onboarding_shown(row: Onboarding) -> dict[str, Any]:
    return {
        "vision": row.vision,
        "products": row.products,
        "user_count": row.user_count,
        "work_tracking": row.work_tracking,
        "completed_at": row.completed_at.isoformat() if row.completed_at else None,
    }

"""The API of onboarding."""

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.idempotency import DecidingView
from golive.core.api import SHOWN, BlockField, LineField, StrictSerializer, decision_json
from projects.plan.actions.onboarding import complete_onboarding, save_onboarding
from projects.plan.forms.onboarding import MOST_COUNTRIES, MOST_INTEGRATIONS, MOST_PEOPLE, WEB_ONLY
from projects.plan.models.onboarding import Onboarding
from projects.plan.queries.milestones import plan_decision
from projects.plan.queries.onboarding import SAID, onboarding_decision, onboarding_facts, onboarding_of
from projects.plan.queries.starting import partner_named
from projects.plan.rules.onboarding import lacking
from projects.plan.states import (
    ContactChoice,
    Feature,
    LicenceType,
    OnboardingStep,
    PartnerChoice,
    TrackingChoice,
    UpgradeFrom,
)
from projects.portfolio.models.project import Project
from projects.portfolio.queries.projects import projects_for
from projects.portfolio.states import Product


def amount(most: int) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=most, required=False, allow_null=True)


def chosen(choices: Sequence[Any]) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=choices, required=False, allow_blank=True)


def yes_or_no() -> serializers.BooleanField:
    return serializers.BooleanField(required=False, allow_null=True)


class LicenceBody(StrictSerializer):
    type = serializers.ChoiceField(choices=LicenceType.choices)
    count = serializers.IntegerField(min_value=0, max_value=MOST_PEOPLE)


class OnboardingBody(StrictSerializer):
    """Null, or "" in a choice: not said. `partner`: the whole name of the one that `partner_choice` means."""

    vision = BlockField(required=False, allow_blank=True)
    partner_choice = chosen(PartnerChoice.choices)
    partner = LineField(max_length=120, required=False)
    partner_reference = LineField(max_length=40, required=False, allow_blank=True)
    user_count = amount(MOST_PEOPLE)
    licences = LicenceBody(many=True, required=False, max_length=len(LicenceType))
    products = serializers.MultipleChoiceField(choices=Product.choices, required=False)
    scope = serializers.MultipleChoiceField(choices=Feature.choices, required=False)
    country_count = amount(MOST_COUNTRIES)
    has_customizations = yes_or_no()
    has_isv = yes_or_no()
    isv_names = LineField(max_length=500, required=False, allow_blank=True)
    has_integrations = yes_or_no()
    integration_count = amount(MOST_INTEGRATIONS)
    has_database_copy = yes_or_no()
    upgrade_from = chosen(UpgradeFrom.choices)
    tracking_choice = chosen(TrackingChoice.choices)
    work_tracking = LineField(max_length=300, required=False, allow_blank=True, validators=[WEB_ONLY])
    contact_choice = chosen(ContactChoice.choices)

    def validate_licences(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        counts = {row["type"]: row["count"] for row in rows}
        if len(counts) < len(rows):
            raise serializers.ValidationError(_("Each type of licence stands here once."), code="twice")
        return [{"type": key, "count": counts[key]} for key in LicenceType.values if key in counts]

    def validate_partner(self, name: str) -> Any:
        found = partner_named(name)
        if found is None:
            text = _("No such partner is known here. Ask an administrator to add it.")
            raise serializers.ValidationError(text, code="unknown_organisation")
        return found

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        if "partner" in said and said.setdefault("partner_choice", PartnerChoice.NAMED) != PartnerChoice.NAMED:
            text = _("Name a partner, or say that there is none: not both.")
            raise serializers.ValidationError({"partner": [text]}, code="contradiction")
        return said | {name: sorted(said[name]) for name in ("products", "scope") if name in said}


class EmptyOnboardingBody(StrictSerializer):
    """Nothing to say beside the address."""


class OnboardingView(APIView):
    @extend_schema(operation_id="onboarding", responses=SHOWN)
    def get(self, request: Request, key: str) -> Response:
        project = get_object_or_404(projects_for(request.user), key=key)
        row = onboarding_of(project)
        decision = onboarding_decision(request.user, project, onboarding_facts(project, row))
        actions = {
            "save": decision_json(plan_decision(request.user, project), request),
            "complete": decision_json(decision, request),
        }
        return Response({**onboarding_shown(project, row), "actions": actions})

    @extend_schema(operation_id="onboarding_save", request=OnboardingBody, responses=SHOWN)
    def put(self, request: Request, key: str) -> Response:
        """Changes what is named and leaves the rest."""
        project = get_object_or_404(projects_for(request.user), key=key)
        body = OnboardingBody(data=request.data)
        body.is_valid(raise_exception=True)
        row = save_onboarding(project, by=request.user, at=timezone.now(), **body.validated_data)
        return Response(onboarding_shown(projects_for(request.user).get(pk=project.pk), row))


class OnboardingCompleteView(DecidingView):
    @extend_schema(operation_id="onboarding_complete", request=EmptyOnboardingBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project = get_object_or_404(projects_for(request.user), key=kwargs["key"])
        EmptyOnboardingBody(data=request.data).is_valid(raise_exception=True)
        return Response(onboarding_shown(project, complete_onboarding(project, by=request.user, at=timezone.now())))


PLAIN = ("vision", "partner_choice", "partner_reference", "licences", "isv_names", "tracking_choice", "work_tracking")


def onboarding_shown(project: Project, row: Onboarding) -> dict[str, Any]:
    """What was said, and of each step the codes of what it lacks."""
    lacks = list(lacking(onboarding_facts(project, row)))
    return {
        **{name: getattr(row, name) for name in (*PLAIN, *SAID, "contact_choice")},
        "partner": str(project.partner.uid) if project.partner else None,
        "completed_at": row.completed_at.isoformat() if row.completed_at else None,
        "steps": [
            {"step": step, "missing": [code for of, code, _text in lacks if of == step]}
            for step in OnboardingStep.values
        ],
    }

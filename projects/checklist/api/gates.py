"""The API of quality gates: all of them, one, two compared, and the page for the steering committee."""

from io import BytesIO
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.idempotency import DecidingView
from golive.core.api import BlockField, DayField, LineField, Problem, StrictSerializer, decision_json
from golive.core.attachments import attached
from golive.core.decision import require
from golive.core.pdf import PdfError
from projects.checklist.actions.gates import hold_gate
from projects.checklist.api.papers import PaperView
from projects.checklist.api.shown import body_of, project_with_facts
from projects.checklist.content import gate_shown, lines_shown
from projects.checklist.document import gate_pdf
from projects.checklist.models.gates import QualityGate
from projects.checklist.queries.gates import asked_topics, gate_of, gates_of, topics_at
from projects.checklist.queries.sheet import Sheet, sheet_of
from projects.checklist.rules.gates import (
    MATURITY,
    OWNER,
    REMARK,
    TOPIC_REMARK,
    GateTopic,
    differences,
    may_hold_gate,
    topic_to_json,
)
from projects.checklist.states import GateDecision, TopicStatus
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker

MADE = {201: dict}


class GateTopicBody(StrictSerializer):
    topic = LineField(max_length=8)
    status = serializers.ChoiceField(choices=TopicStatus.choices)
    readiness = serializers.IntegerField(min_value=0, max_value=100)
    completeness = serializers.IntegerField(min_value=0, max_value=100)
    maturity = serializers.IntegerField(min_value=MATURITY[0], max_value=MATURITY[1])
    owner = LineField(required=False, allow_blank=True, max_length=OWNER)
    remark = LineField(required=False, allow_blank=True, max_length=TOPIC_REMARK)


class GateBody(StrictSerializer):
    held_on = DayField()
    decision = serializers.ChoiceField(choices=GateDecision.choices)
    remark = BlockField(required=False, allow_blank=True, max_length=REMARK)
    topics = serializers.ListField(child=GateTopicBody(), max_length=40)


def gate_json(gate: QualityGate) -> dict[str, Any]:
    return {
        "number": gate.number,
        "held_on": gate.held_on,
        "go_live_on": gate.go_live_on,
        "decision": gate.decision,
        "remark": gate.remark,
        "by": str(gate.by.uid),
        "at": gate.at,
        "topics": [topic_to_json(topic) for topic in topics_at(gate).values()],
    }


@extend_schema_view(post=extend_schema(operation_id="quality_gate_hold", request=GateBody, responses=MADE))
class QualityGatesView(DecidingView):
    @extend_schema(operation_id="quality_gates", responses={200: dict})
    def get(self, request: Request, key: str) -> Response:
        """Newest first."""
        project = project_with_facts(request.user, key)
        decision = may_hold_gate(onlooker(request.user, project), state=project.state, key=key)
        rows = [gate_json(gate) for gate in gates_of(project)]
        return Response({"results": rows, "next": None, "actions": {"hold": decision_json(decision, request)}})

    def act(self, request: Request, **kwargs: Any) -> Response:
        """For each topic that the project is asked about, in any order."""
        project, at = project_with_facts(request.user, kwargs["key"]), timezone.now()
        require(may_hold_gate(onlooker(request.user, project), state=project.state, key=project.key), on=project)
        said, sheet = body_of(GateBody, request), sheet_of(project, at=at)
        if said["held_on"] > sheet.facts.today:
            raise serializers.ValidationError({"held_on": [_("A gate is held today, or was held before.")]})
        topics = topics_of(sheet, said.pop("topics"))
        gate = hold_gate(project, topics, **{"remark": ""} | said, by=request.user, at=at)
        return Response(gate_json(gate), status=201)


def topics_of(sheet: Sheet, lines: list[dict[str, Any]]) -> list[GateTopic]:
    names = asked_topics(sheet)
    given = {line["topic"]: line for line in lines}
    if set(given) != set(names) or len(given) != len(lines):
        told = _("One line for each of these topics is expected: %(topics)s.") % {"topics": ", ".join(names)}
        raise serializers.ValidationError({"topics": [told]})
    return [GateTopic(**given[topic], name=name) for topic, name in names.items()]


class QualityGateView(APIView):
    @extend_schema(operation_id="quality_gate", responses={200: dict})
    def get(self, request: Request, key: str, number: int) -> Response:
        return Response(gate_json(gate_or_404(project_with_facts(request.user, key), number)))


class QualityGatesComparedView(APIView):
    @extend_schema(operation_id="quality_gates_compared", responses={200: dict})
    def get(self, request: Request, key: str, number: int, other: int) -> Response:
        """What each topic was at the first gate and is at the other, with the names of what differs."""
        project = project_with_facts(request.user, key)
        before, after = (topics_at(gate_or_404(project, n)) for n in (number, other))
        rows = [
            {
                "before": topic_to_json(one.before) if one.before else None,
                "after": topic_to_json(one.after) if one.after else None,
                "changed": sorted(one.changed),
            }
            for one in differences(before, after)
        ]
        return Response({"before": number, "after": other, "topics": rows})


class QualityGatePdfView(PaperView):
    @extend_schema(operation_id="quality_gate_pdf", responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, key: str, number: int) -> HttpResponseBase:
        project = project_with_facts(request.user, key)
        gate = gate_or_404(project, number)
        try:
            printed = gate_pdf(project, gate_shown(gate), lines_shown(topics_at(gate).values()))
        except PdfError as error:
            raise Problem(409, "no_pdf", str(error)) from error
        return attached(BytesIO(printed), name=f"{key}-quality-gate-{number}.pdf", media_type="application/pdf")


def gate_or_404(project: Project, number: int) -> QualityGate:
    gate = gate_of(project, number)
    if gate is None:
        raise Http404
    return gate

"""The API of the steps of an own methodology; If-Match says which revision of the draft was seen."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.idempotency import DecidingView
from golive.core.api import SHOWN, LineField, StrictSerializer, decision_json, if_match
from projects.methodology.actions.custom import add_step, edit_step, move_step, remove_step
from projects.methodology.api.custom import answer, own
from projects.methodology.models.custom import CustomMethodology
from projects.methodology.queries.drafts import step_facts
from projects.methodology.rules.custom import may_edit_step, may_remove_step
from projects.methodology.rules.drafts import ASKED, asked_code, step_in, steps_of
from projects.methodology.rules.vocabulary import OWNER_ROLES
from projects.portfolio.queries.people import onlooker

WAYS = {"up": -1, "down": 1}


class DraftStepBody(StrictSerializer):
    name = LineField(max_length=120)
    phase = LineField(max_length=24)
    required = serializers.BooleanField()
    owner = serializers.ChoiceField(choices=sorted(OWNER_ROLES))
    hint = LineField(max_length=200, default="", allow_blank=True)
    evidence = LineField(max_length=80, default="", allow_blank=True)
    requires = serializers.ListField(child=LineField(max_length=8), max_length=50, default=list)
    asked_when = serializers.ChoiceField(choices=sorted(ASKED), default="always")


class StepMoveBody(StrictSerializer):
    way = serializers.ChoiceField(choices=sorted(WAYS))


class DraftStepsView(DecidingView):
    @extend_schema(operation_id="methodology_step_add", request=DraftStepBody, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        mine, seen = own(request, kwargs["uid"]), if_match(request)
        phase, said = said_in(request, mine)
        mine, key = add_step(mine, phase, said, seen=seen, by=request.user, at=timezone.now())
        return answer(mine, 201, step=key)


class DraftStepView(APIView):
    @extend_schema(operation_id="methodology_step", responses=SHOWN)
    def get(self, request: Request, uid: UUID, step: str) -> Response:
        mine = holding(request, uid, step)
        person, facts = onlooker(request.user), step_facts(mine, step)
        actions = {
            "edit": decision_json(may_edit_step(person, facts), request),
            "remove": decision_json(may_remove_step(person, facts), request),
        }
        shown = step_shown(mine, step) | {"revision": mine.revision, "actions": actions}
        return Response(shown, headers={"ETag": f'"{mine.revision}"'})

    @extend_schema(operation_id="methodology_step_put", request=DraftStepBody, responses=SHOWN)
    def put(self, request: Request, uid: UUID, step: str) -> Response:
        """The step, whole; its phase says where it stands."""
        mine, seen = holding(request, uid, step), if_match(request)
        phase, said = said_in(request, mine)
        return answer(edit_step(mine, step, phase, said, seen=seen, by=request.user, at=timezone.now()))

    @extend_schema(operation_id="methodology_step_remove", responses=SHOWN)
    def delete(self, request: Request, uid: UUID, step: str) -> Response:
        mine, seen = holding(request, uid, step), if_match(request)
        return answer(remove_step(mine, step, seen=seen, by=request.user, at=timezone.now()))


class DraftStepMoveView(DecidingView):
    @extend_schema(operation_id="methodology_step_move", request=StepMoveBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        mine, seen = holding(request, kwargs["uid"], kwargs["step"]), if_match(request)
        body = StepMoveBody(data=request.data)
        body.is_valid(raise_exception=True)
        places = WAYS[body.validated_data["way"]]
        return answer(move_step(mine, kwargs["step"], places, seen=seen, by=request.user, at=timezone.now()))


def holding(request: Request, uid: UUID, key: str) -> CustomMethodology:
    mine = own(request, uid)
    if step_in(mine.draft, key) is None:
        raise Http404
    return mine


def said_in(request: Request, mine: CustomMethodology) -> tuple[str, dict[str, Any]]:
    """The phase, and what is said of the step; keys that the draft does not have are named."""
    body = DraftStepBody(data=request.data)
    body.is_valid(raise_exception=True)
    said = dict(body.validated_data)
    phase, asked = said.pop("phase"), said.pop("asked_when")
    if phase not in {each["id"] for each in mine.draft["phase"]}:
        raise serializers.ValidationError({"phase": [_("There is no such phase here.")]}, code="unknown_phase")
    known = {step["id"] for _phase, step in steps_of(mine.draft)}
    if unknown := [key for key in said["requires"] if key not in known]:
        text = _("There is no step %(keys)s here.") % {"keys": ", ".join(unknown)}
        raise serializers.ValidationError({"requires": [text]}, code="unknown_step")
    return phase, said | {"requires": list(dict.fromkeys(said["requires"])), "applies_when": ASKED[asked][0]}


def step_shown(mine: CustomMethodology, key: str) -> dict[str, Any]:
    found = step_in(mine.draft, key)
    if found is None:
        raise Http404
    phase, step = found
    return {**step, "phase": phase["id"], "asked_when": asked_code(step.get("applies_when", ""))}

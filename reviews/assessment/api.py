"""The API of findings and of who holds a review."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.idempotency import DecidingView
from golive.accounts.models import User
from golive.core.api import SHOWN, BlockField, DayField, LineField, StrictSerializer, decision_json, page_of
from projects.portfolio.queries.people import onlooker
from projects.portfolio.states import Job
from reviews.assessment.actions import mitigating
from reviews.assessment.actions.reviewing import assign_review, withdraw_review
from reviews.assessment.content import finding_shown, frozen_of, review_shown, round_shown
from reviews.assessment.models import Finding, Review
from reviews.assessment.queries import (
    finding_facts,
    findings_for,
    review_facts,
    reviewers_for,
    reviews_for,
    rounds_of,
)
from reviews.assessment.rules.findings import check_day, check_words, finding_acts
from reviews.assessment.states import FindingKind, Severity

MADE = {201: OpenApiTypes.OBJECT}


class FutureDay(DayField):
    """A day that is promised."""

    def to_internal_value(self, value: Any) -> Any:
        day = super().to_internal_value(value)
        try:
            check_day(day, today=timezone.localdate())
        except ValidationError as error:
            raise serializers.ValidationError(error.messages, code="past") from error
        return day


class FindingNothing(StrictSerializer):
    """The address says it all."""


class WordsBody(StrictSerializer):
    """Everything but the kind, which the label of a finding fixes."""

    severity = serializers.ChoiceField(choices=Severity.choices, required=False, allow_blank=True, default="")
    topic = LineField(max_length=8)
    question = LineField(max_length=8, required=False, allow_blank=True, default="")
    title = LineField(max_length=200)
    detail = BlockField(max_length=5000, required=False, allow_blank=True, default="")
    mitigation = BlockField(max_length=5000, required=False, allow_blank=True, default="")
    owner = serializers.ChoiceField(choices=Job.choices, required=False, default=Job.PROJECT_MANAGER)


class FindingBody(WordsBody):
    kind = serializers.ChoiceField(choices=FindingKind.choices)


class BecauseBody(StrictSerializer):
    because = LineField(max_length=500)


class AskBody(StrictSerializer):
    ask = BlockField(required=False, allow_blank=True, default="")
    until = FutureDay(required=False, allow_null=True, default=None)


class ReplyBody(StrictSerializer):
    reply = BlockField(required=False, allow_blank=True, default="")


class ReturnBody(StrictSerializer):
    reply = BlockField()
    until = FutureDay(required=False, allow_null=True, default=None)


class PlanBody(StrictSerializer):
    what = BlockField()
    owner = LineField(max_length=120)
    due_on = FutureDay()


class AcceptBody(StrictSerializer):
    because = LineField(max_length=500)
    until = FutureDay()


class AssignBody(StrictSerializer):
    to = serializers.UUIDField()


VERBS = {
    "open": (FindingNothing, mitigating.open_finding),
    "dismiss": (BecauseBody, mitigating.dismiss_finding),
    "request-mitigation": (AskBody, mitigating.request_mitigation),
    "submit-plan": (PlanBody, mitigating.submit_plan),
    "accept-plan": (ReplyBody, mitigating.accept_plan),
    "return": (ReturnBody, mitigating.return_plan),
    "confirm-done": (FindingNothing, mitigating.confirm_done),
    "accept-risk": (AcceptBody, mitigating.accept_risk),
}


def read(body: type[StrictSerializer], request: Request) -> dict[str, Any]:
    said = body(data=request.data)
    said.is_valid(raise_exception=True)
    return said.validated_data


def review_in(request: Request, uid: UUID) -> Review:
    return get_object_or_404(reviews_for(request.user), uid=uid)


def finding_in(request: Request, uid: UUID) -> Finding:
    return get_object_or_404(findings_for(request.user), uid=uid)


def checked(words: dict[str, Any], review: Review, kind: str, *, row: Finding | None = None) -> dict[str, Any]:
    """The same check as the form's: the severity fits the kind, the question its topic."""
    frozen = frozen_of(review.submission)
    topics = {*frozen.topics, row.topic if row else ""}
    try:
        check_words(kind, words["severity"], words["topic"], words["question"], asked=frozen.asked)
    except ValidationError as error:
        raise serializers.ValidationError(error.message_dict) from error
    known = {*frozen.asked, row.question if row else "", ""}
    wrong = [name for name, held in (("topic", topics), ("question", known)) if words[name] not in held]
    if wrong or not words["topic"]:
        raise serializers.ValidationError({name: ["Not of this submission."] for name in wrong or ["topic"]})
    return words


def whole_shown(user: User, finding: Finding, request: Request) -> dict[str, Any]:
    acts = finding_acts(onlooker(user, finding.project), review_facts(finding.review), finding_facts(finding))
    return finding_shown(finding) | {
        "rounds": [round_shown(asked) for asked in rounds_of(finding)],
        "actions": {verb: decision_json(decision, request) for verb, decision in acts.items()},
    }


class FindingsView(DecidingView):
    @extend_schema(operation_id="findings", responses=SHOWN)
    def get(self, request: Request, uid: UUID) -> Response:
        rows = findings_for(request.user).filter(review=review_in(request, uid))
        return Response(page_of(rows, request, key="number", show=finding_shown))

    @extend_schema(operation_id="finding_add", request=FindingBody, responses=MADE)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        review = review_in(request, kwargs["uid"])
        said = read(FindingBody, request)
        words = checked(said, review, said["kind"])
        finding = mitigating.add_finding(review, **words, by=request.user, at=timezone.now())
        return Response(whole_shown(request.user, finding_in(request, finding.uid), request), status=201)


class FindingView(APIView):
    @extend_schema(operation_id="finding", responses=SHOWN)
    def get(self, request: Request, uid: UUID) -> Response:
        return Response(whole_shown(request.user, finding_in(request, uid), request))

    @extend_schema(operation_id="finding_edit", request=WordsBody, responses=SHOWN)
    def put(self, request: Request, uid: UUID) -> Response:
        """All words of a finding; each change is a version, the earlier ones are kept."""
        finding = finding_in(request, uid)
        words = checked(read(WordsBody, request), finding.review, finding.kind, row=finding)
        mitigating.edit_finding(finding, **words, by=request.user, at=timezone.now())
        return Response(whole_shown(request.user, finding_in(request, uid), request))


class FindingActView(DecidingView):
    @extend_schema(operation_id="finding_act", request=OpenApiTypes.OBJECT, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """open, dismiss (because), request-mitigation (ask, until), submit-plan (what, owner, due_on), accept-plan
        (reply), return (reply, until), confirm-done, accept-risk (because, until)."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        if kwargs["verb"] not in VERBS:
            raise Http404
        finding = finding_in(request, kwargs["uid"])
        body, act = VERBS[kwargs["verb"]]
        said = read(body, request)
        act(finding, **said, by=request.user, at=timezone.now())
        return Response(whole_shown(request.user, finding_in(request, finding.uid), request))


class AssignView(DecidingView):
    @extend_schema(operation_id="review_assign", request=AssignBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        review = review_in(request, kwargs["uid"])
        to = reviewers_for(review).filter(uid=read(AssignBody, request)["to"]).first()
        if to is None:
            raise serializers.ValidationError({"to": ["Not a reviewer who could hold it."]})
        assign_review(review, to=to, by=request.user, at=timezone.now())
        return Response(review_shown(review_in(request, review.uid)))


class WithdrawView(DecidingView):
    @extend_schema(operation_id="review_withdraw", request=FindingNothing, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        review = review_in(request, kwargs["uid"])
        read(FindingNothing, request)
        withdraw_review(review, by=request.user, at=timezone.now())
        return Response(review_shown(review_in(request, review.uid)))

"""The API of one review, and of its sign-off."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.idempotency import DecidingView
from golive.accounts.models import User
from golive.accounts.step_up import require_step_up
from golive.core.api import SHOWN, StrictSerializer, decision_json
from projects.portfolio.queries.people import onlooker
from reviews.assessment.content import review_shown
from reviews.assessment.models import Review
from reviews.assessment.queries import reviews_for
from reviews.assessment.rules.review import review_acts
from reviews.conclusion.actions import conclude_review, reconfirm_review
from reviews.conclusion.forms import HASH
from reviews.conclusion.models import Conclusion
from reviews.conclusion.queries import conclusion_facts, conclusions_of, seal_of


class ReconfirmBody(StrictSerializer):
    review_hash = serializers.RegexField(rf"^{HASH}\Z")


class ConcludeBody(ReconfirmBody):
    passed = serializers.BooleanField()


def review_in(request: Request, uid: UUID) -> Review:
    return get_object_or_404(reviews_for(request.user), uid=uid)


def conclusion_shown(row: Conclusion) -> dict[str, Any]:
    return {
        "uid": str(row.uid),
        "outcome": row.outcome,
        "conditions": row.conditions,
        "review_hash": row.review_hash,
        "report_sha256": row.report_sha256 or None,
        "go_live_on": row.go_live_on,
        "by": str(row.concluded_by.uid),
        "at": row.at,
        "reconfirms": row.reconfirms_id is not None,
    }


def whole_shown(user: User, review: Review, request: Request) -> dict[str, Any]:
    """`review_hash` is what a sign-off binds now; send back the one that was seen."""
    acts = review_acts(onlooker(user, review.project), conclusion_facts(review))
    return review_shown(review) | {
        "review_hash": seal_of(review).review_hash,
        "conclusions": [conclusion_shown(row) for row in conclusions_of(review)],
        "actions": {verb: decision_json(decision, request) for verb, decision in acts.items()},
    }


class ReviewView(APIView):
    @extend_schema(operation_id="review", responses=SHOWN)
    def get(self, request: Request, uid: UUID) -> Response:
        return Response(whole_shown(request.user, review_in(request, uid), request))


class ConcludeView(DecidingView):
    @extend_schema(operation_id="review_conclude", request=ConcludeBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Signs off as passed, or with passed false as not ready; needs a fresh proof of who asks."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        review = review_in(request, kwargs["uid"])
        body = ConcludeBody(data=request.data)
        body.is_valid(raise_exception=True)
        require_step_up(request)
        seen, passed = body.validated_data["review_hash"], body.validated_data["passed"]
        conclude_review(review, seen=seen, passed=passed, by=request.user, at=timezone.now())
        return Response(whole_shown(request.user, review_in(request, review.uid), request))


class ReconfirmView(DecidingView):
    @extend_schema(operation_id="review_reconfirm", request=ReconfirmBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Confirms a suspended sign-off against what is there now; needs a fresh proof of who asks."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        review = review_in(request, kwargs["uid"])
        body = ReconfirmBody(data=request.data)
        body.is_valid(raise_exception=True)
        require_step_up(request)
        reconfirm_review(review, seen=body.validated_data["review_hash"], by=request.user, at=timezone.now())
        return Response(whole_shown(request.user, review_in(request, review.uid), request))

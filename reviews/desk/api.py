"""The API of the desk: the reviews one sees, and taking a submission."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from golive.accounts.idempotency import DecidingView
from golive.core.api import StrictSerializer, page_of
from projects.checklist.models.submission import Submission
from reviews.assessment.actions.reviewing import take_submission
from reviews.assessment.content import review_shown
from reviews.assessment.queries import reviews_for


class TakeBody(StrictSerializer):
    submission = serializers.UUIDField()


class ReviewsView(DecidingView):
    @extend_schema(operation_id="reviews", responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> Response:
        return Response(page_of(reviews_for(request.user), request, key="-pk", show=review_shown))

    @extend_schema(operation_id="review_take", request=TakeBody, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Takes a submission from the inbox."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        body = TakeBody(data=request.data)
        body.is_valid(raise_exception=True)
        visible = Submission.objects.visible_to(request.user)
        submission = get_object_or_404(visible, uid=body.validated_data["submission"])
        review = take_submission(submission, by=request.user, at=timezone.now())
        return Response(review_shown(reviews_for(request.user).get(pk=review.pk)), status=201)

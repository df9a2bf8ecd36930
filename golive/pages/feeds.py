"""The private addresses of one's calendars: made, shown once, and revoked."""

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.models import User
from golive.core.api import SHOWN, LineField, StrictSerializer, page_of
from projects.plan.actions.feeds import make_feed, revoke_feed
from projects.plan.models.feeds import CalendarFeed
from projects.plan.queries.feeds import feeds_of
from projects.plan.rules.feeds import FeedFacts, may_make_feed
from projects.portfolio.models.project import Project
from projects.portfolio.queries.projects import projects_for

PRIVATE = "no-store, private"


@login_required
@require_safe
def calendar_feeds(request: HttpRequest) -> HttpResponse:
    return feeds_page(request)


@login_required
@require_POST
def calendar_feed_make(request: HttpRequest) -> HttpResponse:
    return made(request, None)


@login_required
@require_POST
def project_feed_make(request: HttpRequest, key: str) -> HttpResponse:
    return made(request, get_object_or_404(projects_for(cast(User, request.user)), key=key))


@login_required
@require_POST
def calendar_feed_revoke(request: HttpRequest, uid: UUID) -> HttpResponse:
    user = cast(User, request.user)
    revoke_feed(get_object_or_404(feeds_of(user), uid=uid), by=user, at=timezone.now())
    messages.success(request, _("The address no longer works."))
    return redirect("calendar_feeds")


def made(request: HttpRequest, project: Project | None) -> HttpResponse:
    """The answer itself shows the address: a redirect would have to keep it somewhere."""
    feed, secret = make_feed(cast(User, request.user), project=project, at=timezone.now())
    return feeds_page(request, made=feed, address=address_of(secret))


def feeds_page(request: HttpRequest, **more: Any) -> HttpResponse:
    feeds = list(feeds_of(cast(User, request.user)))
    mine = next((feed for feed in feeds if feed.project is None), None)
    context = {
        "mine": mine,
        "make": may_make_feed(FeedFacts(lives=mine is not None)),
        "feeds": [feed for feed in feeds if feed.project],
    }
    response = render(request, "golive/accounts/calendar_feeds.html", context | more)
    response["Cache-Control"] = PRIVATE
    return response


def address_of(secret: str) -> str:
    return settings.SITE_URL + reverse("calendar_feed", kwargs={"secret": secret})


class FeedBody(StrictSerializer):
    project = LineField(max_length=8, required=False, allow_null=True)


class CalendarFeedsView(APIView):
    @extend_schema(operation_id="calendar_feeds", responses=SHOWN)
    def get(self, request: Request) -> Response:
        return Response(page_of(feeds_of(cast(User, request.user)), request, key="-pk", show=feed_shown))

    @extend_schema(operation_id="calendar_feed_make", request=FeedBody, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request) -> Response:
        """Of one project, or without one of all that waits for the caller. The address is answered this once.

        Deliberately without an idempotency key: its stored answer would keep the address. A second call is a 409.
        """
        user = cast(User, request.user)
        body = FeedBody(data=request.data)
        body.is_valid(raise_exception=True)
        key = body.validated_data.get("project")
        project = get_object_or_404(projects_for(user), key=key) if key else None
        feed, secret = make_feed(user, project=project, at=timezone.now())
        shown = feed_shown(feed) | {"address": address_of(secret)}
        return Response(shown, status=201, headers={"Cache-Control": PRIVATE})


class CalendarFeedView(APIView):
    @extend_schema(operation_id="calendar_feed_revoke", responses={204: None})
    def delete(self, request: Request, uid: UUID) -> Response:
        user = cast(User, request.user)
        revoke_feed(get_object_or_404(feeds_of(user), uid=uid), by=user, at=timezone.now())
        return Response(status=204)


def feed_shown(feed: CalendarFeed) -> dict[str, Any]:
    return {
        "uid": str(feed.uid),
        "project": feed.project.key if feed.project else None,
        "made_at": feed.created_at.isoformat(),
        "last_read_at": feed.last_read_at.isoformat() if feed.last_read_at else None,
    }

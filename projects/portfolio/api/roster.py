"""The API of the list of a project's people as a whole."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from golive.accounts.idempotency import DecidingView
from golive.core.api import SHOWN, StrictSerializer
from projects.portfolio.actions.roster import check_roster
from projects.portfolio.queries.projects import projects_for
from projects.portfolio.queries.roster import RosterCheck
from projects.portfolio.queries.roster import roster_check as newest_check


class RosterCheckBody(StrictSerializer):
    """Nothing to say: who asks has looked."""


class RosterCheckView(DecidingView):
    @extend_schema(operation_id="roster_check", request=RosterCheckBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Says that the list of people is right, today."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project = get_object_or_404(projects_for(request.user), key=kwargs["key"])
        RosterCheckBody(data=request.data).is_valid(raise_exception=True)
        check_roster(project, by=request.user, at=timezone.now())
        return Response(check_shown(newest_check(project)))


def check_shown(check: RosterCheck) -> dict[str, Any]:
    return {
        "checked_at": check.at.isoformat() if check.by else None,
        "checked_by": str(check.by.uid) if check.by else None,
        "due_on": check.due_on.isoformat(),
    }

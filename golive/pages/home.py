"""My work: what waits for me, oldest promise first, then my projects. The same for the API."""

from datetime import date
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.models import User
from golive.core.waiting import Waiting, merge
from projects.checklist.queries import waiting as checklist
from projects.methodology.queries import waiting as methodology
from projects.plan.queries import waiting as plan
from projects.portfolio.content import line_of
from projects.portfolio.queries import waiting as portfolio
from projects.portfolio.queries.projects import work_of
from projects.production.queries import waiting as production
from reviews.assessment import queries as assessment

SLICES = (portfolio, plan, methodology, checklist, production, assessment)
LIMIT = 50
DAYS_NEAR = 7


def waiting(person: User, today: date, *, limit: int = LIMIT) -> list[Waiting]:
    """What waits for somebody in every slice, the oldest promise first."""
    return merge(*(each.waiting_for(person, today, limit) for each in SLICES), limit=limit)


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    person = cast(User, request.user)
    lines = waiting(person, today)
    projects = [line_of(project) for project in work_of(person, limit=LIMIT)]
    strong, text = say(lines, today)
    context = {"waiting": lines, "lines": projects, "today": today, "strong": strong, "text": text}
    return render(request, "golive/home.html", context)


def say(lines: list[Waiting], today: date) -> tuple[str, str]:
    """The visitor's question answered: what do I have to do, and does it press?"""
    if not lines:
        return _("Nothing waits for you."), ""
    count = ngettext("One thing waits for you", "%(n)d things wait for you", len(lines)) % {"n": len(lines)}
    late = sum(1 for line in lines if line.due_on and line.due_on < today)
    if late:
        return count + ngettext("; one is late.", "; %(n)d are late.", late) % {"n": late}, _("Begin at the top.")
    near = sum(1 for line in lines if line.due_on and (line.due_on - today).days <= DAYS_NEAR)
    soon = ngettext("One of them is due within a week.", "%(n)d of them are due within a week.", near) % {"n": near}
    return f"{count}.", soon if near else _("None of it presses this week.")


class MyWorkView(APIView):
    @extend_schema(operation_id="my_work", responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> Response:
        """What waits for the caller, the oldest promise first."""
        lines = waiting(cast(User, request.user), timezone.localdate())
        return Response({"results": [shown(line) for line in lines], "next": None})


def shown(line: Waiting) -> dict[str, Any]:
    return {
        "text": line.text,
        "detail": line.detail,
        "project": line.project,
        "url": line.url,
        "since": line.since.isoformat(),
        "due_on": line.due_on.isoformat() if line.due_on else None,
        "whose": line.whose,
    }

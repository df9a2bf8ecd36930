"""Which requests wait for engineers, and which for the team."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.core.waiting import Waiting
from golive.programme.queries import number
from projects.portfolio.models.people import Membership
from projects.portfolio.rules.onlooker import ENVIRONMENT
from projects.portfolio.states import Infrastructure
from projects.production.models.request import ProductionRequest
from projects.production.queries.gate import covering
from projects.production.queries.service import due_at, service_requests_of
from projects.production.states import OPEN_SERVICE, RequestState


def waiting_for(person: User, today: date, limit: int) -> list[Waiting]:
    """Engineers: what was asked of them. Owners and environment managers: what they can sign off now. One query."""
    return list(_for_engineer(person, limit) if person.is_engineer else _for_team(person, limit))


def _for_engineer(person: User, limit: int) -> Iterator[Waiting]:
    """Self-service is deployed by the system: only what failed there waits for an engineer."""
    by_hand = Q(request__infrastructure=Infrastructure.MICROSOFT_MANAGED) | Q(request__state=RequestState.FAILED)
    rows = service_requests_of(person).filter(by_hand, state__in=OPEN_SERVICE, project__state="active")
    hours = number("deployment_managed") if person.is_engineer else 0
    for row in rows.order_by(F("request__released_at").asc(nulls_last=True), "requested_at")[:limit]:
        due = due_at(row.request, hours=hours)
        yield Waiting(
            text=_("Production request %(number)s") % {"number": row.label},
            url=reverse("service_request", kwargs={"key": row.project.key, "number": row.number}),
            since=row.request.released_at or row.requested_at,
            due_on=timezone.localdate(due) if due else None,
            whose="engineers",
            project=row.project.name,
            detail="" if row.request.released_at else _("held"),
        )


def _for_team(person: User, limit: int) -> Iterator[Waiting]:
    mine = Membership.objects.filter(user=person, access__in=ENVIRONMENT).values("project")
    drafts = ProductionRequest.objects.filter(
        covering(), project__in=mine, state=RequestState.DRAFT, project__state="active", project__facts__onboarded=True,
        project__facts__open_gate_phases=[], project__facts__has_active_estimate=True,
    )  # fmt: skip
    whole = drafts.exclude(Q(data_centre="") | Q(topology="") | Q(version="") | Q(administrator=""))
    for draft in whole.select_related("project__standing", "project__facts").order_by("made_at")[:limit]:
        yield Waiting(
            text=_("The production request can be signed off"),
            url=reverse("production", kwargs={"key": draft.project.key}) + "#sign-off",
            since=draft.made_at,
            due_on=draft.project.standing.go_live_on,
            whose="team",
            project=draft.project.name,
        )

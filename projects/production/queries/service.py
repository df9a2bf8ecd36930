"""Service requests, and who hears of them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from golive.accounts.models import User
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.states import Infrastructure
from projects.production.models.request import ProductionRequest, RequestComment, ServiceRequest
from projects.production.states import RequestState


def service_requests_of(user: User) -> QuerySet[ServiceRequest]:
    project = ("customer", "partner", "architect", "standing", "facts")
    related = (f"project__{name}" for name in project)
    people = ("request__signed_off_by", "request__ended_by", "taken_by", "previous")
    return ServiceRequest.objects.visible_to(user).select_related(*related, *people)


def services_of(project: Project) -> list[ServiceRequest]:
    """All of a project, the newest first."""
    related = ("request__signed_off_by", "request__ended_by", "taken_by", "previous")
    return list(ServiceRequest.objects.filter(project=project).select_related(*related).order_by("-number"))


def comments_of(service_request: ServiceRequest) -> list[RequestComment]:
    return list(RequestComment.objects.filter(service_request=service_request).select_related("by__organisation"))


def due_at(request: ProductionRequest, *, hours: float) -> datetime | None:
    """A managed request is promised from its release on: the later of sign-off and what released it (P4-4)."""
    managed = request.infrastructure == Infrastructure.MICROSOFT_MANAGED
    running = request.state in {RequestState.QUEUED, RequestState.DEPLOYING, RequestState.FAILED}
    return request.released_at + timedelta(hours=hours) if managed and running and request.released_at else None


def engineers() -> list[User]:
    """Service engineering, as far as it can be reached."""
    return list(_reached(Q(is_engineer=True)))


def told_of(project: Project) -> list[User]:
    """Who hears of a request: the team, and the engineers where they do the work themselves. One query."""
    team = Q(pk__in=Membership.objects.filter(project=project).values("user"))
    return list(_reached(team if project.is_self_service else team | Q(is_engineer=True)))


def _reached(who: Q) -> QuerySet[User]:
    return User.objects.filter(who, is_active=True, organisation__disabled_at=None).order_by("name", "pk")


def moment_for(project: Project, at: datetime) -> str:
    """A moment in a letter: in the project's zone, which it names."""
    return at.astimezone(ZoneInfo(project.time_zone)).strftime("%-d %b %Y, %H:%M %Z")

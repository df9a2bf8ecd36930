"""What service engineering, or the system for self-service, does with a signed-off request."""

from datetime import datetime, timedelta

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from golive.outbox.actions import announce
from golive.programme.queries import number
from projects.methodology.actions.steps import tick
from projects.portfolio.actions.projects import lock, note, write_letter
from projects.portfolio.models.project import Project
from projects.portfolio.queries.milestones import go_live_of
from projects.portfolio.queries.people import onlooker, team_of
from projects.production.actions.requesting import end_request
from projects.production.models.request import ProductionRequest, RequestComment, ServiceRequest
from projects.production.queries.gate import gate_facts, newest_clearance, newest_request
from projects.production.queries.service import engineers, moment_for
from projects.production.rules.gate import all_conditions
from projects.production.rules.service import (
    ServiceFacts,
    may_comment,
    may_deny,
    may_deploy,
    may_finish,
    may_retry,
    may_start,
)
from projects.production.states import RequestState, ServiceState


def service_facts(service: ServiceRequest, project: Project) -> ServiceFacts:
    return ServiceFacts(state=service.state, gate=gate_facts(project))


@transaction.atomic
def start_service_request(service: ServiceRequest, *, by: User, at: datetime) -> ServiceRequest:
    project, service = _locked(service)
    require(may_start(onlooker(by, project), service_facts(service, project)), on=project)
    service.start(by=by)
    service.save()
    record(project.chain, by, "service_request.started", service, at=at)
    return service


@transaction.atomic
def deploy_request(service: ServiceRequest, *, by: User, at: datetime) -> ServiceRequest:
    """The engineer begins: from here on the sign-off cannot be taken back."""
    project, service = _locked(service)
    require(may_deploy(onlooker(by, project), service_facts(service, project)), on=project)
    _begin(project, service, by=by, at=at)
    return service


@transaction.atomic
def retry_deployment(service: ServiceRequest, *, by: User, at: datetime) -> ServiceRequest:
    project, service = _locked(service)
    require(may_retry(onlooker(by, project), service_facts(service, project)), on=project)
    _begin(project, service, by=by, at=at)
    return service


@transaction.atomic
def deploy_released(project: Project, *, at: datetime) -> bool:
    """The system deploys a released self-service request. Running it again, or too late, does nothing."""
    project = lock(project)
    request = newest_request(project)
    if request is None or request.state != RequestState.QUEUED or not project.is_self_service:
        return False
    if request.released_at is None or project.state != "active" or all_conditions(gate_facts(project)):
        return False
    _begin(project, request.service_request, by=None, at=at)
    return True


@transaction.atomic
def finish_deployment(service: ServiceRequest, *, by: User | None, at: datetime) -> ServiceRequest:
    project, service = _locked(service)
    if by is not None:
        require(may_finish(onlooker(by, project), service_facts(service, project)), on=project)
    elif service.request.state != RequestState.DEPLOYING:
        return service
    service.request.finish(by=by, at=at)
    service.request.save()
    service.finish(at=at)
    service.save()
    note(project, request_state=service.request.state)
    tick(project, "production.deployed", at=at)
    record(project.chain, by, "production.deployed", service.request, at=at)
    _tell_deployed(project, service.request, at=at)
    return service


@transaction.atomic
def fail_deployment(service: ServiceRequest, *, by: User, because: str, at: datetime) -> ServiceRequest:
    project, service = _locked(service)
    require(may_finish(onlooker(by, project), service_facts(service, project)), on=project)
    service.request.fail(because=because)
    service.request.save()
    note(project, request_state=service.request.state)
    record(project.chain, by, "production.failed", service.request, at=at)
    return service


@transaction.atomic
def deny_request(service: ServiceRequest, *, by: User, because: str, at: datetime) -> ServiceRequest:
    project, service = _locked(service)
    require(may_deny(onlooker(by, project), service_facts(service, project)), on=project)
    request = service.request
    request.deny(by=by, at=at, because=because)
    request.save()
    end_request(project, request, "request.denied", by=by, at=at, because=because)
    service.refresh_from_db()
    return service


@transaction.atomic
def comment_on_request(service: ServiceRequest, *, text: str, by: User, at: datetime) -> RequestComment:
    """Questions and answers go both ways, at any time."""
    project, service = _locked(service)
    require(may_comment(onlooker(by, project), service_facts(service, project)), on=project)
    comment = RequestComment.objects.create(service_request=service, text=text, by=by, at=at)
    record(project.chain, by, "service_request.commented", service, at=at, after={"comment": comment.pk})
    words = {"who": by.name, "number": service.label}
    people, cycle = _other_side(project, service, by), f"comment:{comment.pk}"
    write_letter(project, "request_commented", to=people, page="production", cycle=cycle, at=at, **words)
    return comment


def _locked(service: ServiceRequest) -> tuple[Project, ServiceRequest]:
    project = lock(service.project)
    return project, ServiceRequest.objects.select_related("request", "taken_by").get(pk=service.pk)


def _begin(project: Project, service: ServiceRequest, *, by: User | None, at: datetime) -> None:
    request = service.request
    request.deploy(at=at, clearance=newest_clearance(project))
    request.because = ""
    request.save()
    if service.state == ServiceState.REQUESTED:
        service.start(by=by)
        service.save()
    note(project, request_state=request.state)
    row = record(project.chain, by, "production.deploying", request, at=at)
    if project.is_self_service:  # the system deploys, also when an engineer asked it to try again
        minutes, begun = number("deployment_self_service"), at.isoformat()
        due = at + timedelta(minutes=minutes)
        announce("deployment.due", request, after=row, not_before=due, project=project.key, begun=begun)


def _other_side(project: Project, service: ServiceRequest, by: User) -> list[User]:
    """What an engineer writes is for the team; what the others write is for the engineer who took it, or for all."""
    if by.is_engineer:
        return team_of(project)
    return [service.taken_by] if service.taken_by else engineers()


def _tell_deployed(project: Project, request: ProductionRequest, *, at: datetime) -> None:
    go_live_on = go_live_of(project)
    words = {"when": moment_for(project, at), "administrator": request.administrator}
    words["go_live"] = go_live_on.strftime("%-d %b %Y") if go_live_on else ""
    write_letter(
        project, "production_deployed", to=team_of(project), page="production", cycle=str(request.uid), at=at, **words
    )

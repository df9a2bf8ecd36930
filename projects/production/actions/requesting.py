"""The production request: configured, signed off, taken back."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from projects.methodology.actions.steps import cease, tick
from projects.portfolio.actions.projects import know, lock, note, tell_of_facts, write_letter
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.production.actions.clearing import keep_release
from projects.production.models.request import VALUES, ProductionRequest, ServiceRequest
from projects.production.queries.gate import gate_facts, newest_clearance, newest_request
from projects.production.queries.service import moment_for, told_of
from projects.production.rules.gate import (
    all_conditions,
    may_clear_sign_off,
    may_configure,
    may_sign_off,
    may_withdraw_request,
)
from projects.production.states import OPEN_SERVICE, RequestState


@transaction.atomic
def configure_production(project: Project, values: Mapping[str, str], *, by: User, at: datetime) -> ProductionRequest:
    """Writes the values of the request, as long as it is not signed off."""
    project = lock(project)
    require(may_configure(onlooker(by, project), gate_facts(project)), on=project)
    request = _draft(project, by=by, at=at)
    for name in VALUES:
        if name in values:
            setattr(request, name, values[name])
    request.save(update_fields=list(VALUES))
    changed = know(project, production_location=request.data_centre, production_version=request.version)
    row = record(project.chain, by, "request.configured", request, at=at, after={"fields": sorted(values)})
    tell_of_facts(project, changed, after=row)
    return request


@transaction.atomic
def sign_off_request(project: Project, *, by: User, at: datetime, confirmed_early: bool = False) -> ProductionRequest:
    """From here on deployment is out of the team's hands: a service request is made by itself."""
    project = lock(project)
    facts = gate_facts(project, confirmed_early=confirmed_early)
    require(may_sign_off(onlooker(by, project), facts), on=project)
    request = newest_request(project)
    assert request is not None  # the rule asked for a draft
    request.sign_off(by=by, at=at, clearance=newest_clearance(project) if facts.covers else None)
    request.save()
    service = _open_service_request(project, request, at=at)
    note(project, request_state=request.state)
    tick(project, "request.signed_off", at=at)
    record(project.chain, by, "request.signed_off", request, at=at, after={"service_request": service.label})
    _tell(project, request, "request_signed_off", by=by, at=at, **_standing_words(project))
    keep_release(project, at=at)
    return newest_request(project) or request


@transaction.atomic
def clear_sign_off(project: Project, *, by: User, at: datetime, because: str = "") -> ProductionRequest:
    """Back to Configure: the service request is cancelled, the values are kept in a draft, the estimate unlocks."""
    project = lock(project)
    require(may_clear_sign_off(onlooker(by, project), gate_facts(project)), on=project)
    request = newest_request(project)
    assert request is not None  # the rule asked for a queued one
    request.clear_sign_off(by=by, at=at, because=because)
    request.save()
    return end_request(project, request, "request.sign_off_cleared", by=by, at=at, because=because)


@transaction.atomic
def withdraw_request(project: Project, *, by: User, at: datetime, because: str = "") -> ProductionRequest:
    project = lock(project)
    require(may_withdraw_request(onlooker(by, project), gate_facts(project)), on=project)
    request = newest_request(project)
    assert request is not None  # the rule asked for one
    request.withdraw(by=by, at=at, because=because)
    request.save()
    return end_request(project, request, "request.withdrawn", by=by, at=at, because=because)


def end_open_request(project: Project, *, by: User, at: datetime, because: str = "") -> bool:
    """The project ends: what is queued or failed is withdrawn. A draft asks nothing of anybody, and stays one."""
    request = newest_request(project)
    if request is None or request.state not in {RequestState.QUEUED, RequestState.FAILED}:
        return False
    request.withdraw(by=by, at=at, because=because)
    request.save()
    _end(project, request, "request.withdrawn", by=by, at=at, because=because)
    return True


def end_request(
    project: Project, request: ProductionRequest, act: str, *, by: User, at: datetime, because: str = ""
) -> ProductionRequest:
    """After an end other than done: the service request ends with it, and a new draft starts with the old values."""
    _end(project, request, act, by=by, at=at, because=because)
    return _draft(project, by=by, at=at, like=request)


def _end(project: Project, request: ProductionRequest, act: str, *, by: User, at: datetime, because: str) -> None:
    service = request.service_request
    if service.state in OPEN_SERVICE:
        service.deny(at=at) if request.state == RequestState.DENIED else service.cancel(at=at)
        service.save()
    note(project, request_state=request.state)
    cease(project, "request.signed_off", at=at)
    record(project.chain, by, act, request, at=at, after={"service_request": service.label})
    letter = "request_denied" if request.state == RequestState.DENIED else "sign_off_cleared"
    _tell(project, request, letter, by=by, at=at, because=because)


def _draft(project: Project, *, by: User, at: datetime, like: ProductionRequest | None = None) -> ProductionRequest:
    newest = newest_request(project)
    if newest and newest.state == RequestState.DRAFT:
        return newest
    values = {name: getattr(like, name) for name in VALUES} if like else {}
    draft = ProductionRequest.objects.create(
        project=project, infrastructure=project.infrastructure, made_at=at, made_by=by, **values
    )
    if newest is None:
        note(project, request_state=draft.state)
    return draft


def _open_service_request(project: Project, request: ProductionRequest, *, at: datetime) -> ServiceRequest:
    """Made automatically; a later one names the one before it."""
    previous = ServiceRequest.objects.filter(project=project).order_by("-number").first()
    return ServiceRequest.objects.create(
        project=project,
        number=previous.number + 1 if previous else 1,
        request=request,
        previous=previous,
        requested_at=at,
    )


def _standing_words(project: Project) -> dict[str, str]:
    """For the letter: queued, or held with the reasons as the end of its sentence."""
    reasons = " ".join(reason.text for reason in all_conditions(gate_facts(project)))
    return {"state": "held" if reasons else "queued", "because": reasons[:1].lower() + reasons[1:]}


def _tell(project: Project, request: ProductionRequest, letter: str, *, by: User, at: datetime, **words: str) -> None:
    words |= {"who": by.name, "number": request.service_request.label, "when": moment_for(project, at)}
    write_letter(
        project, letter, to=told_of(project), page="production", cycle=f"{request.uid}:{letter}", at=at, **words
    )

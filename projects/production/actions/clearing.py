"""Estimates and clearances, and the release of a request that nothing holds any more."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import named, record
from golive.audit.models import AuditRow
from golive.core.decision import require
from golive.outbox.actions import announce
from golive.programme.queries import number
from projects.checklist.models.checklist import Checklist
from projects.methodology.actions.steps import cease, tick
from projects.portfolio.actions.projects import know, lock, note, tell_of_facts, write_letter
from projects.portfolio.models.project import Project
from projects.portfolio.queries.milestones import go_live_of
from projects.portfolio.queries.people import onlooker
from projects.production.models.clearance import Clearance, Estimate
from projects.production.models.request import ProductionRequest
from projects.production.queries.gate import cover_of, gate_facts, newest_clearance, slot_of
from projects.production.queries.service import due_at, moment_for, told_of
from projects.production.rules.estimates import may_change_estimates
from projects.production.rules.gate import all_conditions
from projects.production.states import ClearanceState, RequestState

COVER_ENDED = "clearance.cover_ended"
COVER_RETURNED = "clearance.cover_returned"


@transaction.atomic
def add_estimate(project: Project, *, name: str, user_count: int, by: User, at: datetime) -> Estimate:
    project = lock(project)
    require(may_change_estimates(onlooker(by, project), gate_facts(project)), on=project)
    estimate = Estimate.objects.create(project=project, name=name, user_count=user_count, added_at=at, added_by=by)
    record(project.chain, by, "estimate.added", estimate, at=at, after={"user_count": user_count})
    return estimate


@transaction.atomic
def activate_estimate(estimate: Estimate, *, by: User, at: datetime) -> Estimate:
    """Many estimates, one active: the one before gives way."""
    project = lock(estimate.project)
    require(may_change_estimates(onlooker(by, project), gate_facts(project)), on=project)
    Estimate.objects.filter(project=project, active=True).update(active=False)
    estimate.active, estimate.activated_at = True, at
    estimate.save(update_fields=["active", "activated_at"])
    changed = know(project, has_active_estimate=True)
    tick(project, "estimate.activated", at=at)
    row = record(project.chain, by, "estimate.activated", estimate, at=at)
    tell_of_facts(project, changed, after=row)
    keep_release(lock(project), at=at)
    return estimate


@transaction.atomic
def deactivate_estimate(estimate: Estimate, *, by: User, at: datetime) -> Estimate:
    project = lock(estimate.project)
    require(may_change_estimates(onlooker(by, project), gate_facts(project)), on=project)
    estimate.active = False
    estimate.save(update_fields=["active"])
    active = Estimate.objects.filter(project=project, active=True).exists()
    changed = know(project, has_active_estimate=active)
    if not active:
        cease(project, "estimate.activated", at=at)
    row = record(project.chain, by, "estimate.deactivated", estimate, at=at)
    tell_of_facts(project, changed, after=row)
    return estimate


@transaction.atomic
def grant_clearance(
    checklist: Checklist,
    *,
    conclusion: UUID,
    review_hash: str,
    content_hash: str,
    go_live_on: date,
    by: User,
    at: datetime,
) -> Clearance:
    """A passed review clears one checklist, for the content and the go-live date that were reviewed.

    The project is released at once: a request that waited for this is released in the same transaction.
    """
    project = lock(checklist.project)
    for older in Clearance.objects.filter(checklist=checklist).exclude(state=ClearanceState.WITHDRAWN):
        older.withdraw(because="superseded")
        older.save()
    clearance = Clearance.objects.create(
        project=project,
        checklist=checklist,
        conclusion=conclusion,
        review_hash=review_hash,
        content_hash=content_hash,
        go_live_on=go_live_on,
        covers_until=go_live_on + timedelta(days=int(number("clearance_tolerance"))),
        granted_at=at,
        granted_by=by,
    )
    note(project, clearance_state=clearance.state)
    tick(project, "clearance.granted", at=at)
    after = {"review_hash": review_hash, "content_hash": content_hash, "covers_until": clearance.covers_until}
    record(project.chain, by, "clearance.granted", clearance, at=at, after=after)
    keep_release(project, at=at)
    return clearance


@transaction.atomic
def suspend_clearance(clearance: Clearance, *, because: str, by: User | None, at: datetime) -> None:
    """What reviews alone knows, such as a finding added after the sign-off, takes the cover away at once."""
    _move(clearance, "clearance.suspended", by=by, at=at, because=because)


@transaction.atomic
def restore_clearance(clearance: Clearance, *, by: User | None, at: datetime) -> None:
    _move(clearance, "clearance.restored", by=by, at=at)


@transaction.atomic
def withdraw_clearance(clearance: Clearance, *, because: str, by: User | None, at: datetime) -> None:
    _move(clearance, "clearance.withdrawn", by=by, at=at, because=because)


def keep_release(project: Project, *, at: datetime) -> ProductionRequest | None:
    """Releases a queued request that nothing holds, or holds one again. Idempotent; the caller holds the lock."""
    slot = slot_of(project)
    request = slot.request
    if request is None or request.state != RequestState.QUEUED:
        return None
    held = bool(all_conditions(gate_facts(project, slot=slot)))
    if held == (request.released_at is None):
        return None
    request.released_at = None if held else at
    request.clearance = request.clearance if held else slot.clearance
    request.save(update_fields=["released_at", "clearance"])
    row = record(project.chain, None, "request.held" if held else "request.released", request, at=at)
    if not held:
        announce("request.released", request, after=row, project=project.key)
        _tell_release(project, request, cycle=f"{request.uid}:{row.seq}", at=at)
    return request


def tell_cover(project: Project, *, at: datetime) -> None:
    """Says each time that a granted clearance has ceased, or begun again, to cover; what was said last is history."""
    clearance = newest_clearance(project)
    cover = cover_of(clearance, go_live_of(project))
    if clearance is None or cover in {"none", "suspended"}:
        return
    covers = cover == "covers"
    if covers == _said_to_cover(clearance):
        return
    (tick if covers else cease)(project, "clearance.granted", at=at)
    act = COVER_RETURNED if covers else COVER_ENDED
    row = record(project.chain, None, act, clearance, at=at, after={"because": cover})
    announce(act, clearance, after=row, project=project.key, because=cover)


def _said_to_cover(clearance: Clearance) -> bool:
    """A clearance covers from its granting, until the newest word on it says otherwise."""
    said = AuditRow.objects.filter(
        chain=clearance.project.chain, object=named(clearance), act__in=[COVER_ENDED, COVER_RETURNED]
    )
    newest = said.order_by("-seq").values_list("act", flat=True).first()
    return newest != COVER_ENDED


def _tell_release(project: Project, request: ProductionRequest, *, cycle: str, at: datetime) -> None:
    due = due_at(request, hours=number("deployment_managed"))
    words = {"number": request.service_request.label, "when": moment_for(project, at)}
    words["until"] = moment_for(project, due or at + timedelta(minutes=number("deployment_self_service")))
    write_letter(project, "request_released", to=told_of(project), page="production", cycle=cycle, at=at, **words)


def _move(clearance: Clearance, act: str, *, by: User | None, at: datetime, because: str = "") -> None:
    project = lock(clearance.project)
    clearance = Clearance.objects.get(pk=clearance.pk)
    if act == "clearance.restored":
        clearance.restore()
    elif act == "clearance.suspended":
        clearance.suspend(because=because)
    else:
        clearance.withdraw(because=because)
    clearance.save()
    note(project, clearance_state=clearance.state)
    (tick if clearance.state == ClearanceState.STANDS else cease)(project, "clearance.granted", at=at)
    record(project.chain, by, act, clearance, at=at, after={"because": because})
    keep_release(project, at=at)

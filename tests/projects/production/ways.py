"""Projects at the places where production begins: with facts set straight, or walked along the legal acts."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from golive.core.decision import Refused
from golive.core.ids import uuid7
from golive.letters.models import LetterRow
from golive.outbox.drain import drain
from golive.outbox.models import Outbox
from projects.checklist.models.checklist import Checklist
from projects.portfolio.actions.projects import know
from projects.portfolio.models.project import Project
from projects.portfolio.models.standing import ProjectStanding
from projects.portfolio.queries.milestones import go_live_of
from projects.production.actions.clearing import activate_estimate, add_estimate, grant_clearance
from projects.production.actions.requesting import configure_production, sign_off_request
from projects.production.models.clearance import Clearance, Estimate
from projects.production.models.request import ProductionRequest, ServiceRequest
from projects.production.queries.gate import gate_facts, newest_request
from tests.builders_projects import Cast, make_project, plan_dates, reload

VALUES = {
    "data_centre": "North Europe",
    "topology": "standard",
    "version": "10.0.42",
    "administrator": "prod@tessel.example",
}
MANAGED, SELF_SERVICE = "microsoft_managed", "self_service"
HASH = "a" * 64


def gate_project(
    infrastructure: str = SELF_SERVICE,
    *,
    phases: bool = True,
    estimate: bool = True,
    cleared: bool = False,
    **fields: Any,
) -> Cast:
    """A planned project with the facts of the gate as told: quicker than to live through its phases."""
    cast = make_project(infrastructure=infrastructure, **fields)
    plan_dates(cast)
    open_phases = [] if phases else ["test"]
    know(cast.project, onboarded=True, products=["fo"], user_count=120, open_gate_phases=open_phases)
    rollout = cast.project.rollouts.get(number=1)
    Checklist.objects.create(
        project=cast.project, rollout=rollout, catalogue="x", content_hash=HASH, judged_at=timezone.now()
    )
    if estimate:
        active_estimate(cast)
    if cleared:
        clear(cast)
    cast.project = reload(cast.project)
    return cast


def active_estimate(cast: Cast, name: str = "First") -> Estimate:
    estimate = add_estimate(cast.project, name=name, user_count=120, by=cast.owner, at=timezone.now())
    return activate_estimate(estimate, by=cast.owner, at=timezone.now())


def clear(cast: Cast, **changed: Any) -> Clearance:
    checklist = Checklist.objects.get(project=cast.project)
    values = {
        "conclusion": uuid7(),
        "review_hash": "b" * 64,
        "content_hash": checklist.content_hash,
        "go_live_on": go_live_of(cast.project),
        "by": cast.architect,
        "at": timezone.now(),
    }
    return grant_clearance(checklist, **values | changed)


def configured(cast: Cast) -> ProductionRequest:
    return configure_production(cast.project, VALUES, by=cast.owner, at=timezone.now())


def signed_off(cast: Cast, *, at: datetime | None = None) -> ServiceRequest:
    """Configured and signed off; on managed infrastructure also early."""
    configured(cast)
    request = sign_off_request(cast.project, by=cast.owner, at=at or timezone.now(), confirmed_early=True)
    cast.project = reload(cast.project)
    return request.service_request


def request_of(project: Project) -> ProductionRequest:
    request = newest_request(project)
    assert request is not None
    return request


def days(n: int) -> timedelta:
    return timedelta(days=n)


def now():
    return timezone.now()


def facts_of(cast: Cast):
    return gate_facts(reload(cast.project))


def codes_of(act, *args, **kwargs) -> list[str]:
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.decision.codes


def drained(at=None) -> int:
    """Everything due, and what that announces in turn."""
    return drain(now=at or now() + timedelta(seconds=5))


def kinds() -> list[str]:
    return list(Outbox.objects.exclude(kind="letter.queued").order_by("pk").values_list("kind", flat=True))


def letters(key: str) -> set[str]:
    return set(LetterRow.objects.filter(letter=key).values_list("address", flat=True))


def standing(cast: Cast) -> ProjectStanding:
    return ProjectStanding.objects.get(project=cast.project)

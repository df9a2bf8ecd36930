"""What production keeps for others, against the rows it sums up."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from golive.programme.queries import number
from projects.portfolio.models.project import Project
from projects.production.models.clearance import Clearance, Estimate
from projects.production.models.request import ProductionRequest
from projects.production.models.sandbox import Sandbox
from projects.production.queries.sandboxes import known_of
from projects.production.states import RequestState

ByProject = dict[int, Any]


def false_standing() -> Iterator[str]:
    projects = Project.objects.select_related("standing", "facts").order_by("pk")
    clearances = _newest_states(Clearance.objects.filter(checklist__rollout__number=1))
    requests, active = _request_states(), set(Estimate.objects.filter(active=True).values_list("project", flat=True))
    values, sandboxes, least = _values(), _sandboxes(), number("acceptance_tier")
    for project in projects.iterator(chunk_size=1000):
        location, version = values.get(project.pk, ("", ""))
        facts = {
            "has_active_estimate": project.pk in active,
            "production_location": location,
            "production_version": version,
            **known_of(sandboxes.get(project.pk, []), least=least),
        }
        standing = {
            "clearance_state": clearances.get(project.pk, ""),
            "request_state": requests.get(project.pk, ""),
        }
        for kind, truths in (("standing", standing), ("facts", facts)):
            row = getattr(project, kind)
            wrong = ((name, getattr(row, name), true) for name, true in truths.items() if getattr(row, name) != true)
            yield from (f"{project.key}: {kind}.{name} is {kept}, not {true}" for name, kept, true in wrong)


def _values() -> ByProject:
    """Of the newest request of each project: where production is wanted, and on which version."""
    newest = ProductionRequest.objects.order_by("pk").values_list("project", "data_centre", "version")
    return {pk: (location, version) for pk, location, version in newest.iterator()}


def _sandboxes() -> ByProject:
    found: dict[int, list[Sandbox]] = {}
    for sandbox in Sandbox.objects.filter(retired_at=None).iterator():
        found.setdefault(sandbox.project_id, []).append(sandbox)
    return found


def _newest_states(rows: QuerySet) -> ByProject:
    return dict(rows.order_by("pk").values_list("project", "state"))  # the later row of a project wins


def _request_states() -> ByProject:
    """A draft that follows an ended request leaves what was: the project still has its service request."""
    drafted = ProductionRequest.objects.filter(state=RequestState.DRAFT).values_list("project", flat=True)
    return dict.fromkeys(drafted, "draft") | _newest_states(ProductionRequest.objects.exclude(state=RequestState.DRAFT))

"""The steps that stand for facts of production, brought after them when a step is the system's again."""

from datetime import datetime

from projects.checklist.states import RoundState
from projects.methodology.actions.steps import tick
from projects.portfolio.models.project import Project
from projects.production.queries.gate import slot_of
from projects.production.queries.sandboxes import acceptance_of, sandboxes_of
from projects.production.states import RequestState

SIGNED_OFF = {RequestState.QUEUED, RequestState.DEPLOYING, RequestState.FAILED, RequestState.DONE}


def follow_facts(project: Project, *, least: float, at: datetime) -> None:
    """Ticks what is so already: nobody announces it a second time. Idempotent; the caller holds the lock."""
    slot = slot_of(project)
    state = slot.request.state if slot.request else ""
    holds = {
        "sandbox.registered": bool(acceptance_of(sandboxes_of(project), least=least)),
        "estimate.activated": project.facts.has_active_estimate,
        "checklist.submitted": project.standing.checklist_state == RoundState.SUBMITTED,
        "clearance.granted": slot.cover == "covers",
        "request.signed_off": state in SIGNED_OFF,
        "production.deployed": state == RequestState.DONE,
    }
    for event in (event for event, so in holds.items() if so):
        tick(project, event, at=at)

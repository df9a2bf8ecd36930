"""Where a project may stand: each is reached by its legal acts, or by the gate's facts as told."""

from datetime import timedelta
from typing import Any

from django.test import override_settings
from django.utils import timezone

from projects.checklist.actions.answering import save_answer
from projects.checklist.models.submission import Submission
from projects.checklist.rules.answers import AnswerContent
from projects.plan.actions.feeds import make_feed
from projects.production.actions.requesting import configure_production, sign_off_request
from projects.production.actions.sandboxes import register_sandbox
from projects.production.actions.serving import deploy_request, fail_deployment
from reviews.assessment.actions.reviewing import take_submission
from tests.builders_projects import (
    complete_gate_phases,
    complete_header,
    describe,
    do_steps,
    fill_checklist,
    make_project,
    onboard,
    plan_dates,
    submit,
)
from tests.journeys.world import World, world_of
from tests.projects.production.ways import MANAGED, SELF_SERVICE, VALUES, gate_project

NOW = timezone.now
# What a project with a partner lacks before it is onboarded.
NOTHING_SAID = [
    "no_vision",
    "no_user_count",
    "no_licences",
    "no_products",
    "scope_unsaid",
    "milestones_missing",
    "no_tracking_choice",
    "no_contact_choice",
]


def started() -> World:
    return world_of(make_project())


def described() -> World:
    cast = make_project()
    plan_dates(cast)
    describe(cast)
    return world_of(cast)


def dates_taken_along() -> World:
    """Everybody who sees the project has an address of its calendar already."""
    world = started()
    for role in (role for role in world.people if world.sees(role)):
        feed, _secret = make_feed(world.people[role], project=world.cast.project, at=NOW())
        world.things |= {"feed": feed} if role == "owner" else {}
    return world


def onboarded() -> World:
    cast = make_project()
    plan_dates(cast)
    onboard(cast)
    return world_of(cast)


def analysis_done() -> World:
    """Every step of the first phase is done; the phase is not complete."""
    world = onboarded()
    do_steps(world.cast, "analysis")
    return world


def phases_complete() -> World:
    world = onboarded()
    complete_gate_phases(world.cast)
    return world


def filled() -> World:
    """Named as having completed it is the owner, who may send it anyway."""
    world = onboarded()
    fill_checklist(world.cast)
    complete_header(world.cast, world.cast.owner)
    return world


def contradicting(signed: str = "yes") -> World:
    """On the whole checklist: UAT is signed off, and has not ended."""
    world = described()
    said = {"UA-02": timezone.localdate() + timedelta(days=5), "UA-10": signed}
    with override_settings(CHECKLIST_CATALOGUE="2026-2"):
        for question, value in said.items():
            content = AnswerContent(value=value)
            save_answer(world.cast.project, question, content, revision=0, by=world.cast.member, at=NOW())
    return world


def fitting() -> World:
    """The same, with nothing that contradicts."""
    return contradicting(signed="partly")


def submitted() -> World:
    world = filled()
    world.things["submission"] = submit(world.cast)
    return world


def taken() -> World:
    world = submitted()
    submission: Submission = world.things["submission"]
    world.things["review"] = take_submission(submission, by=world.cast.architect, at=NOW())
    return world


def gate(infrastructure: str, **facts: Any) -> World:
    """`phases`, `estimate`, `cleared`: the columns of the truth table."""
    cast = gate_project(infrastructure, **facts)
    world = world_of(cast)
    world.things["estimate"] = cast.project.estimates.first() if facts.get("estimate", True) else None
    return world


def truth(infrastructure: str, phases: bool, passed: bool) -> World:
    return gate(infrastructure, phases=phases, cleared=passed)


def second_estimate() -> World:
    return gate(MANAGED)


def with_sandbox() -> World:
    world = gate(MANAGED)
    owner, said = world.cast.owner, {"tier": 2, "purpose": "acceptance", "location": "Oslo", "version": "10.0.42"}
    world.things["sandbox"] = register_sandbox(world.cast.project, name="Acceptance", **said, by=owner, at=NOW())
    return world


def draft(infrastructure: str = MANAGED, *, cleared: bool = False, **lacking: str) -> World:
    world = gate(infrastructure, cleared=cleared)
    configure_production(world.cast.project, VALUES | lacking, by=world.cast.owner, at=NOW())
    return world


def draft_early() -> World:
    return draft()


def draft_with_holes() -> World:
    return draft(cleared=True, version="")


def draft_cleared() -> World:
    return draft(SELF_SERVICE, cleared=True)


def held() -> World:
    """Managed, requested before its review is passed."""
    return requested(draft())


def released() -> World:
    return requested(draft(cleared=True))


def released_self_service() -> World:
    return requested(draft(SELF_SERVICE, cleared=True))


def requested(world: World) -> World:
    request = sign_off_request(world.cast.project, by=world.cast.owner, at=NOW(), confirmed_early=True)
    world.things["service"] = request.service_request
    return world


def deploying() -> World:
    world = released()
    world.things["service"] = deploy_request(world.things["service"], by=world.cast.engineer, at=NOW())
    return world


def failed() -> World:
    world = deploying()
    fail_deployment(world.things["service"], by=world.cast.engineer, because="No capacity.", at=NOW())
    return world


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()

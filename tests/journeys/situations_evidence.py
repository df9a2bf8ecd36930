"""Where evidence may stand."""

from django.utils import timezone

from projects.evidence.actions.evidence import add_evidence, mark_evidence_stale, withdraw_evidence
from projects.methodology.actions.proofs import prove_step
from tests.journeys.situations import started
from tests.journeys.world import World

NOW = timezone.now


def with_evidence() -> World:
    world = started()
    said = {"title": "Minutes", "url": "https://team.example/minutes"}
    world.things["evidence"] = add_evidence(world.cast.project, **said, by=world.cast.owner, at=NOW())
    return world


def evidence_overtaken() -> World:
    world = with_evidence()
    mark_evidence_stale(world.cast.project, since=NOW(), by=None, at=NOW())
    return world


def evidence_withdrawn() -> World:
    world = with_evidence()
    withdraw_evidence(world.things["evidence"], by=world.cast.owner, at=NOW())
    return world


def step_proved() -> World:
    world = with_evidence()
    prove_step(world.cast.project, "A02", world.things["evidence"], by=world.cast.owner, at=NOW())
    return world

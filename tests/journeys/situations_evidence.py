"""Where evidence may stand."""

from django.utils import timezone

from projects.checklist.actions.assigning import assign, end_assignment
from projects.checklist.actions.evidence import attach_evidence
from projects.checklist.actions.talking import comment_on_answer, resolve_thread
from projects.checklist.rules.assigning import Asked
from projects.evidence.actions.evidence import add_evidence, mark_evidence_stale, revise_evidence, withdraw_evidence
from projects.methodology.actions.proofs import prove_step
from tests.builders_projects import submit
from tests.journeys.situations import filled, started
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


def answer_proved() -> World:
    world = with_evidence()
    attach_evidence(world.cast.project, "SC-02", world.things["evidence"], by=world.cast.owner, at=NOW())
    return world


def answer_proved_by_an_older() -> World:
    world = answer_proved()
    newer = {"seen": 1, "url": "https://team.example/newer"}
    revise_evidence(world.things["evidence"], **newer, by=world.cast.owner, at=NOW())
    return world


def submitted_with_evidence() -> World:
    world = filled()
    said = {"title": "Minutes", "url": "https://team.example/minutes"}
    piece = world.things["evidence"] = add_evidence(world.cast.project, **said, by=world.cast.owner, at=NOW())
    attach_evidence(world.cast.project, "SC-02", piece, by=world.cast.owner, at=NOW())
    submit(world.cast)
    return world


def talked_about() -> World:
    """The whole team said something, the customer alone did and settled it."""
    world = started()
    for audience in ("team", "customer"):
        said = {"audience": audience, "text": "Who?", "by": world.cast.owner, "at": NOW()}
        comment_on_answer(world.cast.project, "SC-02", **said)
    resolve_thread(world.cast.project, "SC-02", audience="customer", by=world.cast.owner, at=NOW())
    return world


def somebody_asked() -> World:
    world = started()
    said = {"person": world.cast.member, "due_on": None, "by": world.cast.owner, "at": NOW()}
    world.things["assignment"] = assign(world.cast.project, Asked(question="SC-02"), **said)
    return world


def nobody_asked_any_more() -> World:
    world = somebody_asked()
    end_assignment(world.cast.project, world.things["assignment"], by=world.cast.owner, at=NOW())
    return world

"""What the demo keeps beside its projects: a way of working of one organisation's own, and proof of a step."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from golive.scenes.clock import Clock
from golive.scenes.people import Crew
from golive.scenes.tale import Tale
from projects.checklist.actions.gates import hold_gate
from projects.checklist.rules.gates import GateTopic
from projects.evidence.queries.files import checked
from projects.methodology.actions.custom import add_step, copy_methodology, publish_methodology
from projects.methodology.actions.proofs import note_step, prove_step_anew
from projects.methodology.rules.catalogue import LATEST

COLD_CHAIN: dict[str, Any] = {
    "name": "Prove the cold chain from farm to shelf",
    "required": True,
    "owner": "test_lead",
    "hint": "A milk truck that is late must show within ten minutes.",
    "evidence": "measured temperatures",
    "requires": [],
    "applies_when": "",
}
LATE = ("UA", "PF", "DM")
GATES = (
    (9, "no_go", "Acceptance has only begun, and nobody has measured the peak.", 55),
    (3, "conditional", "Go, when the third test cycle is signed by Friday.", 80),
)
PROTOCOL = b"cycle,cases,passed\n1,140,121\n2,140,133\n"


def dairy_way(clock: Clock, crew: Crew) -> None:
    """Published once; the draft goes on."""
    by = crew["sigrid"]
    mine = copy_methodology(name="The dairy way", source=LATEST, by=by, at=clock.tick())
    mine, _key = add_step(mine, "test", COLD_CHAIN, seen=mine.revision, by=by, at=clock.tick())
    publish_methodology(mine, seen=mine.revision, by=by, at=clock.tick())


def hold_gates(tale: Tale) -> None:
    """Two gate reviews of one project, to be compared."""
    sheet = tale.sheet()
    asked = {question.topic for question in sheet.questions}
    names = {topic.id: topic.name for topic in sheet.catalogue.topics if topic.id in asked}
    for days_ago, decision, remark, done in GATES:
        tale.days_ago(days_ago)
        topics = [gate_topic(key, name, done) for key, name in names.items()]
        said = {"held_on": tale.clock.moment.date(), "decision": decision, "remark": remark}
        tale.act(hold_gate, tale.project, topics, **said)


def gate_topic(key: str, name: str, done: int) -> GateTopic:
    late = key in LATE
    ready = done - 30 if late else done
    return GateTopic(key, name, "at_risk" if late else "on_track", ready, ready, 1 + ready // 30, owner="Sigrid Aas")


def prove_test_cycles(tale: Tale) -> None:
    file = checked(SimpleUploadedFile("test-cycles.csv", PROTOCOL, "text/csv"))
    tale.act(prove_step_anew, tale.project, "T02", by="jonas", title="Protocol of both test cycles", file=file)
    tale.act(note_step, tale.project, "T02", by="jonas", text="The third cycle waits for the new label printers.")

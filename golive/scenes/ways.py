"""What the demo keeps beside its projects: a way of working of one organisation's own, and proof of a step."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from golive.scenes.clock import Clock
from golive.scenes.people import Crew
from golive.scenes.tale import Tale
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
PROTOCOL = b"cycle,cases,passed\n1,140,121\n2,140,133\n"


def dairy_way(clock: Clock, crew: Crew) -> None:
    """Published once; the draft goes on."""
    by = crew["sigrid"]
    mine = copy_methodology(name="The dairy way", source=LATEST, by=by, at=clock.tick())
    mine, _key = add_step(mine, "test", COLD_CHAIN, seen=mine.revision, by=by, at=clock.tick())
    publish_methodology(mine, seen=mine.revision, by=by, at=clock.tick())


def prove_test_cycles(tale: Tale) -> None:
    file = checked(SimpleUploadedFile("test-cycles.csv", PROTOCOL, "text/csv"))
    tale.act(prove_step_anew, tale.project, "T02", by="jonas", title="Protocol of both test cycles", file=file)
    tale.act(note_step, tale.project, "T02", by="jonas", text="The third cycle waits for the new label printers.")

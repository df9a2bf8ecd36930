"""The walk through the HTTP doors: it ends well, refuses where it must, and each refusal stands in the history once."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from golive.core.pdf import available
from golive.scenes.doors import Answer
from golive.scenes.stage import scratch
from golive.scenes.walk import Surprise, Walk

LINE = re.compile(r"^ *\d+  .{15} (?P<what>.{62}) (?P<status>\d{3})  refused: (?P<codes>.+)$")
# Of "Must show": what was asked for, and the codes of the answer, in this order.
MUST_SHOW = {
    "self_service": [
        ("configure while a phase is open", "phases_open, no_active_estimate, no_clearance"),
        ("configure while no estimate is active", "no_active_estimate, no_clearance"),
        ("configure before the review is passed", "no_clearance"),
        ("sign off while a high finding is open", "high_open"),
        ("sign off what was read before that", "review_changed"),
        ("configure while a reviewed answer is changed", "no_clearance"),
        ("clear the sign-off while it is deploying", "not_queued"),
    ],
    "microsoft_managed": [
        ("configure while a phase is open", "phases_open, no_active_estimate"),
        ("configure while no estimate is active", "no_active_estimate"),
        ("sign off early without confirming it", "confirm_early"),
        ("deploy a request that is held", "no_clearance"),
        ("sign off what was read before that", "review_changed"),
        ("deploy while a reviewed answer is changed", "no_clearance"),
    ],
}
SEEN = [
    "queued and held: no_clearance",
    "the values are kept in a draft",
    "the new service request names the old one",
    "released: nothing holds the request",
    "asked to prove who it is",
    "deploying by the system",
    "production is deployed",
]


@dataclass
class Walked:
    code: int
    said: str
    noted: int
    pdf: Path

    @property
    def refusals(self) -> list[tuple[str, str]]:
        found = (LINE.match(line) for line in self.said.splitlines())
        return [(each["what"].strip(), each["codes"]) for each in found if each]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    """The command as its own child process runs it, in a place where its database can still be read afterwards."""
    pdf = tmp_path_factory.mktemp("walk") / "report.pdf"
    with scratch() as environment:
        command = [sys.executable, "manage.py", "walkthrough", "--pdf", str(pdf)]
        ended = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
        with sqlite3.connect(f"{environment['GOLIVE_VAR']}/golive.sqlite3") as database:
            noted = database.execute("SELECT count(*) FROM audit_auditrow WHERE act = 'denied'").fetchone()[0]
        yield Walked(ended.returncode, ended.stdout + ended.stderr, noted, pdf)


def test_the_walk_shows_every_refusal_and_the_history_holds_each_once(walked):
    """One test, since the walk takes its time and other processes would walk again for theirs."""
    assert walked.code == 0, walked.said
    assert [proof for proof in ("chains: ok", "guards: ok", "standing: ok") if proof not in walked.said] == []
    assert walked.noted == len(walked.refusals) > 0
    if available():
        return  # without Pango the walk ends before the sign-off, and says so
    for infrastructure, shown in MUST_SHOW.items():
        refusals = part_of(walked, infrastructure).refusals
        assert [each for each in refusals if each in shown] == shown
    assert [each for each in SEEN if each not in walked.said] == []
    assert walked.pdf.read_bytes().startswith(b"%PDF-")


def part_of(walked: Walked, infrastructure: str) -> Walked:
    first, second = walked.said.split("-- Microsoft-managed", 1)
    return Walked(walked.code, first if infrastructure == "self_service" else second, walked.noted, walked.pdf)


def test_a_scratch_place_is_gone_afterwards():
    with scratch() as environment:
        folder = Path(environment["GOLIVE_VAR"])
        (folder / "x").write_text("x")

    assert not folder.exists()


@pytest.mark.parametrize("answer", [Answer(200, b"{}"), Answer(409, b'{"code": "refused", "reasons": []}')])
def test_an_unexpected_answer_ends_the_walk(answer):
    said: list[str] = []
    walk = Walk({}, {}, said.append)

    with pytest.raises(Surprise):
        walk.told("sigrid", "configure", answer, 409, ["no_clearance"])

    assert len(said) == 1

"""The methodology's files: three gate phases and every milestone; circles and unknown words are named."""

import pytest

from golive.core.catalogue import CatalogueError
from projects.methodology.rules.catalogue import LATEST, methodology, read_methodology

FILE = """
[[milestone]]
id = "go_live"
phase = "deploy"
required = true
label = "Go-live"
[[phase]]
id = "analysis"
name = "Analysis"
gate = true
basis = "E"
aim = "Understand."
ends_with = "Scope."
note = "A note."
[[phase.step]]
id = "A01"
name = "First"
required = true
basis = "E"
owner = "sponsor"
auto = "onboarding.completed"
fixed = true
hint = "Hint"
evidence = "minutes"
[[phase.step]]
id = "A02"
name = "Second"
required = false
basis = "P"
owner = "project_manager"
requires = ["A01"]
warn_while_open = ["A01"]
applies_when = "project.has_isv || size(project.products) > 1"
"""


FIXED = ["A01", "A04", "A05", "T03", "T11", "T15", "P01", "P03", "P04", "P05", "P16", "O07"]
AUTO = {
    "A01": "onboarding.completed",
    "A04": "milestones.all_set",
    "D02": "sandbox.registered",
    "T11": "estimate.activated",
    "P01": "checklist.submitted",
    "P03": "clearance.granted",
    "P04": "request.signed_off",
    "P05": "production.deployed",
    "P07": "production.package_installed",
    "P16": "project.live",
    "O07": "project.graduated",
}


def read(folder, text=FILE):
    folder.mkdir(exist_ok=True)
    (folder / "methodology.toml").write_text(text)
    return read_methodology(folder)


def test_the_supplied_version_has_every_phase_step_and_milestone():
    found = methodology()

    assert found is methodology(LATEST)
    assert {phase.id: len(phase.steps) for phase in found.phases} == {
        "analysis": 15,
        "design_develop": 17,
        "test": 15,
        "deploy": 16,
        "operate": 7,
    }
    assert found.gate_phases == ("analysis", "design_develop", "test")
    assert [one.id for one in found.steps if one.fixed] == FIXED
    assert {one.id: one.auto for one in found.steps if one.auto} == AUTO
    assert {one.id: (one.phase, one.required) for one in found.milestones} == {
        "analysis_end": ("analysis", True),
        "design_develop_end": ("design_develop", True),
        "test_end": ("test", True),
        "production_needed": ("deploy", False),
        "go_live": ("deploy", True),
        "hypercare_end": ("operate", False),
    }


def test_every_key_of_the_format_is_read(tmp_path):
    found = read(tmp_path / "2030-1")

    first, second = found.steps
    assert (found.version, len(found.hash), found.phase("analysis").note) == ("2030-1", 64, "A note.")
    assert (first.auto, first.fixed, first.hint, first.evidence) == ("onboarding.completed", True, "Hint", "minutes")
    assert (second.requires, second.warn_while_open, second.required) == (("A01",), ("A01",), False)
    assert second.applies_when.names == {"project.has_isv", "project.products"}
    assert second.phase == "analysis"
    assert found.step("A02") is second
    assert found.milestone("go_live").label == "Go-live"


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('hint = "Hint"', 'tint = "Hint"', "step A01.tint: unknown key"),
        ('owner = "sponsor"', 'owner = "boss"', "step A01.owner: 'boss' is not one of"),
        ('auto = "onboarding.completed"', 'auto = "onboarding.done"', "step A01.auto: 'onboarding.done' is not"),
        ('basis = "P"', 'basis = "X"', "step A02.basis: 'X' is not one of"),
        ('requires = ["A01"]', 'requires = ["A09"]', "step A02.requires: 'A09' is not one of"),
        ('warn_while_open = ["A01"]', 'warn_while_open = ["A09"]', "step A02.warn_while_open: 'A09' is not one of"),
        ("fixed = true", 'fixed = true\nrequires = ["A02"]', "step.requires: a circle: "),
        ('id = "A02"', 'id = "A01"', "step: 'A01' stands there twice"),
        ('phase = "deploy"', 'phase = "launch"', "milestone go_live.phase: 'launch' is not one of"),
        ("project.has_isv", "project.has_izv", "step A02.applies_when: unknown variable project.has_izv"),
        ("size(project.products)", "count(project.products)", "step A02.applies_when: unknown function count"),
        ('applies_when = "', 'applies_when = "today > ', "step A02.applies_when: unknown variable today"),
        ("gate = true", 'gate = "yes"', "phase analysis.gate: bool is expected"),
        ('aim = "Understand."', "", "phase analysis.aim: is missing"),
    ],
)
def test_a_mistake_is_named_with_file_and_key(tmp_path, before, after, complaint):
    assert before in FILE

    with pytest.raises(CatalogueError) as caught:
        read(tmp_path / "v", FILE.replace(before, after))

    assert str(caught.value).startswith(f"methodology.toml: {complaint}")


def test_an_unknown_version_explodes():
    with pytest.raises(KeyError):
        methodology("2020-1")

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


def read(folder, text=FILE):
    folder.mkdir(exist_ok=True)
    (folder / "methodology.toml").write_text(text)
    return read_methodology(folder)


def test_the_thin_version_has_the_gate_phases_and_every_milestone():
    found = methodology()

    assert found is methodology(LATEST)
    steps = {phase.id: [(one.id, one.fixed, one.auto, one.requires) for one in phase.steps] for phase in found.phases}
    assert steps == {
        "analysis": [
            ("A01", True, "onboarding.completed", ()),
            ("A02", False, "", ()),
            ("A04", True, "milestones.all_set", ()),
            ("A05", True, "", ("A04",)),
        ],
        "design_develop": [("D01", False, "", ()), ("D04", False, "", ()), ("D17", False, "", ("D01", "D04"))],
        "test": [("T03", True, "", ()), ("T14", False, "", ()), ("T15", True, "", ("T03",))],
    }
    assert found.gate_phases == ("analysis", "design_develop", "test")
    assert all(one.required for one in found.steps)
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

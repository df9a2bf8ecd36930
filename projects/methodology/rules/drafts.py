"""The draft of an own methodology as it is stored, and how it changes: each function gives a new one."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from golive.core.catalogue import CatalogueError
from golive.core.decision import Reason
from projects.methodology.rules.catalogue import Methodology, parse_methodology

Draft = dict[str, Any]
MOST_STEPS = 150
FIELDS = ("name", "required", "owner", "hint", "evidence", "requires", "applies_when")
# When a step is asked: by its code in forms and the API, the expression that is stored, and the words people choose by.
ASKED = {
    "always": ("", gettext_lazy("Always")),
    "customised": ("project.has_customizations", gettext_lazy("Something is customised")),
    "packages": ("project.has_customizations || project.has_isv", gettext_lazy("There are packages, own or of others")),
    "integrated": (
        "project.has_integrations || project.has_dual_write || project.has_isv || size(project.products) > 1",
        gettext_lazy("Several systems or products work together"),
    ),
    "database_copy": ("project.has_database_copy", gettext_lazy("Data arrives as a copy of a database")),
    "architect": ("project.has_architect", gettext_lazy("FastTrack assigned an architect")),
}


def asked_code(expression: str) -> str:
    return next((code for code, (text, _words) in ASKED.items() if text == expression), "always")


def steps_of(draft: Draft) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each phase with each of its steps, in order."""
    for phase in draft["phase"]:
        for step in phase["step"]:
            yield phase, step


def step_in(draft: Draft, key: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    return next(((phase, step) for phase, step in steps_of(draft) if step["id"] == key), None)


def needed_by(draft: Draft, key: str) -> list[str]:
    """Steps that require it, or warn while it is open."""
    names = ("requires", "warn_while_open")
    return [step["id"] for _phase, step in steps_of(draft) if any(key in step.get(name, ()) for name in names)]


def next_key(phase: Mapping[str, Any], draft: Draft) -> str:
    """After the highest of the phase: letter and number, as the supplied ones are called."""
    letter = (phase["step"][0]["id"] if phase["step"] else phase["id"])[0].upper()
    taken = [step["id"][1:] for _phase, step in steps_of(draft) if step["id"][0] == letter]
    return f"{letter}{max((int(number) for number in taken if number.isdigit()), default=0) + 1:02}"


def with_step(draft: Draft, phase_key: str, said: Mapping[str, Any]) -> tuple[Draft, str]:
    """A step of one's own at the end of a phase, and its key."""
    made = deepcopy(draft)
    phase = next(phase for phase in made["phase"] if phase["id"] == phase_key)
    key = next_key(phase, made)
    phase["step"].append({"id": key, "basis": "P"} | _told(said))
    return made, key


def with_changed(draft: Draft, key: str, phase_key: str, said: Mapping[str, Any]) -> Draft:
    made = deepcopy(draft)
    phase, step = _must_find(made, key)
    kept = {name: value for name, value in step.items() if name not in FIELDS}
    place = phase["step"].index(step)
    phase["step"].remove(step)
    target = next(each for each in made["phase"] if each["id"] == phase_key)
    target["step"].insert(place if target is phase else len(target["step"]), kept | _told(said))
    return made


def with_moved(draft: Draft, key: str, by: int) -> Draft:
    made = deepcopy(draft)
    phase, step = _must_find(made, key)
    place = phase["step"].index(step)
    phase["step"].insert(place + by, phase["step"].pop(place))
    return made


def without_step(draft: Draft, key: str) -> Draft:
    made = deepcopy(draft)
    phase, step = _must_find(made, key)
    phase["step"].remove(step)
    return made


def is_at_edge(draft: Draft, key: str, by: int) -> bool:
    phase, step = _must_find(draft, key)
    return not 0 <= phase["step"].index(step) + by < len(phase["step"])


def read_draft(draft: Draft) -> Methodology:
    return parse_methodology(draft, version="draft", digest="", path=Path("draft"))


def fault_of(draft: Draft) -> Reason | None:
    """What a change would break: locks go round in a circle, or wait for a later phase, which waits for this one."""
    try:
        found = read_draft(draft)
    except CatalogueError as error:
        code = "requires_circle" if error.key == "step.requires" else "draft_broken"
        return Reason(code, _("The steps do not fit together: %(problem)s.") % {"problem": error.problem})
    place = {phase.id: number for number, phase in enumerate(found.phases)}
    for step in found.steps:
        late = [key for key in step.requires if place[found.step(key).phase] > place[step.phase]]
        if late:
            text = _("%(step)s cannot require %(others)s, which belongs to a later phase.")
            return Reason("requires_later", text % {"step": step.id, "others": ", ".join(late)})
    return None


def words_of(step: Mapping[str, Any]) -> str:
    """One step in a line: for whoever compares what two people wrote."""
    name = f"{step.get('id', '')} {step['name']}".strip()
    parts = [name, step["owner"], step.get("hint", ""), step.get("evidence", ""), ", ".join(step.get("requires", ()))]
    return " · ".join(part for part in parts if part)


def _told(said: Mapping[str, Any]) -> dict[str, Any]:
    """Nothing is stored of what was left blank."""
    given = {name: said[name] for name in FIELDS if said.get(name) not in (None, "", [], ())}
    return {name: list(value) if name == "requires" else value for name, value in given.items()}


def _must_find(draft: Draft, key: str) -> tuple[dict[str, Any], dict[str, Any]]:
    found = step_in(draft, key)
    if found is None:
        raise KeyError(key)
    return found

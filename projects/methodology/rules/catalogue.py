"""The phases, steps and milestones of a methodology: one frozen object a version, read once and never edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from golive.core.catalogue import CatalogueError, check_choice, check_keys, check_unique, folder_hash, load_toml
from golive.core.expressions import Expression, ExpressionRefused, compile_expression
from projects.methodology.rules.vocabulary import BASES, EVENTS, OWNER_ROLES, PHASES, PROJECT_FACTS

FOLDER = Path(__file__).parents[1] / "catalogue"
LATEST = "2026-1"


@dataclass(frozen=True)
class MilestoneText:
    id: str
    phase: str
    required: bool
    label: str


@dataclass(frozen=True)
class StepText:
    id: str
    phase: str
    name: str
    required: bool
    basis: str
    owner: str
    fixed: bool = False
    auto: str = ""
    hint: str = ""
    evidence: str = ""
    requires: tuple[str, ...] = ()
    warn_while_open: tuple[str, ...] = ()
    applies_when: Expression | None = None


@dataclass(frozen=True)
class PhaseText:
    id: str
    name: str
    gate: bool
    basis: str
    aim: str
    ends_with: str
    steps: tuple[StepText, ...]
    note: str = ""


@dataclass(frozen=True)
class Methodology:
    version: str
    hash: str
    milestones: tuple[MilestoneText, ...]
    phases: tuple[PhaseText, ...]

    @property
    def steps(self) -> tuple[StepText, ...]:
        return tuple(step for phase in self.phases for step in phase.steps)

    @property
    def gate_phases(self) -> tuple[str, ...]:
        return tuple(phase.id for phase in self.phases if phase.gate)

    def phase(self, phase_id: str) -> PhaseText:
        return next(phase for phase in self.phases if phase.id == phase_id)

    def step(self, step_id: str) -> StepText:
        return next(step for step in self.steps if step.id == step_id)

    def milestone(self, milestone_id: str) -> MilestoneText:
        return next(milestone for milestone in self.milestones if milestone.id == milestone_id)


def methodology(version: str = LATEST) -> Methodology:
    """A version that we supply; an unknown one is a KeyError, whoever asks for it."""
    return _supplied(version)


@cache
def _supplied(version: str) -> Methodology:
    if not is_supplied(version):
        raise KeyError(version)
    return read_methodology(FOLDER / version)


@cache
def supplied_versions() -> tuple[str, ...]:
    """Oldest first."""
    return tuple(sorted(folder.name for folder in FOLDER.iterdir()))


def is_supplied(version: str) -> bool:
    return version in supplied_versions()


def read_methodology(folder: Path) -> Methodology:
    path = folder / "methodology.toml"
    return parse_methodology(load_toml(path), version=folder.name, digest=folder_hash(folder), path=path)


def parse_methodology(content: Mapping[str, Any], *, version: str, digest: str, path: Path) -> Methodology:
    """The same checks for our files and for what an organisation made of them; `path` is what a complaint names."""
    check_keys(content, file=path, at="-", required={"milestone": list, "phase": list})
    found = Methodology(
        version=version,
        hash=digest,
        milestones=tuple(_read_milestone(table, path) for table in content["milestone"]),
        phases=tuple(_read_phase(table, path) for table in content["phase"]),
    )
    _check_whole(found, path)
    return found


def _read_milestone(table: Any, path: Path) -> MilestoneText:
    at = _place(table, "milestone")
    check_keys(table, file=path, at=at, required={"id": str, "phase": str, "required": bool, "label": str})
    check_choice(table["phase"], PHASES, file=path, at=f"{at}.phase")
    return MilestoneText(**table)


def _read_phase(table: Any, path: Path) -> PhaseText:
    at = _place(table, "phase")
    texts = dict.fromkeys(("id", "name", "basis", "aim", "ends_with"), str)
    check_keys(table, file=path, at=at, required={**texts, "gate": bool, "step": list}, optional={"note": str})
    check_choice(table["basis"], BASES, file=path, at=f"{at}.basis")
    steps = tuple(_read_step(step, table["id"], path) for step in table["step"])
    return PhaseText(**{key: value for key, value in table.items() if key != "step"}, steps=steps)


def _read_step(table: Any, phase: str, path: Path) -> StepText:
    at = _place(table, "step")
    required = {"id": str, "name": str, "required": bool, "basis": str, "owner": str}
    texts = dict.fromkeys(("auto", "hint", "evidence", "applies_when"), str)
    optional = {**texts, "fixed": bool, "requires": list, "warn_while_open": list}
    check_keys(table, file=path, at=at, required=required, optional=optional)
    check_choice(table["basis"], BASES, file=path, at=f"{at}.basis")
    check_choice(table["owner"], OWNER_ROLES, file=path, at=f"{at}.owner")
    if "auto" in table:
        check_choice(table["auto"], EVENTS, file=path, at=f"{at}.auto")
    lists = {key: tuple(table[key]) for key in ("requires", "warn_while_open") if key in table}
    return StepText(**{**table, **lists, "phase": phase, "applies_when": _condition(table, path, at)})


def _condition(table: Mapping[str, Any], path: Path, at: str) -> Expression | None:
    if "applies_when" not in table:
        return None
    variables = {f"project.{fact}" for fact in PROJECT_FACTS}
    try:
        return compile_expression(table["applies_when"], variables=variables, functions={"size"})
    except ExpressionRefused as error:
        raise CatalogueError(path, f"{at}.applies_when", str(error)) from error


def _place(table: Any, kind: str) -> str:
    return f"{kind} {table.get('id', '?')}" if isinstance(table, Mapping) else kind


def _check_whole(found: Methodology, path: Path) -> None:
    check_unique((milestone.id for milestone in found.milestones), file=path, at="milestone")
    check_unique((phase.id for phase in found.phases), file=path, at="phase")
    check_unique((step.id for step in found.steps), file=path, at="step")
    known = {step.id for step in found.steps}
    for step in found.steps:
        for key in ("requires", "warn_while_open"):
            for other in getattr(step, key):
                check_choice(other, known, file=path, at=f"step {step.id}.{key}")
    try:
        TopologicalSorter({step.id: step.requires for step in found.steps}).prepare()
    except CycleError as error:
        raise CatalogueError(path, "step.requires", f"a circle: {' -> '.join(error.args[1])}") from error

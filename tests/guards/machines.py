"""Every state machine of the product, read from its model, and a way to lead a row along legal moves to any state."""

import inspect
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from django_fsm import FSMField

from golive.core.guards import LegalTransitions

Move = tuple[str, str]
NOWHERE = "nowhere"  # a state that no machine has


@dataclass(frozen=True)
class Machine:
    model: Any
    guard: LegalTransitions

    @property
    def name(self) -> str:
        return self.model.__name__

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def field(self) -> FSMField:
        return self.model._meta.get_field(self.guard.field)

    @property
    def states(self) -> list[str]:
        return [str(value) for value, _label in self.field.choices]

    @cached_property
    def legal(self) -> set[Move]:
        return set(self.guard.legal)

    @cached_property
    def illegal(self) -> list[Move]:
        """From each state to every other one, and to one that is none."""
        pairs = [(a, b) for a in self.states for b in [*self.states, NOWHERE] if a != b]
        return [pair for pair in pairs if pair not in self.legal]

    @cached_property
    def transitions(self) -> list[tuple[str, Move]]:
        """What the state machine of the model says itself: the verb, from where, to where."""
        found = self.field.get_all_transitions(self.model)
        return [(each.name, (str(each.source), str(each.target))) for each in found]

    def way_to(self, goal: str) -> list[Move]:
        ways: list[list[Move]] = [[]]
        for way in ways:
            at = way[-1][1] if way else self.guard.initial
            if at == goal:
                return way
            seen = {self.guard.initial, *(move[1] for move in way)}
            ways += [[*way, (a, b)] for a, b in sorted(self.legal) if a == at and b not in seen]
        raise AssertionError(f"{self.name} never becomes {goal}")

    def walk(self, row: models.Model, goal: str, **known: Any) -> None:
        """By the verbs of the model, each given what its signature asks for."""
        for move in self.way_to(goal):
            verb = getattr(row, next(name for name, pair in self.transitions if pair == move))
            said = ARGUMENTS | known
            verb(**{name: said[name] for name in inspect.signature(verb).parameters if name in said})
            row.save()

    def __str__(self) -> str:
        return self.name


ARGUMENTS: dict[str, Any] = {
    "at": timezone.now(),
    "because": "So it was decided.",
    "until": date(2030, 1, 1),
    "outcome": "not_ready",
    "note": "",
}


def machines() -> list[Machine]:
    """Every model whose state both a machine moves and the database guards."""
    guarded = [
        Machine(model, constraint)
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, LegalTransitions)
    ]
    return [machine for machine in guarded if isinstance(machine.field, FSMField)]

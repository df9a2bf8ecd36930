"""What CHECK and UNIQUE cannot say: constraints that are triggers, declared in Meta.constraints, for both databases.

A guard is the last line. Actions lock the project row first, because a trigger does not stop two transactions that do
not see each other. Traps: rename a column that a guard reads only between removing and adding the guard; before an
insert SQLite does not know NEW's own id yet.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models
from django.db.models.constraints import BaseConstraint
from django.utils.translation import gettext_lazy as _

from golive.core.triggers import LONGEST_NAME, GuardSQL, Trigger, installed

EVENTS = {"insert": ("insert",), "update": ("update",), "delete": ("delete",), "insert_or_update": ("insert", "update")}


class Guard(BaseConstraint):
    """A constraint kept by triggers. Subclasses say which, in `triggers`."""

    default_violation_error_message = _("The database refused this: it would break the rule “%(name)s”.")
    non_db_attrs = (*BaseConstraint.non_db_attrs, "message")

    def __init__(self, *, name: str, message: Any = None) -> None:
        if len(name) + len("_truncate") > LONGEST_NAME:
            raise ValueError(f"The guard's name is too long: {name}")
        super().__init__(name=name, violation_error_message=message)

    def triggers(self, model: Any, vendor: str, table: str) -> Iterable[Trigger]:
        raise NotImplementedError

    def trigger(self, table: str, event: str, bad: str, *, alone: bool = False) -> Trigger:
        return Trigger(self.name, self.name if alone else f"{self.name}_{event}", table, event, bad)

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        # At CreateModel: after all tables of the migration.
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        return self._written(model, schema_editor.connection.vendor, "create")

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        return self._written(model, schema_editor.connection.vendor, "drop")

    def _written(self, model: Any, vendor: str, verb: str) -> GuardSQL:
        # A table named new__ is SQLite's rebuild, whose triggers golive.core.sqlite puts back itself.
        rebuild = model._meta.db_table.startswith("new__")

        def write(table: str) -> Iterator[str]:
            for trigger in () if rebuild else self.triggers(model, vendor, table):
                yield from getattr(trigger, verb)(vendor)

        return GuardSQL(model._meta.db_table, write)

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        """Only the database sees both rows: nothing to ask of a form."""

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        if "violation_error_message" in kwargs:
            kwargs["message"] = kwargs.pop("violation_error_message")
        return path, args, kwargs

    def __eq__(self, other: object) -> bool:
        return self.deconstruct() == other.deconstruct() if isinstance(other, Guard) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.name)


class Rule(Guard):
    """Refuses a row when `bad`, SQL over OLD and NEW, holds; one text for both databases or one for each vendor."""

    def __init__(self, *, name: str, bad: str | Mapping[str, str], event: str = "update", message: Any = None) -> None:
        if event not in EVENTS:
            raise ValueError(f"No such event: {event}")
        super().__init__(name=name, message=message)
        self.bad, self.event = bad, event

    def triggers(self, model: Any, vendor: str, table: str) -> Iterable[Trigger]:
        bad = self.bad if isinstance(self.bad, str) else self.bad[vendor]
        events = EVENTS[self.event]
        return [self.trigger(table, event, bad, alone=len(events) == 1) for event in events]

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        bad = self.bad if isinstance(self.bad, str) else dict(sorted(self.bad.items()))
        return path, args, kwargs | {"bad": bad, "event": self.event}


class LegalTransitions(Guard):
    """`field` starts as `initial` and moves only along the `legal` pairs."""

    def __init__(
        self, *, name: str, field: str, initial: str, legal: Iterable[tuple[str, str]], message: Any = None
    ) -> None:
        super().__init__(name=name, message=message)
        self.field, self.initial = field, str(initial)
        self.legal = sorted((str(before), str(after)) for before, after in legal)

    def triggers(self, model: Any, vendor: str, table: str) -> Iterable[Trigger]:
        column = f'"{model._meta.get_field(self.field).column}"'
        pairs = ", ".join(f"'{before}>{after}'" for before, after in self.legal) or "''"
        moved = f"OLD.{column} <> NEW.{column} AND (OLD.{column} || '>' || NEW.{column}) NOT IN ({pairs})"
        return [
            self.trigger(table, "insert", f"NEW.{column} <> '{self.initial}'"),
            self.trigger(table, "update", moved),
        ]

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"field": self.field, "initial": self.initial, "legal": self.legal}


class Kept(Guard):
    """Rows are never deleted; on PostgreSQL not truncated either."""

    events: tuple[str, ...] = ("delete", "truncate")

    def triggers(self, model: Any, vendor: str, table: str) -> Iterable[Trigger]:
        events = [event for event in self.events if vendor != "sqlite" or event != "truncate"]
        return [self.trigger(table, event, "TRUE") for event in events]


class AppendOnly(Kept):
    """Rows are neither changed nor deleted."""

    events = ("update", "delete", "truncate")


def declared(vendor: str) -> Iterator[Trigger]:
    """The triggers of every model of this site."""
    for model in apps.get_models(include_auto_created=True):
        for constraint in model._meta.constraints:
            if isinstance(constraint, Guard) and model._meta.managed and not model._meta.proxy:
                yield from constraint.triggers(model, vendor, model._meta.db_table)


def drift(connection: Any) -> list[str]:
    """Where the guards of the database differ from the declared ones, a sentence each; compares what they say."""
    wanted = {trigger.name: trigger.declared(connection.vendor) for trigger in declared(connection.vendor)}
    found = installed(connection)
    both = wanted.keys() & found.keys()
    missing = [f"The guard {name} is missing." for name in wanted.keys() - found.keys()]
    extra = [f"The guard {name} is not declared by any model." for name in found.keys() - wanted.keys()]
    other = [f"The guard {name} says something else." for name in both if wanted[name] != found[name]]
    return sorted(missing + extra + other)


def named_constraint(error: IntegrityError) -> str | None:
    """The constraint that refused: a CHECK, a UNIQUE or a guard. A broken reference has no name for people."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        return diagnosis.constraint_name if diagnosis.sqlstate in {"23505", "23514", "23P01"} else None
    text = str(error).strip()
    if columns := re.fullmatch(r"UNIQUE constraint failed: (?!index )(.+)", text):
        return _unique(columns[1].split(", "))
    name = re.fullmatch(r"(?:CHECK constraint failed: |UNIQUE constraint failed: index ')?(\w+)'?", text)
    return name[1] if name else None


def _unique(columns: list[str]) -> str | None:
    """SQLite names the columns of a broken UNIQUE, never the constraint. A unique field gets PostgreSQL's name."""
    table = columns[0].rpartition(".")[0]
    broken = [column.rpartition(".")[2] for column in columns]
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table != table:
            continue
        for constraint in model._meta.total_unique_constraints + _partial(model):
            fields: list[Any] = [model._meta.get_field(name) for name in constraint.fields]
            if set(broken) == {field.column for field in fields}:
                return constraint.name
    return f"{table}_{'_'.join(broken)}_key"


def _partial(model: Any) -> list[models.UniqueConstraint]:
    unique = [constraint for constraint in model._meta.constraints if isinstance(constraint, models.UniqueConstraint)]
    return [constraint for constraint in unique if constraint.condition is not None]


def constraint_sentence(name: str) -> str:
    """What to tell people about a refusal of the database."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return str(constraint.get_violation_error_message())
    return str(_("Somebody saved the same thing already."))

"""Guards: made, kept through every change of schema, and gone with what they guard. Tables of our own, no product."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, migrations, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from golive.core.guards import (
    EVENTS,
    AppendOnly,
    Kept,
    LegalTransitions,
    Rule,
    named_constraint,
)
from golive.core.triggers import installed

LEGAL = {("open", "busy"), ("busy", "done"), ("done", "open")}
GUARDS = {
    "probe_plan": [
        LegalTransitions(name="probe_plan_moves", field="state", initial="open", legal=LEGAL),
        Rule(
            name="probe_plan_waits_for_gates",
            bad="NEW.state = 'done' AND EXISTS (SELECT 1 FROM probe_gate g WHERE g.plan_id = NEW.id AND NOT g.passed)",
        ),
        models.CheckConstraint(name="probe_plan_size", condition=Q(size__lt=100)),
        models.UniqueConstraint(name="probe_plan_once", fields=["note"], condition=~Q(note="")),
    ],
    "probe_gate": [
        Rule(name="probe_gate_of_open_plan", event="insert_or_update", bad="NEW.note = 'late' AND NEW.passed"),
        Kept(name="probe_gate_kept"),
    ],
    "probe_log": [AppendOnly(name="probe_log_append_only"), Rule(name="probe_no_bad", event="insert", bad="NEW.n < 0")],
}


def table(name: str, *fields: tuple[str, models.Field]) -> migrations.CreateModel:
    options, key = {"db_table": name, "constraints": GUARDS[name]}, ("id", models.BigAutoField(primary_key=True))
    return migrations.CreateModel(name.title().replace("_", ""), [key, *fields], options)


CREATE = [
    # The plan's guard reads a table that is made after it, and SQLite rebuilds the plan in between.
    table(
        "probe_plan",
        ("state", models.CharField(max_length=10, default="open")),
        ("size", models.IntegerField(default=1)),
        ("note", models.CharField(max_length=20, default="")),
    ),
    migrations.AddField("ProbePlan", "weight", models.IntegerField(default=0)),
    table(
        "probe_gate",
        ("plan", models.ForeignKey("probe.ProbePlan", on_delete=models.CASCADE)),
        ("passed", models.BooleanField(default=False)),
        ("note", models.CharField(max_length=20, default="")),
    ),
    table("probe_log", ("n", models.IntegerField(default=0))),
]


class Stage:
    """A little migration history of its own."""

    def __init__(self) -> None:
        self.state = ProjectState()

    def forwards(self, *operations) -> list[ProjectState]:
        passed = [self.state.clone()]
        with connection.schema_editor() as editor:
            for operation in operations:
                after = passed[-1].clone()
                operation.state_forwards("probe", after)
                operation.database_forwards("probe", editor, passed[-1], after)
                passed.append(after)
        self.state = passed[-1]
        return passed

    def backwards(self, operations, passed: list[ProjectState]) -> None:
        with connection.schema_editor() as editor:
            for operation, before, after in reversed(list(zip(operations, passed[:-1], passed[1:], strict=True))):
                operation.database_backwards("probe", editor, after, before)
        self.state = passed[0]

    def assert_guarded(self) -> None:
        wanted = {
            trigger.name: trigger.declared(connection.vendor)
            for model in self.state.apps.get_models()
            for constraint in model._meta.constraints
            if hasattr(constraint, "triggers")
            for trigger in constraint.triggers(model, connection.vendor, model._meta.db_table)
        }
        assert {name: sql for name, sql in installed(connection).items() if name.startswith("probe")} == wanted


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def refused(sql: str, name: str) -> None:
    with pytest.raises(IntegrityError) as caught:
        run(sql)
    assert named_constraint(caught.value) == name


@pytest.fixture
def stage(transactional_db) -> Iterator[Stage]:
    stage = Stage()
    passed = stage.forwards(*CREATE)
    run("INSERT INTO probe_plan (id, state, size, note, weight) VALUES (1, 'open', 1, '', 0)")
    run("INSERT INTO probe_gate (id, plan_id, passed, note) VALUES (1, 1, FALSE, '')")
    yield stage
    stage.backwards(CREATE, passed)
    assert not [name for name in installed(connection) if name.startswith("probe")]


def test_guards_refuse_and_are_named(stage):
    stage.assert_guarded()
    run("UPDATE probe_plan SET state = 'busy'")

    refused("UPDATE probe_plan SET state = 'open'", "probe_plan_moves")
    refused("UPDATE probe_plan SET state = 'done'", "probe_plan_waits_for_gates")
    refused("INSERT INTO probe_plan (id, state, size, note, weight) VALUES (2, 'busy', 1, '', 0)", "probe_plan_moves")
    refused("UPDATE probe_plan SET size = 100", "probe_plan_size")
    refused("INSERT INTO probe_gate (id, plan_id, passed, note) VALUES (2, 1, TRUE, 'late')", "probe_gate_of_open_plan")
    refused("UPDATE probe_gate SET passed = TRUE, note = 'late'", "probe_gate_of_open_plan")
    refused("DELETE FROM probe_gate", "probe_gate_kept")
    refused("INSERT INTO probe_log (n) VALUES (-1)", "probe_no_bad")
    run("UPDATE probe_gate SET passed = TRUE")
    run("UPDATE probe_plan SET state = 'done'")
    run("UPDATE probe_plan SET size = 2")


def test_append_only_refuses_update_delete_truncate_and_replace(stage):
    run("INSERT INTO probe_log (id, n) VALUES (7, 1)")

    refused("UPDATE probe_log SET n = 2", "probe_log_append_only")
    refused("DELETE FROM probe_log", "probe_log_append_only")
    if connection.vendor == "postgresql":
        refused("TRUNCATE probe_log", "probe_log_append_only")
        refused("TRUNCATE probe_gate", "probe_gate_kept")
    else:
        refused("REPLACE INTO probe_log (id, n) VALUES (7, 2)", "probe_log_append_only")


PLAN, GATE = "ProbePlan", "ProbeGate"
CHANGES = {
    "add field": [migrations.AddField(PLAN, "more", models.IntegerField(default=3))],
    "add field with db default": [migrations.AddField(PLAN, "more", models.IntegerField(db_default=3))],
    "add key": [migrations.AddField(PLAN, "above", models.ForeignKey("self", null=True, on_delete=models.CASCADE))],
    "alter field": [migrations.AlterField(PLAN, "size", models.BigIntegerField(default=2))],
    "alter the guarded field": [migrations.AlterField(PLAN, "state", models.CharField(max_length=30, default="open"))],
    "remove field": [migrations.RemoveField(PLAN, "weight")],
    "rename field": [migrations.RenameField(PLAN, "weight", "mass")],
    "add and remove check": [
        migrations.AddConstraint(PLAN, models.CheckConstraint(name="probe_w", condition=Q(weight__lt=9))),
        migrations.RemoveConstraint(PLAN, "probe_plan_size"),
    ],
    "add unique": [migrations.AddConstraint(GATE, models.UniqueConstraint(name="probe_u", fields=["plan", "note"]))],
    "remove unique": [migrations.RemoveConstraint(PLAN, "probe_plan_once")],
    "add guard": [migrations.AddConstraint(PLAN, Rule(name="probe_more", bad="NEW.size > 50"))],
    "remove guard": [migrations.RemoveConstraint(PLAN, "probe_plan_moves")],
    "remove guard of two": [migrations.RemoveConstraint(GATE, "probe_gate_of_open_plan")],
    "rename table": [migrations.AlterModelTable(PLAN, "probe_plan_two")],
    "rename model": [migrations.AlterModelTable(PLAN, None), migrations.RenameModel(PLAN, "ProbePlanTwo")],
    "unique together": [migrations.AlterUniqueTogether(GATE, {("plan", "passed")})],
    "change the table that is read": [
        migrations.AddField(GATE, "more", models.IntegerField(default=3)),
        migrations.AlterField(GATE, "note", models.TextField(default="")),
        migrations.RemoveField(GATE, "more"),
    ],
    "change the table that is read and rename a key": [
        migrations.AddField(GATE, "other", models.ForeignKey("probe.ProbeLog", null=True, on_delete=models.CASCADE)),
        migrations.RenameField(GATE, "other", "log"),
    ],
    "make, rebuild and rename in one": [
        migrations.CreateModel(
            "ProbeNew",
            [("id", models.BigAutoField(primary_key=True)), ("n", models.IntegerField())],
            {"constraints": [AppendOnly(name="probe_new_append_only")], "db_table": "probe_new"},
        ),
        migrations.AddField("ProbeNew", "more", models.IntegerField(default=1)),
        migrations.AlterModelTable("ProbeNew", "probe_newer"),
    ],
    "make and drop in one": [
        migrations.CreateModel(
            "ProbeNew",
            [("id", models.BigAutoField(primary_key=True))],
            {"constraints": [AppendOnly(name="probe_new_append_only")], "db_table": "probe_new"},
        ),
        migrations.DeleteModel("ProbeNew"),
    ],
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_of_schema_keeps_the_guards(stage, change):
    operations = CHANGES[change]

    passed = stage.forwards(*operations)

    stage.assert_guarded()
    stage.backwards(operations, passed)
    stage.assert_guarded()
    run("UPDATE probe_plan SET state = 'busy'")
    refused("UPDATE probe_plan SET state = 'done'", "probe_plan_waits_for_gates")


def test_a_guard_changed_in_the_model_is_made_again_and_only_once():
    def state(*constraints) -> ProjectState:
        state = ProjectState()
        fields = [("id", models.BigAutoField(primary_key=True)), ("state", models.CharField(max_length=9))]
        state.add_model(ModelState("probe", "Plan", fields, {"constraints": list(constraints)}))
        return state

    def changes(before, after) -> list[str]:
        found = MigrationAutodetector(state(before), state(after))._detect_changes()
        return [type(operation).__name__ for step in found.get("probe", []) for operation in step.operations]

    def moves(legal, message=None):
        return LegalTransitions(name="m", field="state", initial="a", legal=legal, message=message)

    assert changes(moves({("a", "b"), ("b", "c")}), moves([("b", "c"), ("a", "b")])) == []
    assert changes(moves({("a", "b")}), moves({("a", "c")})) == ["RemoveConstraint", "AddConstraint"]
    assert changes(moves({("a", "b")}), moves({("a", "b")}, _("Not yet."))) == ["AlterConstraint"]
    assert changes(Rule(name="r", bad="1=1"), Rule(name="r", bad="1=2")) == ["RemoveConstraint", "AddConstraint"]


@pytest.mark.parametrize("event", EVENTS)
def test_a_guard_is_written_into_a_migration_and_read_back(event):
    bad = {"sqlite": "NEW.n > 1", "postgresql": "NEW.n > 2"}
    rule = Rule(name="r", bad=bad, event=event, message=_("Too much."))

    text, _imports = MigrationWriter.serialize(rule)

    written = f"bad={dict(sorted(bad.items()))!r}, event={event!r}, message='Too much.', name='r'"
    assert text == f"golive.core.guards.Rule({written})"
    assert rule.clone() == rule
    assert rule.clone().get_violation_error_message() == "Too much."


def test_a_name_that_postgresql_would_cut_is_refused():
    with pytest.raises(ValueError, match="too long"):
        AppendOnly(name="n" * 55)

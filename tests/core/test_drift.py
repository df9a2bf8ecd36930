"""Which constraint refused, and whether the guards of the database are still the declared ones."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now

from golive.audit.models import AuditRow, ChainHead
from golive.core.guards import constraint_sentence, declared, drift, named_constraint


def names_of(*acts) -> list[str | None]:
    found = []
    for act in acts:
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            act()
        found.append(named_constraint(caught.value))
    return found


def test_every_named_constraint_is_known_by_its_name_on_both_databases(db):
    row = {"chain": "site", "seq": 1, "at": now(), "prev_hash": "a" * 64, "hash": "b" * 64}
    stored = AuditRow.objects.create(**row)
    ChainHead.objects.create(name="site")

    assert names_of(
        lambda: AuditRow.objects.create(**row | {"prev_hash": "c" * 64}),
        lambda: AuditRow.objects.create(**row | {"seq": 2}),
        lambda: AuditRow.objects.create(**row | {"seq": 0, "prev_hash": "c" * 64}),
        lambda: AuditRow.objects.filter(pk=stored.pk).update(act="other"),
        lambda: ChainHead.objects.create(name="site"),
    ) == ["audit_seq_once", "audit_no_fork", "audit_seq_from_one", "audit_append_only", "audit_chainhead_name_key"]
    assert constraint_sentence("audit_append_only") == "History is never changed."
    assert constraint_sentence("audit_chainhead_name_key") == "Somebody saved the same thing already."


@pytest.mark.django_db(transaction=True)
def test_a_broken_reference_has_no_name():
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        AuditRow.objects.create(chain="site", seq=1, at=now(), actor_id=987_654)

    assert named_constraint(caught.value) is None


def test_no_drift_where_all_guards_stand(db):
    assert drift(connection) == []


def test_drift_finds_a_dropped_an_altered_and_an_undeclared_guard(db):
    guards = {guard.name: guard for guard in declared(connection.vendor)}
    dropped, altered = guards["audit_append_only_delete"], guards["audit_head_moves_by_one"]
    weaker, stray = replace(altered, bad="FALSE"), replace(altered, name="stray")
    for sql in [
        *dropped.drop(connection.vendor),
        *altered.drop(connection.vendor),
        *weaker.create(connection.vendor),
        *stray.create(connection.vendor),
    ]:
        connection.cursor().execute(sql)

    assert drift(connection) == [
        "The guard audit_append_only_delete is missing.",
        "The guard audit_head_moves_by_one says something else.",
        "The guard stray is not declared by any model.",
    ]


def test_drift_finds_a_guard_that_was_switched_off(db):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite cannot switch a trigger off")
    connection.cursor().execute("ALTER TABLE audit_auditrow DISABLE TRIGGER audit_append_only_update")

    assert drift(connection) == ["The guard audit_append_only_update says something else."]

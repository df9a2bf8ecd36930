from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from golive.core.guards import declared


def verified() -> list[str]:
    out = StringIO()
    call_command("verify", stdout=out)
    return out.getvalue().splitlines()


def refused() -> list[str]:
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify", stdout=out)
    return out.getvalue().splitlines()


def test_verify_says_ok_for_each_proof(db, write):
    write("site", 3)

    assert verified()[:2] == ["chains: ok", "guards: ok"]


def test_verify_names_the_first_bad_row_and_ends_with_an_error(db, write, unguarded):
    write("site", 3)
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditrow SET act = 'other' WHERE seq > 1")

    assert refused()[:2] == [
        "chains: 1 wrong",
        "  Chain site: row 2 was changed: a column says something else than its body.",
    ]


def test_verify_names_each_guard_that_is_gone(db):
    gone = [guard for guard in declared(connection.vendor) if guard.guard == "audit_append_only"]
    with connection.cursor() as cursor:
        for sql in [sql for guard in gone for sql in guard.drop(connection.vendor)]:
            cursor.execute(sql)

    lines = refused()

    assert lines[:2] == ["chains: ok", f"guards: {len(gone)} wrong"]
    assert lines[2] == "  The guard audit_append_only_delete is missing."

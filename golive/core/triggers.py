"""Triggers as text: how one is created, dropped and read back, on SQLite and on PostgreSQL."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.backends.ddl_references import Statement, Table

LONGEST_NAME = 63  # PostgreSQL cuts longer ones without a word


@dataclass(frozen=True)
class Trigger:
    """Before `event` on a row of `table`: when `bad` holds, the statement is refused in the name of `guard`."""

    guard: str
    name: str
    table: str
    event: str  # insert, update, delete; truncate on PostgreSQL only
    bad: str

    def create(self, vendor: str) -> list[str]:
        if vendor == "sqlite":
            return [self._sqlite()]
        return [self._function(), self._postgresql()]

    def drop(self, vendor: str) -> list[str]:
        if vendor == "sqlite":
            return [f'DROP TRIGGER IF EXISTS "{self.name}"']
        return [
            f'DROP TRIGGER IF EXISTS "{self.name}" ON "{self.table}"',
            f'DROP FUNCTION IF EXISTS "{self.name}"()',
        ]

    def declared(self, vendor: str) -> str:
        """What `installed` must say of it."""
        if vendor == "sqlite":
            return plain(self._sqlite())
        return plain(f"{self._postgresql()} {self._body()}")

    def _sqlite(self) -> str:
        return (
            f'CREATE TRIGGER "{self.name}" BEFORE {self.event.upper()} ON "{self.table}" FOR EACH ROW '
            f"WHEN ({self.bad}) BEGIN SELECT RAISE(ABORT, '{self.guard}'); END"
        )

    # A plain UPDATE, not UPDATE OF state: that one would block altering the column.
    def _postgresql(self) -> str:
        each = "STATEMENT" if self.event == "truncate" else "ROW"
        return (
            f'CREATE TRIGGER "{self.name}" BEFORE {self.event.upper()} ON "{self.table}" '
            f'FOR EACH {each} EXECUTE FUNCTION "{self.name}"()'
        )

    def _function(self) -> str:
        head = f'CREATE OR REPLACE FUNCTION "{self.name}"() RETURNS trigger LANGUAGE plpgsql'
        return f"{head} AS $guard${self._body()}$guard$"

    def _body(self) -> str:
        answer = {"delete": "OLD", "truncate": "NULL"}.get(self.event, "NEW")
        return (
            f" BEGIN IF ({self.bad}) THEN RAISE EXCEPTION '{self.guard}' USING ERRCODE = 'check_violation', "
            f"CONSTRAINT = '{self.guard}', TABLE = TG_TABLE_NAME; END IF; RETURN {answer}; END "
        )


class GuardSQL(Statement):
    """The statements of one guard, as Django's schema editors keep them for the end of a migration."""

    def __init__(self, table: str, write: Callable[[str], Iterable[str]]) -> None:
        super().__init__("", table=Table(table, lambda name: f'"{name}"'))
        self.write = write

    def statements(self) -> list[str]:
        return list(self.write(self.parts["table"].table))

    def __str__(self) -> str:
        return ";\n".join(self.statements())


def plain(sql: str) -> str:
    """Without the quotes and blanks that databases add when they rename a table: only what it says."""
    return " ".join(re.sub(r'"(\w+)"', r"\1", sql).split())


def installed(connection: Any) -> dict[str, str]:
    """Every trigger of this database by name; a switched off one does not count as said."""
    if connection.vendor == "sqlite":
        return _rows(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return _rows(
        connection,
        "SELECT t.tgname, CASE WHEN t.tgenabled IN ('O', 'A') THEN '' ELSE 'DISABLED ' END"
        " || replace(pg_get_triggerdef(t.oid), ' ON ' || quote_ident(n.nspname) || '.', ' ON ')"
        " || ' ' || p.prosrc"
        " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
        " JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND n.nspname = current_schema()",
    )


def _rows(connection: Any, sql: str) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {name: plain(text) for name, text in cursor.fetchall()}

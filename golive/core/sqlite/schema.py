"""Django's SQLite schema editor, keeping the triggers when it rebuilds a table."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3.schema import DatabaseSchemaEditor as SQLiteSchemaEditor
from django.db.models.constraints import BaseConstraint

from golive.core.guards import Guard
from golive.core.triggers import GuardSQL


class DatabaseSchemaEditor(SQLiteSchemaEditor):
    def execute(self, sql: Any, params: Any = ()) -> None:
        if isinstance(sql, GuardSQL):
            for statement in sql.statements():  # SQLite takes one at a time
                super().execute(statement, None)
        else:
            super().execute(sql, params)

    def _remake_table(self, *args: Any, **kwargs: Any) -> None:
        # Guards still waiting for the end of the migration go on waiting: the tables they read may not be there yet.
        waiting = [sql for sql in self.deferred_sql if isinstance(sql, GuardSQL)]
        self.deferred_sql = [sql for sql in self.deferred_sql if not isinstance(sql, GuardSQL)]
        with self._triggers_aside():
            super()._remake_table(*args, **kwargs)  # type: ignore[misc]
        self.deferred_sql += waiting

    def remove_field(self, model: Any, field: Any) -> None:
        # On the way back a trigger may read a table that is gone already; DROP COLUMN looks at all of them.
        with self._triggers_aside():
            super().remove_field(model, field)

    @contextmanager
    def _triggers_aside(self) -> Iterator[None]:
        """All of them: a rebuild drops those of its table, and fails on those of other tables that read it."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
            triggers = cursor.fetchall()
        for name, _sql in triggers:
            super().execute(f'DROP TRIGGER "{name}"', None)
        yield
        for _name, sql in triggers:
            super().execute(sql, None)

    # Django rebuilds the table for a constraint, and never asks it for its SQL.
    def add_constraint(self, model: Any, constraint: BaseConstraint) -> None:
        if isinstance(constraint, Guard):
            self.execute(constraint.create_sql(model, self), None)
        else:
            super().add_constraint(model, constraint)

    def remove_constraint(self, model: Any, constraint: BaseConstraint) -> None:
        if isinstance(constraint, Guard):
            self.execute(constraint.remove_sql(model, self), None)
        else:
            super().remove_constraint(model, constraint)

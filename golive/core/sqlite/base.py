"""Django's SQLite backend with our schema editor. ENGINE = "golive.core.sqlite"."""

from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper as SQLiteWrapper

from golive.core.sqlite.schema import DatabaseSchemaEditor


class DatabaseWrapper(SQLiteWrapper):
    SchemaEditorClass = DatabaseSchemaEditor

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        # Else REPLACE deletes a row without asking its delete trigger.
        connection.execute("PRAGMA recursive_triggers = ON")
        return connection

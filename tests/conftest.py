"""What every test stands on. Fixtures with people and projects are in tests/builders.py and beside the tests."""

import ipaddress
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import override_settings

from golive.core.guards import declared
from golive.core.triggers import installed

ASKS_A_DATABASE = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What asks no database is the same on both: `make test-services` leaves it to `make test`."""
    for item in items:
        asks = item.get_closest_marker("django_db") or ASKS_A_DATABASE & set(getattr(item, "fixturenames", ()))
        if not asks and not item.get_closest_marker("services"):
            item.add_marker(pytest.mark.once)


@pytest.fixture(scope="session", autouse=True)
def fast_passwords() -> Iterator[None]:
    """The real hasher is slow by design: 16 seconds of the suite."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def short_checklist() -> Iterator[None]:
    """Most tests need a checklist, and few its 140 questions: it begins with the small version that came first."""
    with override_settings(CHECKLIST_CATALOGUE="2026-1-foundation"):
        yield


@pytest.fixture
def whole_checklist() -> Iterator[None]:
    """The checklist that people get."""
    with override_settings(CHECKLIST_CATALOGUE=""):
        yield


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> Path:
    """Where the product keeps files, for this test alone."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@contextmanager
def without_guards(alias: str, *, events: tuple[str, ...]) -> Iterator[None]:
    """Takes the guards of these events down and puts them up again, in one transaction."""
    connection = connections[alias]
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with deferred checks to come cannot be altered
        standing = installed(connection)
        guards = [guard for guard in declared(connection.vendor) if guard.event in events and guard.name in standing]
        for guard in guards:
            for sql in guard.drop(connection.vendor):
                cursor.execute(sql)
        yield
        for guard in guards:
            for sql in guard.create(connection.vendor):
                cursor.execute(sql)


@pytest.fixture
def unguarded() -> Callable[[], AbstractContextManager[None]]:
    """`with unguarded():` somebody with the database in his hands, whom no guard stops."""
    return lambda: without_guards("default", events=("insert", "update", "delete", "truncate"))


@pytest.fixture(scope="session", autouse=True)
def flush_append_only_tables() -> Iterator[None]:
    """A transactional test empties all tables at its end, those of history too: the few that it filled."""

    def sql_flush(self: BaseDatabaseOperations, style: Any, tables: list[str], **_options: Any) -> list[str]:
        return [f"DELETE FROM {self.quote_name(table)}" for table in filled(self.connection, tables)]

    def execute_sql_flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        with resting(self.connection), self.connection.cursor() as cursor:
            for sql in sql_list:
                cursor.execute(sql)

    with pytest.MonkeyPatch.context() as patch:
        operations = type(connections["default"].ops)
        patch.setattr(operations, "sql_flush", sql_flush)
        patch.setattr(operations, "execute_sql_flush", execute_sql_flush)
        yield


@contextmanager
def resting(connection: Any) -> Iterator[None]:
    """No trigger stops a deletion: PostgreSQL tells them all to rest, SQLite knows nothing like it."""
    if connection.vendor != "postgresql":
        with without_guards(connection.alias, events=("delete",)):
            yield
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield


def filled(connection: Any, tables: list[str]) -> list[str]:
    """In one question; emptying what is empty would cost more than the test."""
    quoted = [(table, connection.ops.quote_name(table)) for table in tables]
    asked = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {name})" for table, name in quoted)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [table for (table,) in cursor.fetchall()]


class OutboundCall(AssertionError):
    """The product called out to the world: it never does."""


def _is_near(address: object) -> bool:
    if not isinstance(address, tuple):
        return True  # a socket file
    host = str(address[0])
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host in {"localhost", ""}


@pytest.fixture(scope="session", autouse=True)
def no_outbound_sockets() -> Iterator[None]:
    """Names are not looked up and nothing is reached but this machine."""

    def near_only(call: Callable, position: int) -> Callable:
        def checked(*args, **kwargs):
            if len(args) > position and not _is_near(args[position]):
                raise OutboundCall(args[position])
            return call(*args, **kwargs)

        return checked

    def look_up(host, *args, **kwargs):
        name = host.decode() if isinstance(host, bytes) else host
        if name and not _is_near((name,)):
            raise OutboundCall(name)
        return getaddrinfo(host, *args, **kwargs)

    getaddrinfo = socket.getaddrinfo
    with pytest.MonkeyPatch.context() as patch:
        for method in ("connect", "connect_ex"):
            patch.setattr(socket.socket, method, near_only(getattr(socket.socket, method), 1))
        patch.setattr(socket, "getaddrinfo", look_up)
        yield

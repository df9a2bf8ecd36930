"""Which errors of a database mean that it is busy or away, and which that a value does not fit."""

from __future__ import annotations

from django.db import DataError, IntegrityError, InterfaceError, OperationalError

# SQLite calls a missing table operational too: only these are a matter of time.
PASSING = ("locked", "busy", "unable to open", "disk i/o", "disk is full")
UNIQUE = "23505"


def is_unavailable(error: BaseException | None) -> bool:
    """A lock not given in time, a deadlock, a lost connection: worth another try."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    if type(error.__cause__).__module__.startswith("psycopg"):
        return True
    return isinstance(error, OperationalError) and any(word in str(error).lower() for word in PASSING)


def is_misfit(error: BaseException) -> bool:
    """A value that no column holds, which a border should have stopped."""
    return isinstance(error, DataError) or (isinstance(error, OverflowError) and "SQLite" in str(error))


def is_duplicate(error: IntegrityError) -> bool:
    """The same thing twice, named or not."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return diagnosis.sqlstate == UNIQUE if diagnosis else str(error).startswith("UNIQUE constraint failed")

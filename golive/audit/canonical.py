"""What a row says, as text that is the same every time; and the hash that ties it to the row before."""

import json
import math
import re
import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

# Ids, codes, digests, paths of ours. No blanks, no letters beyond ASCII, no @: names, prose and addresses stay outside.
CODE = re.compile(r"[!-?A-~]{0,120}")


def canonical(body: Mapping[str, Any]) -> str:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def chained(prev_hash: str, body: str) -> str:
    return sha256((prev_hash + body).encode()).hexdigest()


def moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("A moment in history needs its time zone.")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def code(value: str) -> str:
    if not CODE.fullmatch(value):
        raise ValueError("History takes ids, codes, digests, numbers and dates; free text does not get in.")
    return str(value)


def facts(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """What changed: refuses whatever could be a name or prose, since history is kept for ever and shown to many."""
    return {code(key): _fact(value) for key, value in (values or {}).items()}


def _fact(value: Any) -> Any:
    if isinstance(value, list | tuple | set | frozenset):
        items = [_single(item) for item in value]
        return sorted(items, key=str) if isinstance(value, set | frozenset) else items
    return _single(value)


def _single(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | uuid.UUID | Decimal):
        return code(str(value))
    raise ValueError(f"History does not take a {type(value).__name__}.")

"""Pages of a list by keyset: the cursor says where the last page ended, so page 1,000 costs what page 1 costs."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from golive.core.json_body import loads
from golive.core.problems import Problem
from golive.core.text import LARGEST

MOST = 100
LONGEST_CURSOR = 1_500


def page_of(
    queryset: QuerySet,
    request: HttpRequest,
    *,
    key: str | Sequence[str],
    size: int = 50,
    show: Callable[[Any], Any] | None = None,
) -> dict[str, Any]:
    """One page in the order of `key`, fields that are never null and together unique; `-` before one: descending."""
    names = [key] if isinstance(key, str) else list(key)
    size = size_of(request, size)
    if cursor := request.GET.get("cursor", ""):
        queryset = queryset.filter(after(queryset.model, names, values_in(cursor, queryset.model, names)))
    rows = list(queryset.order_by(*names)[: size + 1])
    following = next_url(request, rows[size - 1], names) if len(rows) > size else None
    shown = rows[:size]
    return {"results": [show(row) for row in shown] if show else shown, "next": following}


def size_of(request: HttpRequest, size: int) -> int:
    asked = request.GET.get("page_size")
    if asked is None:
        return min(size, MOST)
    if not re.fullmatch(r"[0-9]{1,12}", asked) or int(asked) < 1:
        raise Problem(400, "page_size_malformed", _("page_size must be a number from 1 to 100."))
    return min(int(asked), MOST)


def after(model: type[Model], names: list[str], values: list[Any]) -> Q:
    """Later in the first field, or equal there and later in the second, and so on.

    That the first is not earlier follows from it; said apart, a database begins there in its index, not at page one.
    """
    begins = "lte" if names[0].startswith("-") else "gte"
    later, equal, bound = Q(), Q(), Q(**{f"{names[0].lstrip('-')}__{begins}": values[0]})
    for name, value in zip(names, values, strict=True):
        bare = name.lstrip("-")
        later |= equal & Q(**{f"{bare}__{'lt' if name.startswith('-') else 'gt'}": value})
        equal &= Q(**{bare: value})
    return bound & later


def next_url(request: HttpRequest, last: Any, names: list[str]) -> str:
    """Without scheme and host, so that nobody's Host header ends up in it."""
    query = request.GET.copy()
    query["cursor"] = cursor_of(last, names)
    return f"{request.path}?{query.urlencode()}"


def cursor_of(row: Any, names: list[str]) -> str:
    text = json.dumps([plain(value_of(row, name.lstrip("-"))) for name in names], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def value_of(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, str | int) else str(value)


def values_in(cursor: str, model: type[Model], names: list[str]) -> list[Any]:
    """The cursor is not signed: it says nothing that a filter may not, and is checked like any other input."""
    try:
        if len(cursor) > LONGEST_CURSOR or not cursor.isascii():
            raise ValueError("no cursor of ours")
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        values = loads(raw)
        if not isinstance(values, list) or len(values) != len(names):
            raise ValueError("a cursor of another list")
        return [typed(field_of(model, name.lstrip("-")), value) for name, value in zip(names, values, strict=True)]
    except (ValueError, TypeError, RecursionError, OverflowError, ValidationError) as error:
        raise Problem(400, "cursor_malformed", _("This cursor is not one that we gave.")) from error


def field_of(model: Any, path: str) -> Any:
    """The field at the end of `relation__relation__field`."""
    *relations, last = path.split("__")
    for name in relations:
        model = model._meta.get_field(name).related_model
    return model._meta.pk if last == "pk" else model._meta.get_field(last)


def typed(field: Field, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError("no value of a key")
    value = field.to_python(value)
    if value is None or (isinstance(value, int) and abs(value) > LARGEST):
        raise ValueError("no value of a key")
    if isinstance(value, datetime) and timezone.is_naive(value):
        raise ValueError("a moment without a zone")
    return value

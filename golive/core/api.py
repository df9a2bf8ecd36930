"""The API's own border: strict bodies, strict fields, If-Match and pages; problems stand in problems.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.request import Request

from golive.core import text
from golive.core.decision import Decision
from golive.core.json_body import StrictJSONParser
from golive.core.links import reasons_of
from golive.core.paging import page_of
from golive.core.problems import Problem, problem

__all__ = [
    "SHOWN", "BlockField", "DayField", "LineField", "LinkField", "Problem", "StrictJSONParser", "StrictSerializer",
    "bordered", "decision_json", "if_match", "page_of", "problem",
]  # fmt: skip

SHOWN = {200: OpenApiTypes.OBJECT}  # for the schema: an answer of ids and codes, told where it is made
REVISION = re.compile(r'(?:"([0-9]{1,9})"|([0-9]{1,9}))')


class StrictSerializer(serializers.Serializer):
    """Refuses fields it does not know or only shows: a misspelt or sneaked one is an error, never silence."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if isinstance(data, Mapping):
            known = {name for name, field in self.fields.items() if not field.read_only}
            if extra := sorted(str(name) for name in set(data) - known):
                raise serializers.ValidationError({name: [_("Unknown field.")] for name in extra}, code="unknown")
        return super().to_internal_value(data)


def bordered(check: Callable[[], Any]) -> Any:
    """What a border check answers, its refusal as the serializers know it."""
    try:
        return check()
    except ValidationError as error:
        raise serializers.ValidationError(error.messages, code=error.code) from error


class LineField(serializers.CharField):
    """One line in a body: a name, a title, a reference."""

    kind: text.Kind = "line"
    longest = text.LINE

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        self.limit = max_length or self.longest
        super().__init__(max_length=self.limit, trim_whitespace=False, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        value = bordered(lambda: text.clean_text(data, limit=self.limit, kind=self.kind))
        if not value and not self.allow_blank:
            self.fail("blank")
        return value


class BlockField(LineField):
    """Several lines in a body: an answer, a comment, a reason."""

    kind: text.Kind = "block"
    longest = text.BLOCK


class LinkField(LineField):
    """The address of a page elsewhere in a body."""

    def to_internal_value(self, data: Any) -> str:
        return super().to_internal_value(data) and bordered(lambda: text.clean_link(data, limit=self.limit))


class DayField(serializers.DateField):
    """A day of a plan in a body."""

    form = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

    def to_internal_value(self, value: Any) -> date:
        if not isinstance(value, str) or not self.form.fullmatch(value):
            self.fail("invalid", format="YYYY-MM-DD")
        day = super().to_internal_value(value)
        return bordered(lambda: text.clean_day(day, today=timezone.localdate()))


def if_match(request: Request) -> int:
    """The revision that the caller has seen."""
    header = request.headers.get("If-Match")
    if header is None:
        raise Problem(428, "revision_missing", _("Say in If-Match which revision you have seen."))
    match = REVISION.fullmatch(header.strip())
    if not match:
        raise Problem(400, "revision_malformed", _("If-Match must be the number of a revision."))
    return int(match[1] or match[2])


def decision_json(decision: Decision, request: Request) -> dict[str, Any]:
    """What the API says of an act before anybody tries it; `request` gives its own address to links."""
    return {"allowed": bool(decision), "reasons": reasons_of(decision)}

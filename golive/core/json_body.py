"""A body of JSON, read strictly: whatever two readers could understand differently is refused."""

from __future__ import annotations

import json
import math
from typing import IO, Any, NoReturn

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from golive.core.text import LARGEST

DEPTH = 20


class StrictJSONParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        _type, parameters = parse_header_parameters(media_type or "")
        if parameters.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
            raise ParseError(_("The body must be UTF-8."))
        try:
            return loads(limited(stream))
        except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError
            raise ParseError(_("The body is no JSON that can be read without doubt.")) from error


def limited(stream: IO[bytes]) -> bytes:
    """Reading the stream passes Django's own limit by, so it is kept here."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    raw = stream.read(most + 1)
    if len(raw) > most:
        raise RequestDataTooBig(f"The body is larger than {most} bytes.")
    return raw


def loads(raw: bytes) -> Any:
    value = json.loads(
        raw.decode("utf-8"),
        object_pairs_hook=once,
        parse_constant=refuse,
        parse_float=finite,
        parse_int=bounded,
    )
    check(value, DEPTH)
    return value


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) < len(pairs):
        raise ValueError("a name stands twice")
    return names


def refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("the number is out of range")
    return number


def bounded(digits: str) -> int:
    if len(digits) > 20 or abs(int(digits)) > LARGEST:
        raise ValueError("the number is out of range")
    return int(digits)


def check(value: Any, depth: int) -> None:
    """Strings that a database cannot keep, and structures that nobody meant."""
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError("NUL in a text")
        value.encode("utf-8")  # a lone surrogate raises
    elif isinstance(value, dict | list):
        if depth < 1:
            raise ValueError("nested too deeply")
        for item in [*value, *value.values()] if isinstance(value, dict) else value:
            check(item, depth - 1)

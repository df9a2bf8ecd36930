"""The border that every text crosses: forms, serializers, imports and query parameters use this and nothing else."""

from __future__ import annotations

import json
import math
import unicodedata
from datetime import date
from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Kind = Literal["line", "block"]

LINE = 200
BLOCK = 5_000
LARGEST = 2**63 - 1
YEARS = 5
# Longer runs of combining marks are no language; sorting them would cost quadratic time.
MARKS = 20
BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SEPARATORS = frozenset("\u2028\u2029")
# Letters that draw nothing and are not of category Cf.
FILLERS = frozenset("\u034f\u115f\u1160\u3164\uffa0")


def clean_text(value: Any, *, limit: int, kind: Kind = "line") -> str:
    """The text as it is stored: NFC, stripped, without signs that break a database, a page or a reader's trust."""
    if not isinstance(value, str):
        raise ValidationError(_("This must be text."), code="not_text")
    if len(value) > 4 * limit:
        raise ValidationError(_("At most %(limit)d characters."), code="too_long", params={"limit": limit})
    if kind == "block":
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    if not (value.isascii() and value.isprintable()):
        refuse_signs(value, kind)
        value = unicodedata.normalize("NFC", value)
    value = value.strip()
    if len(value) > limit:
        raise ValidationError(_("At most %(limit)d characters."), code="too_long", params={"limit": limit})
    return value


def refuse_signs(text: str, kind: Kind) -> None:
    marks = 0
    for sign in text:
        if code := fault_of(sign, kind):
            raise ValidationError(sentence_of(code), code=code, params={"point": f"U+{ord(sign):04X}"})
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks > MARKS:
            raise ValidationError(_("Too many accents on one letter."), code="marks")


def fault_of(sign: str, kind: Kind) -> str:
    """The code of what is wrong with this sign, or nothing."""
    if sign == "\0":
        return "nul"
    category, point = unicodedata.category(sign), ord(sign)
    if category == "Cs":
        return "surrogate"
    if category == "Cc":
        return "" if kind == "block" and sign in "\n\t" else "control"
    if point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF:
        return "noncharacter"
    return fault_in_line(sign, category) if kind == "line" else ""


def fault_in_line(sign: str, category: str) -> str:
    """Names, titles and addresses: nothing that reorders, hides or breaks them."""
    if sign in BIDI:
        return "bidi"
    if sign in SEPARATORS:
        return "line_break"
    return "invisible" if category == "Cf" or sign in FILLERS else ""


def sentence_of(code: str) -> str:
    return {
        "bidi": _("This must not contain signs that change the direction of writing (%(point)s)."),
        "invisible": _("This must not contain invisible signs (%(point)s)."),
        "line_break": _("This must be one line."),
    }.get(code, _("This contains a sign that cannot be stored (%(point)s)."))


def clean_json(value: Any, depth: int = 20, size: int = 64_000) -> Any:
    """A JSON value with every string and key cleaned, finite numbers, and an end to its depth and size."""
    cleaned = walk_json(value, depth, size)
    if len(json.dumps(cleaned, ensure_ascii=False, allow_nan=False).encode()) > size:
        raise ValidationError(_("This is larger than %(size)d bytes."), code="too_large", params={"size": size})
    return cleaned


def walk_json(value: Any, depth: int, size: int) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return clean_text(value, limit=size, kind="block")
    if isinstance(value, int | float):
        return clean_number(value)
    if not isinstance(value, dict | list):
        raise ValidationError(_("This is no JSON value."), code="not_json")
    if depth < 1:
        raise ValidationError(_("This is nested too deeply."), code="too_deep")
    if isinstance(value, list):
        return [walk_json(item, depth - 1, size) for item in value]
    return walk_object(value, depth - 1, size)


def walk_object(value: dict, depth: int, size: int) -> dict:
    cleaned = {clean_text(key, limit=LINE): walk_json(item, depth, size) for key, item in value.items()}
    if len(cleaned) < len(value):
        raise ValidationError(_("Two names in this are the same."), code="duplicate_key")
    return cleaned


def clean_number(value: int | float) -> int | float:
    finite = math.isfinite(value) if isinstance(value, float) else abs(value) <= LARGEST
    if not finite:
        raise ValidationError(_("This number is out of range."), code="out_of_range")
    return value


def clean_link(value: Any, *, limit: int) -> str:
    """An address that a page may link to: nothing that a browser would run or that goes over an open line."""
    link = clean_text(value, limit=limit)
    try:
        URLValidator(schemes=["https"])(link)
    except ValidationError as error:
        raise ValidationError(_("Give a whole address that begins with https://."), code="link") from error
    return link


def clean_day(day: date, *, today: date) -> date:
    """A day that a plan can mean: within five years of today."""
    if abs(day.year - today.year) > YEARS or abs((day - today).days) > YEARS * 366:
        raise ValidationError(_("Choose a day within five years of today."), code="out_of_range")
    return day


class LineField(forms.CharField):
    """One line in a form: a name, a title, a reference."""

    kind: Kind = "line"

    def __init__(self, *, max_length: int = LINE, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, strip=False, **kwargs)
        self.limit = max_length

    def to_python(self, value: Any) -> str:
        if value in self.empty_values:
            return ""
        return clean_text(value, limit=self.limit, kind=self.kind)


class BlockField(LineField):
    """Several lines in a form: an answer, a comment, a reason."""

    kind: Kind = "block"
    widget = forms.Textarea

    def __init__(self, *, max_length: int = BLOCK, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)


class LinkField(LineField):
    """The address of a page elsewhere in a form."""

    widget = forms.URLInput

    def to_python(self, value: Any) -> str:
        return clean_link(value, limit=self.limit) if value not in self.empty_values else ""


class DayField(forms.DateField):
    """A day of a plan in a form, as the browser's date field sends it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": gettext_lazy("Write a day as year-month-day, such as 2026-12-04.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        return day if day is None else clean_day(day, today=timezone.localdate())

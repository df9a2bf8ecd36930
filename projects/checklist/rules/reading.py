"""One raw answer crossing the border: each kind of question reads its own value, every fault is kept by field."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from golive.core.text import BLOCK, Kind, clean_day, clean_text
from projects.checklist.rules.questions import NONE, Question

LARGEST = 1e12
DECIMALS = 4
ON = ("on", "true", "1", True)


class Reading:
    """What was sent for one question. `errors`: by field, so that a page can say them where they belong."""

    def __init__(self, question: Question, raw: Mapping[str, Any], today: date) -> None:
        self.question, self.raw, self.today = question, raw, today
        self.errors: dict[str, ValidationError] = {}

    def one(self, name: str, read: Callable[[Any], Any]) -> Any:
        """A field as its reader understands it; nothing sent is nothing read."""
        sent = self.sent(name)
        try:
            return None if sent in (None, "", []) else read(sent)
        except ValidationError as error:
            self.errors[name] = error
            return None

    def text(self, name: str, limit: int, kind: Kind = "block") -> str:
        return self.one(name, lambda sent: clean_text(sent, limit=limit, kind=kind)) or ""

    def sent(self, name: str) -> Any:
        if self.question.answer == "multi" and name == "value" and hasattr(self.raw, "getlist"):
            return [one for one in self.raw.getlist(name) if one]
        return self.raw.get(name)

    def value(self, sent: Any) -> Any:
        if self.question.answer == "multi":
            return self.several(sent)
        if self.question.choices:
            return self.choice(sent)
        readers = {"date": self.day, "number": self.number, "percent": self.percent}
        return readers.get(self.question.answer, self.free)(sent)

    def unknown(self, sent: Any) -> bool:
        if sent in (False, "false", "0", "off"):
            return False
        if sent not in ON:
            raise ValidationError(_("Yes or no is expected."), code="invalid")
        if not self.question.may_be_unknown:
            raise ValidationError(_("This question cannot be left open as not known yet."), code="unknown_not_offered")
        return True

    def choice(self, sent: Any) -> str:
        if not isinstance(sent, str) or sent not in self.question.choices:
            raise ValidationError(_("Choose one of the answers offered."), code="invalid_choice")
        return sent

    def several(self, sent: Any) -> tuple[str, ...]:
        if not isinstance(sent, list | tuple):
            raise ValidationError(_("A list of answers is expected."), code="invalid_list")
        chosen = {self.choice(one) for one in sent}
        if NONE in chosen and len(chosen) > 1:
            raise ValidationError(_("None stands alone."), code="none_stands_alone")
        return tuple(option for option in self.question.options if option in chosen)

    def day(self, sent: Any) -> date:
        try:
            if isinstance(sent, str) and len(sent) == len("2026-12-04"):
                return clean_day(date.fromisoformat(sent), today=self.today)
        except ValueError:
            pass
        raise ValidationError(_("Write a day as year-month-day, such as 2026-12-04."), code="invalid_date")

    def number(self, sent: Any) -> float:
        try:
            found = float(sent.strip()) if isinstance(sent, str) and len(sent) < 40 and "_" not in sent else sent
        except ValueError:
            found = None
        unreal = isinstance(found, float) and not math.isfinite(found)
        if isinstance(found, bool) or not isinstance(found, int | float) or unreal:
            raise ValidationError(_("A number is expected."), code="invalid_number")
        if not 0 <= found <= LARGEST or round(found, DECIMALS) != found:
            raise ValidationError(
                _("Between 0 and a million million, with at most four decimals."), code="number_out_of_range"
            )
        return float(found) + 0.0  # no minus zero

    def percent(self, sent: Any) -> float:
        found = self.number(sent)
        if found > 100:
            raise ValidationError(_("Between 0 and 100."), code="percent_out_of_range")
        return found

    def free(self, sent: Any) -> str | None:
        return clean_text(sent, limit=BLOCK, kind="block") or None

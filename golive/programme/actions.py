"""Setting a number of the programme: a row beside the others, never a change of one."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from golive.audit.actions import record
from golive.core.decision import require
from golive.core.text import clean_text
from golive.programme.content import programme
from golive.programme.models import BECAUSE_LIMIT, NumberOverride
from golive.programme.queries import forget_numbers, number
from golive.programme.rules import check_in_range, may_set_numbers


@transaction.atomic
def set_number(key: str, value: float, *, by: Any, because: str, at: datetime) -> NumberOverride:
    """The number holds from now on, for everything that was not yet promised."""
    require(may_set_numbers(administrator=by.is_active and by.is_administrator))
    if key not in programme().numbers:
        raise ValidationError(_("There is no such number."), code="unknown_number")
    check_in_range(programme().numbers[key], value)
    because = clean_text(because, limit=BECAUSE_LIMIT)
    if not because:
        raise ValidationError(_("Say why: the reason is kept with the number."), code="reason_missing")
    forget_numbers()
    before = number(key)
    row = NumberOverride.objects.create(key=key, value=str(value), by=by, because=because, at=at)
    forget_numbers()
    after = {"value": str(value), "because": sha256(because.encode()).hexdigest()}
    record("site", by, "number.set", f"number:{key}", at=at, before={"value": str(before)}, after=after)
    return row

"""What the backward planner is asked: another go-live date, and days on which nobody works."""

import re
from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from golive.core.text import DayField, LineField, clean_day

MOST_DAYS = 120
ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class DaysOffField(LineField):
    """Days behind each other, `2026-12-24`, and ranges of them, `2026-12-24/2027-01-02`."""

    def to_python(self, value: object) -> frozenset[date]:  # type: ignore[override]
        days: set[date] = set()
        for part in super().to_python(value).replace(",", " ").split():
            days |= days_in(part)
            if len(days) > MOST_DAYS:
                raise ValidationError(_("At most %(n)d days."), code="too_many", params={"n": MOST_DAYS})
        return frozenset(days)


def days_in(part: str) -> set[date]:
    first, slash, last = part.partition("/")
    start, end = day_of(first), day_of(last if slash else first)
    if not 0 <= (end - start).days < MOST_DAYS:
        raise ValidationError(_("A range ends after it begins, within %(n)d days."), params={"n": MOST_DAYS})
    return {start + timedelta(days=n) for n in range((end - start).days + 1)}


def day_of(text: str) -> date:
    try:
        if not ISO.fullmatch(text):  # fromisoformat takes weeks and other spellings, too
            raise ValueError(text)
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ValidationError(_("Write days as 2026-12-24, and ranges as 2026-12-24/2027-01-02.")) from error
    return clean_day(day, today=timezone.localdate())


class PlannerForm(forms.Form):
    go_live = DayField(label=gettext_lazy("Go-live"), required=False)
    off = DaysOffField(
        label=gettext_lazy("Days off of your own"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Such as 2026-12-24 or 2026-12-24/2027-01-02; public holidays are known."),
    )

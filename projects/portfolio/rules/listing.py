"""What somebody may ask the list of projects, read from an address: the same words for the page, the API and a view."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from golive.core.text import clean_day, clean_text
from projects.portfolio.states import (
    EngagementType,
    Infrastructure,
    PhaseName,
    Product,
    ProjectState,
    Risk,
    WaitsFor,
)

LONGEST = 80
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONTH = re.compile(r"(20[0-9]{2})(0[1-9]|1[0-2])")
UNDATED, PASSED = "undated", "passed"
WINDOWS = {
    "30": gettext_lazy("Within 30 days"),
    "60": gettext_lazy("Within 60 days"),
    "90": gettext_lazy("Within 90 days"),
    PASSED: gettext_lazy("Day has passed"),
    UNDATED: gettext_lazy("No date yet"),
}
SORTS = {
    "day": gettext_lazy("Soonest go-live"),
    "risk": gettext_lazy("Worst risk"),
    "name": gettext_lazy("Name"),
}
CHOICES: dict[str, list[tuple[str, Any]]] = {
    "state": list(ProjectState.choices),
    "phase": list(PhaseName.choices),
    "infrastructure": list(Infrastructure.choices),
    "engagement_type": list(EngagementType.choices),
    "product": list(Product.choices),
    "risk": [(str(value), label) for value, label in reversed(Risk.choices)],
    "waits_for": list(WaitsFor.choices),
    "window": list(WINDOWS.items()),
    "archived": [("yes", gettext_lazy("Only archived"))],
    "sort": list(SORTS.items()),
}
PARTIES = ("partner", "architect")
DAYS = ("first", "last")
PAGING = ("cursor", "page_size")
NAMES = ("words", *CHOICES, "month", *DAYS, *PARTIES)


@dataclass(frozen=True)
class Listing:
    """Which projects, in which order. Blank means: whichever."""

    words: str = ""
    state: str = ""
    phase: str = ""
    infrastructure: str = ""
    engagement_type: str = ""
    product: str = ""
    risk: str = ""
    waits_for: str = ""
    window: str = ""
    month: str = ""
    first: date | None = None
    last: date | None = None
    partner: UUID | None = None
    architect: UUID | None = None
    archived: str = ""
    sort: str = ""

    @property
    def given(self) -> dict[str, str]:
        """What was asked, as an address says it."""
        return {name: str(value) for name in NAMES if (value := getattr(self, name))}

    @property
    def query(self) -> str:
        return urlencode(self.given)

    @property
    def is_filtered(self) -> bool:
        return bool(set(self.given) - {"sort"})

    @property
    def wants_ended(self) -> bool:
        """What is over has no place among the days ahead; whoever asks for it by name finds it by its own day."""
        return bool(self.archived) or self.state in {ProjectState.CLOSED, ProjectState.GRADUATED}


class UnknownFilter(Exception):
    """`errors`: the name of a filter, and what is wrong with its value."""

    def __init__(self, errors: Mapping[str, str], asked: Listing) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors, self.asked = dict(errors), asked


def read_listing(given: Mapping[str, str], *, today: date) -> Listing:
    """Every wrong value is named at once; what was right is kept beside the errors."""
    found: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name in NAMES:
        try:
            if text := given.get(name, "").strip():
                found[name] = reader_of(name, today)(text)
        except ValidationError as error:
            errors[name] = " ".join(error.messages)
    first, last = found.get("first"), found.get("last")
    if first and last and first > last:
        errors["last"] = _("The last day lies before the first.")
    asked = Listing(**found)
    if errors:
        raise UnknownFilter(errors, asked)
    return asked


def read_strictly(given: Mapping[str, str], *, beside: Iterable[str] = (), today: date) -> Listing:
    """For programs: a misspelt filter is an error, never silently everything."""
    if unknown := set(given) - set(NAMES) - set(beside):
        raise UnknownFilter({name[:LONGEST]: _("There is no such filter.") for name in sorted(unknown)}, Listing())
    return read_listing(given, today=today)


def reader_of(name: str, today: date) -> Callable[[str], Any]:
    if name in CHOICES:
        return lambda text: one_of(text, [value for value, _label in CHOICES[name]])
    if name in DAYS:
        return lambda text: day_of(text, today)
    if name in PARTIES:
        return uid_of
    return month_of if name == "month" else lambda text: clean_text(text, limit=LONGEST)


def one_of(text: str, values: Iterable[str]) -> str:
    if text in (known := list(values)):
        return text
    raise ValidationError(_("Choose one of these: %(values)s.") % {"values": ", ".join(known)})


def day_of(text: str, today: date) -> date:
    try:
        if not DAY.fullmatch(text):  # fromisoformat takes weeks and other spellings, too
            raise ValueError(text)
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ValidationError(_("Write a day as year-month-day, such as 2026-12-04.")) from error
    return clean_day(day, today=today)


def month_of(text: str) -> str:
    if MONTH.fullmatch(text):
        return text
    raise ValidationError(_("Write a month as year and month, such as 202612."))


def uid_of(text: str) -> UUID:
    try:
        if len(text) != 36:
            raise ValueError(text)
        return UUID(text)
    except ValueError as error:
        raise ValidationError(_("This is not the identifier of one of them.")) from error


def days_of(asked: Listing, *, today: date) -> tuple[date | None, date | None]:
    """The first and the last day of go-live that was asked for, by days and by window together."""
    first, last = asked.first, asked.last
    if asked.window == PASSED:
        yesterday = today - timedelta(days=1)
        last = min(last or yesterday, yesterday)
    elif asked.window.isdigit():
        end = today + timedelta(days=int(asked.window))
        first, last = max(first or today, today), min(last or end, end)
    return first, last

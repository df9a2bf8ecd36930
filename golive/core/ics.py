"""A calendar as RFC 5545 writes it: whole days, text that cannot break out of its line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vText

PRODUCT = "-//Golive//Calendar//EN"
REFRESH = timedelta(hours=1)


@dataclass(frozen=True)
class CalendarDay:
    """One event of a whole day. `uid` stays the same when the day moves, `sequence` rises with each move."""

    uid: str
    day: date
    summary: str
    sequence: int
    stamp: datetime
    description: str = ""
    url: str = ""
    tentative: bool = False


def ics_of(name: str, days: Iterable[CalendarDay], *, zone: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(plain(name)))  # the package escapes only what it knows
    calendar.add("x-wr-timezone", zone)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for day in days:
        calendar.add_component(event_of(day))
    return calendar.to_ical()


def event_of(day: CalendarDay) -> Event:
    event = Event()
    event.add("uid", day.uid)
    event.add("summary", plain(day.summary))
    event.add("dtstart", day.day)
    event.add("dtend", day.day + timedelta(days=1))
    event.add("dtstamp", day.stamp.astimezone(UTC))
    event.add("sequence", day.sequence)
    event.add("status", "TENTATIVE" if day.tentative else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if day.description:
        event.add("description", plain(day.description))
    if day.url:
        event.add("url", day.url)
    return event


def plain(text: str) -> str:
    """One line of text: what ends a line or steers a terminal becomes a space.

    The package escapes the rest, but takes a backslash before a capital N for a line break: it becomes a small one.
    """
    kept = "".join(" " if unicodedata.category(sign) in {"Cc", "Zl", "Zp", "Cs"} else sign for sign in text)
    return " ".join(kept.split()).replace("\\N", "\\n")

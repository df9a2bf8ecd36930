"""A calendar of whole days: whatever text it carries, it parses again and nothing has broken out of its line."""

import re
from datetime import UTC, date, datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from golive.core.ics import CalendarDay, ics_of, plain

STAMP = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HOSTILE = "Halden\r\nEND:VEVENT\nBEGIN:VALARM;x=\\n\\N,\u2028\x00\x85 " + "é" * 200


def written(**fields):
    words = {"uid": "a@b", "day": date(2027, 1, 11), "summary": "Go-live", "sequence": 0, "stamp": STAMP}
    return ics_of("Halden Dairy", [CalendarDay(**words | fields)], zone="Europe/Oslo")


@settings(max_examples=150)
@given(st.text(), st.text(), st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 10**6))
@example(HOSTILE, HOSTILE, date(2027, 1, 11), 1)
def test_whatever_it_carries_it_parses_again(summary, description, day, sequence):
    text = ics_of(summary, [CalendarDay("a@b", day, summary, sequence, STAMP, description)], zone="Europe/Oslo")

    calendar = Calendar.from_ical(text)
    [event] = calendar.walk("VEVENT")
    assert str(event["summary"]) == plain(summary)
    assert str(event.get("description", "")) == plain(description)
    assert re.sub(r"\\(.)", r"\1", str(calendar["x-wr-calname"])) == plain(summary)
    assert (event["dtstart"].dt, event["dtend"].dt, event["sequence"]) == (day, day + timedelta(days=1), sequence)
    assert len(calendar.subcomponents) == 1
    assert max(len(line) for line in text.split(b"\r\n")) <= 75
    assert b"\n" not in text.replace(b"\r\n", b"")


def test_an_event_is_a_whole_day_that_blocks_nobodys_time():
    text = written(tentative=True, url="https://golive.example/projects/HALD-7Q2/plan/")

    [event] = Calendar.from_ical(text).walk("VEVENT")
    assert b"DTSTART;VALUE=DATE:20270111\r\nDTEND;VALUE=DATE:20270112\r\n" in text
    assert (event["status"], event["transp"]) == ("TENTATIVE", "TRANSPARENT")
    assert str(event["url"]) == "https://golive.example/projects/HALD-7Q2/plan/"
    assert event["dtstamp"].dt == STAMP


def test_the_calendar_names_itself_its_zone_and_how_often_it_is_worth_asking():
    calendar = Calendar.from_ical(written())

    assert (str(calendar["x-wr-timezone"]), calendar["version"], calendar["method"]) == (
        "Europe/Oslo",
        "2.0",
        "PUBLISH",
    )
    assert calendar["refresh-interval"].dt == timedelta(hours=1)

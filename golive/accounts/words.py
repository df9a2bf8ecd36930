"""Moments as letters tell them: in the reader's own zone, with its name."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format


def told(moment: datetime, zone: str) -> str:
    return f"{date_format(moment.astimezone(ZoneInfo(zone)), 'j M Y, H:i')} ({zone})"
